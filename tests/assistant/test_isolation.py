"""Turns have places, a deadline for the whole wait, and a process in which nothing is answered any more is told from a busy one."""

import asyncio
import threading

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
    for thread in turns._left_behind:
        thread.join(60)
    assert turns.stuck() == 0


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
