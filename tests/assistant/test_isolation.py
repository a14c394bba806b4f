"""Turns have places, a deadline for the whole wait, and a process in which nothing is answered any more is told from a busy one."""

import asyncio
import contextvars
import threading
from collections.abc import Callable

import pytest

from trialog.assistant import isolation
from trialog.assistant.isolation import SILENT_SECONDS, Turns
from trialog.assistant.places import LateError
from trialog.operation.faults import HungError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Turns:
    monkeypatch.setattr(isolation, "AT_ONCE", 2)
    monkeypatch.setattr(isolation, "OF_ONE_NETWORK", 1)
    return Turns(clock)


def soon(seconds: float = 0.05) -> float:
    return asyncio.get_running_loop().time() + seconds


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until it ``is_so``, a minute at most."""
    for _ in range(6_000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it was waited for in vain")


async def nothing() -> None:
    """Work that is done at once."""


async def test_an_abandoned_turn_keeps_its_place_until_it_ends(turns: Turns) -> None:
    released = threading.Event()

    async def hang() -> None:
        released.wait(60)

    for network in ("one", "two"):
        with pytest.raises(HungError):
            await turns.run(hang, soon(), network)
    with pytest.raises(LateError):
        await turns.run(nothing, soon(), "three")
    assert turns.stuck() == 2
    await turns.run(nothing, soon(60), "three", urgent=True)
    released.set()
    await turns.run(nothing, soon(60), "three")
    await until(lambda: turns.stuck() == 0)


async def test_one_network_waits_for_itself_alone(turns: Turns) -> None:
    released = threading.Event()

    async def work() -> None:
        released.wait(60)

    slow = asyncio.create_task(turns.run(work, soon(60), "crowd"))
    await asyncio.sleep(0)
    with pytest.raises(LateError):
        await turns.run(nothing, soon(), "crowd")
    await turns.run(nothing, soon(60), "family")
    released.set()
    await slow


async def test_a_process_is_silent_when_nothing_was_answered_for_half_a_minute(turns: Turns, clock: Clock) -> None:
    async def wait() -> None:
        await asyncio.sleep(60)

    assert not turns.is_silent()
    for clock.now in (0.0, SILENT_SECONDS):
        with pytest.raises(HungError):
            await turns.run(wait, soon())
    assert turns.is_silent()
    await turns.run(nothing, soon(60))
    assert not turns.is_silent()


async def test_a_process_is_not_silent_because_nobody_asks(turns: Turns, clock: Clock) -> None:
    async def wait() -> None:
        await asyncio.sleep(60)

    with pytest.raises(HungError):
        await turns.run(wait, soon())
    await asyncio.sleep(0.2)  # the task that was cancelled gives its place back
    clock.now = 2 * SILENT_SECONDS
    assert not turns.is_silent()


async def test_while_a_hanging_turn_holds_the_last_place_it_is_silent(turns: Turns, clock: Clock) -> None:
    released = threading.Event()

    async def hang() -> None:
        released.wait(60)

    for network in ("one", "two"):
        with pytest.raises(HungError):
            await turns.run(hang, soon(), network)
    clock.now = 2 * SILENT_SECONDS
    assert turns.is_silent()
    released.set()


async def test_turns_use_the_same_thread_one_after_the_other(turns: Turns) -> None:
    threads = []

    async def work() -> None:
        threads.append(threading.get_ident())

    for _ in range(3):
        await turns.run(work, soon(60))
    assert len(set(threads)) == 1
    assert threading.get_ident() not in threads


async def test_nothing_is_handed_on_from_one_turn_to_the_next(turns: Turns) -> None:
    said: contextvars.ContextVar[str] = contextvars.ContextVar("said", default="")
    ended, found = threading.Event(), list[object]()

    async def wait() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def first() -> None:
        said.set("secret")
        first_tasks.append(asyncio.create_task(wait()))
        await asyncio.sleep(0)

    async def second() -> None:
        found.append(said.get())
        await asyncio.sleep(0)
        found.append(len(asyncio.all_tasks()))

    first_tasks: list[asyncio.Task[None]] = []
    await turns.run(first, soon(60))
    await turns.run(second, soon(60))
    assert found == ["", 1]
    assert ended.is_set()


async def test_a_turn_that_was_given_up_disturbs_none_after_it(turns: Turns) -> None:
    done = []

    async def wait() -> None:
        await asyncio.sleep(60)

    async def work() -> None:
        await asyncio.sleep(0.05)
        done.append(True)

    with pytest.raises(HungError):
        await turns.run(wait, soon())
    await until(lambda: turns.stuck() == 0)
    await turns.run(work, soon(60))
    assert done == [True]


async def test_a_turn_that_fails_leaves_its_thread_to_the_next(turns: Turns) -> None:
    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await turns.run(fail, soon(60))
    await turns.run(nothing, soon(60))
    assert len(turns._free) == 1


async def test_threads_end_when_the_turns_are_closed(turns: Turns) -> None:
    await turns.run(nothing, soon(60))
    (lane,) = turns._free
    turns.close()
    await until(lambda: not lane.thread.is_alive())
