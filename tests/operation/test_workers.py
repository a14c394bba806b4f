"""Several processes are kept at their number, end together, and tell why they cannot begin."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operation import work
from trialog.operation import workers
from trialog.operation.workers import Workers

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _signals(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(workers, "RESTART_SECONDS", 0.05)
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


def numbers(path: Path) -> list[int]:
    return [int(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def until(true: Callable[[], Any]) -> None:
    ends = time.monotonic() + 60
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_one_that_dies_is_begun_anew_and_all_end_together(tmp_path: Path) -> None:
    path, ended = tmp_path / "numbers", []

    def watch() -> None:
        """Kill one; when another one is there, tell all to stop."""
        first, _ = numbers(path)
        os.kill(first, signal.SIGKILL)
        until(lambda: len(numbers(path)) == 3)
        several.stop()

    watching = threading.Thread(target=watch)
    several = Workers(2, work.wait, str(path), ended=lambda process, how: ended.append((process, how)))
    assert several.run(watching.start, 5) == ""
    watching.join()
    first, second, third = numbers(path)
    assert ended == [(first, "a worker ended with status -9")]
    assert [process for process in (first, second, third) if is_alive(process)] == []


@pytest.mark.parametrize(("does", "reason"), [(work.cannot_begin, "there is no model"), (work.die, "a worker ended with status 3")])
def test_one_that_cannot_begin_ends_all_and_says_why(does: workers.Work, reason: str, tmp_path: Path) -> None:
    is_ready = threading.Event()
    assert Workers(2, does, str(tmp_path / "numbers"), ended=lambda *_: None).run(is_ready.set, 5) == reason
    assert not is_ready.is_set()
