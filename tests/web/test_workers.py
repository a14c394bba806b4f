"""``trialog serve --workers 2`` over HTTP: whichever process answers, and whatever becomes of it, families meet one assistant."""

import contextlib
import http.client
import json
import os
import signal
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.server import Server, serving
from tests.stores import Store
from trialog.operation.counts import Asked, read
from trialog.operation.stores import name_of
from trialog.operation.switches import Off, State, write

pytestmark = pytest.mark.slow

# Messages a minute of one conversation in this server.
MOST = 12


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workers") / "log"


@pytest.fixture(scope="module")
def pair(redis_store: Store, log: Path) -> Iterator[Server]:
    """One server of two processes for all tests of this file."""
    with serving(
        log,
        TRIALOG_WORKERS="2",
        TRIALOG_REDIS=redis_store.url,
        TRIALOG_CONVERSATION_RATE_LIMIT=str(MOST),
        TRIALOG_SWITCHES=str(log.with_name("switches.yml")),
        TRIALOG_COUNTS=str(log.with_name("counts.db")),
    ) as running:
        yield running
        processes = workers(running)
    assert [process for process in processes if Path(f"/proc/{process}").exists()] == [], "all have ended with the first"
    written = log.read_text(encoding="utf-8")
    counted = read(log.with_name("counts.db"), date.min, date.max)
    assert sum(number for (_, event), number in counted.items() if isinstance(event, Asked) and event.topic == "drug_how") == 6
    assert "a worker is begun anew: a worker ended with status -9" in written
    assert "fault in request" not in written


def workers(server: Server) -> list[int]:
    """The numbers of its processes that answer."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@contextlib.contextmanager
def only(server: Server, place: int) -> Iterator[int]:
    """Inside, the process at ``place`` alone takes requests; the other one stands still."""
    processes = workers(server)
    other = processes[1 - place]
    os.kill(other, signal.SIGSTOP)
    try:
        yield processes[place]
    finally:
        os.kill(other, signal.SIGCONT)


def said(server: Server, conversation: str, text: str, key: str | None = None) -> tuple[int, Any]:
    status, _, body = server.ask("POST", f"{conversation}/messages", {"text": text, **({"idempotency_key": key} if key else {})})
    return status, json.loads(body)


def until(true: Callable[[], Any]) -> Any:
    ends = time.monotonic() + 120
    while not (found := true()):
        assert time.monotonic() < ends
        time.sleep(0.01)
    return found


def test_what_one_process_knows_the_other_knows(pair: Server) -> None:
    with only(pair, 0):
        conversation = pair.open()
        first = said(pair, conversation, "Who runs this study?", "key")
    with only(pair, 1):
        assert said(pair, conversation, "Who runs this study?", "key") == first
        assert said(pair, conversation, "tell me more")[1]["messages"][0]["topic"] == "who_runs"
        assert pair.ask("DELETE", conversation)[0] == 204
    with only(pair, 0):
        assert said(pair, conversation, "tell me more")[0] == 404


def test_limits_hold_for_all_processes_together(pair: Server) -> None:
    conversation, statuses = pair.open(), []
    for place, count in ((0, MOST // 2), (1, MOST // 2 + 1)):
        with only(pair, place):
            statuses += [said(pair, conversation, "hello")[0] for _ in range(count)]
    assert statuses == [200] * MOST + [429]


def test_figures_are_those_of_all_processes_together(pair: Server) -> None:
    for place in range(2):
        with only(pair, place):
            pair.open()
    counts = []
    for place in range(2):
        with only(pair, place):
            figures = pair.ask("GET", "/metrics")[2].decode()
            counts.append(
                next(line for line in figures.splitlines() if line.startswith('trialog_replies_total{group="none",kind="welcome"}'))
            )
            assert "trialog_conversations " in figures
    assert counts[0] == counts[1]


def test_while_redis_is_away_families_are_told_what_to_do(pair: Server, redis_store: Store) -> None:
    conversation = pair.open()
    said(pair, conversation, "Who runs this study?")
    redis_store.stop()
    try:
        status, answer = said(pair, conversation, "tell me more")
        (message,) = answer["messages"]
        assert (status, message["kind"]) == (200, "fallback")
        assert "call 112" in message["text"]
        assert "call 112 now" in said(pair, conversation, "my child is not breathing")[1]["messages"][0]["text"]
        status, headers, body = pair.ask("POST", "/api/conversations", {})
        assert (status, headers["Retry-After"]) == (500, "5")
        assert "call 112" in json.loads(body)["detail"]
        assert pair.ask("DELETE", conversation)[0] == 500, "it is not said to be deleted"
        assert [pair.ask("GET", path)[0] for path in ("/readyz", "/healthz", "/api/topics")] == [503, 200, 200]
    finally:
        redis_store.start()
    for place in range(2):
        with only(pair, place):
            until(lambda: pair.ask("GET", "/readyz")[0] == 200)
    assert said(pair, conversation, "tell me more")[1]["messages"][0]["topic"] == "who_runs", "it goes on where it was"


def test_a_process_that_is_killed_in_the_middle_of_a_turn_loses_and_doubles_nothing(pair: Server, redis_store: Store) -> None:
    conversation = pair.open()
    name = name_of(conversation.rpartition("/")[2])
    assert [reply.get("criterion") for reply in said(pair, conversation, "can my child take part?")[1]["messages"]] == [None, "age"]
    kept, message = redis.Redis.from_url(redis_store.url, decode_responses=True), ("she is 9", "key")
    with only(pair, 0) as killed:

        def send() -> None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError, http.client.HTTPException):
                said(pair, conversation, *message)

        sending = threading.Thread(target=send)
        sending.start()
        until(lambda: kept.exists(f"trialog:queue:{name}"))
        os.kill(killed, signal.SIGKILL)
        sending.join()
    (status, answer) = until(lambda: (again := said(pair, conversation, *message))[0] == 200 and again)
    assert [reply["criterion"] for reply in answer["messages"]] == ["diagnosis"]
    assert said(pair, conversation, *message) == (status, answer)
    assert kept.hget(f"trialog:conversation:{name}", "dialogue").count('"event": "user"') == 2
    assert [reply["criterion"] for reply in said(pair, conversation, "B-cell precursor ALL")[1]["messages"]] == ["cd22"]
    kept.close()
    assert len(until(lambda: (there := workers(pair)) and len(there) == 2 and killed not in there and there)) == 2


def figure(server: Server, name: str) -> str | None:
    """The value of the figure ``name`` with its labels; None where it is not shown."""
    lines = server.ask("GET", "/metrics")[2].decode().splitlines()
    return next((line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")), None)


def test_what_both_were_asked_is_shown_in_fives(pair: Server) -> None:
    asked = 'trialog_asked_total{kind="answer",topic="drug_how"}'
    for place, shown in ((0, None), (1, "5.0")):
        with only(pair, place):
            for _ in range(3):
                assert said(pair, pair.open(), "How does the drug work?")[1]["messages"][0]["topic"] == "drug_how"
            assert figure(pair, asked) == shown, "three and three are five and one that is not shown"


def test_both_take_over_what_is_switched_without_a_restart(pair: Server, log: Path) -> None:
    file = log.with_name("switches.yml")

    def is_off(expected: bool) -> bool:
        return (json.loads(pair.ask("GET", "/readyz")[2])["switched_off"] == ["all"]) is expected

    for state in (State((Off("all", "A. Nurse", "a test"),)), State()):
        write(file, state)
        for place in (0, 1):
            with only(pair, place):
                until(partial(is_off, bool(state.off)))
                (welcome,) = json.loads(pair.ask("POST", "/api/conversations", {})[2])["messages"]
                assert ("switched off" in welcome["text"]) == bool(state.off)
                assert figure(pair, 'trialog_switched_off{what="all"}') == f"{len(state.off)}.0"
