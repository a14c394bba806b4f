"""Runs one turn of a conversation apart from the server, so that nothing in it can stop the server.

Understanding, rules, actions and the tracker store of one turn run in a thread and an event loop that no other turn uses meanwhile.
Threads and loops are kept: made anew for each turn they cost a tenth of a reply. A turn that hangs, even in a busy loop, is abandoned:
its family gets a reply, what it may still want to store is refused, and it keeps its place and its thread until it ends, so that no more
work runs than there are places.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sys
import threading
import time
import weakref
from collections.abc import Callable, Coroutine, Iterator
from contextvars import Context, ContextVar
from functools import partial
from types import FrameType
from typing import Any

from trialog.assistant.places import NO_NETWORK, LateError, Places
from trialog.operation.faults import HungError, place_of

# Turns that run at the same time; more wait for their turn. They share the processor, so more at once are not faster.
AT_ONCE = 8

# Of these, turns of one network: whatever it sends, as much is left for all others.
OF_ONE_NETWORK = 3

# Turns with a sign of danger that have a place when all others are taken, and how many of these one network has.
URGENT_AT_ONCE = 4
URGENT_OF_ONE_NETWORK = 2

# A process in which nothing was answered for so long is not ready.
SILENT_SECONDS = 30.0

Work = Callable[[], Coroutine[Any, Any, None]]


class _Lane:
    """A thread with an event loop, for one turn after the other."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[asyncio.Runner], None] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=_serve, args=(self._jobs,), daemon=True)
        self.thread.start()

    def do(self, job: Callable[[asyncio.Runner], None]) -> None:
        """Have ``job`` done after those before it."""
        self._jobs.put(job)

    def end(self) -> None:
        """Let the thread end after what it does."""
        self._jobs.put(None)


def _serve(jobs: queue.SimpleQueue[Callable[[asyncio.Runner], None] | None]) -> None:
    with asyncio.Runner() as runner:
        while job := jobs.get():
            job(runner)


class _Turn:
    """The lane, the loop and the task of one turn."""

    def __init__(self, lane: _Lane) -> None:
        self.lane = lane
        self.abandoned = self.ended = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None

    async def run(self, work: Work) -> None:
        """Do ``work``, so that ``abandon`` can cancel it; what it has begun and not awaited ends with it."""
        _current.set(self)
        self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
        try:
            await work()
        finally:
            for left in asyncio.all_tasks() - {self.task}:
                left.cancel()

    def abandon(self) -> None:
        """Cancel what can be cancelled; code that never waits goes on, but can store nothing."""
        self.abandoned = True
        if self.loop and self.task:
            with contextlib.suppress(RuntimeError):  # the loop has just closed
                self.loop.call_soon_threadsafe(self.task.cancel)


_current: ContextVar[_Turn | None] = ContextVar("turn", default=None)


class Turns:
    """Runs turns, each in a lane that is free, and knows those that are stuck."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = Places(AT_ONCE, OF_ONE_NETWORK)
        self._urgent_places = Places(URGENT_AT_ONCE, URGENT_OF_ONE_NETWORK)
        self._free: list[_Lane] = []
        # Also where nobody closes it.
        self.close = weakref.finalize(self, _end, self._free)
        self._left_behind: list[_Turn] = []
        self._clock = clock
        # When the first and the last of the turns were given up that nobody's reply has come after.
        self._in_vain: tuple[float, float] | None = None

    async def run(self, work: Work, ends: float, network: str = NO_NETWORK, *, urgent: bool = False) -> None:
        """Do ``work`` until ``ends`` by the loop's clock, as soon as ``network`` has a place; ``urgent`` work has places of its own.

        Raises what ``work`` raises, LateError if there was no place in time, HungError with the place in the code if it takes too long.
        """
        places = self._urgent_places if urgent and not self.has_room(network) else self._places
        try:
            async with asyncio.timeout_at(ends):
                await places.take(network)
        except TimeoutError:
            self._note(in_vain=True)
            raise LateError from None
        home = asyncio.get_running_loop()
        outcome: asyncio.Future[BaseException | None] = home.create_future()

        def settle(error: BaseException | None) -> None:
            places.give(network)
            if not outcome.done():
                outcome.set_result(error)

        try:
            turn = _Turn(self._free.pop() if self._free else _Lane())
        except RuntimeError:  # no thread can be had
            places.give(network)
            raise
        turn.lane.do(partial(_run, turn, work, self._free, home, settle))
        await self._outcome(turn, outcome, ends)

    async def _outcome(self, turn: _Turn, outcome: asyncio.Future[BaseException | None], ends: float) -> None:
        try:
            async with asyncio.timeout_at(ends):
                error = await outcome
        except TimeoutError:
            place = _place(turn)
            turn.abandon()
            self._left_behind.append(turn)
            self._note(in_vain=True)
            raise HungError(place) from None
        self._note(in_vain=False)
        if error:
            raise error

    def has_room(self, network: str = NO_NETWORK) -> bool:
        """True if a turn of ``network`` would begin at once."""
        return self._places.has_room(network)

    def stuck(self) -> int:
        """How many abandoned turns still run."""
        self._left_behind = [turn for turn in self._left_behind if not turn.ended]
        return len(self._left_behind)

    def is_silent(self) -> bool:
        """True when messages came for half a minute and none was answered.

        Once nobody asks any more and there is room, the next family may be answered: then it is not.
        """
        if self._in_vain is None:
            return False
        first, last = self._in_vain
        now = self._clock()
        return now - first >= SILENT_SECONDS and (now - last < SILENT_SECONDS or not self.has_room())

    def _note(self, *, in_vain: bool) -> None:
        now = self._clock()
        self._in_vain = ((self._in_vain or (now, now))[0], now) if in_vain else None


def is_abandoned() -> bool:
    """True in a turn whose family has been answered already, because it took too long."""
    turn = _current.get()
    return turn is not None and turn.abandoned


def _run(
    turn: _Turn,
    work: Work,
    free: list[_Lane],
    home: asyncio.AbstractEventLoop,
    settle: Callable[[BaseException | None], None],
    runner: asyncio.Runner,
) -> None:
    error: BaseException | None = None
    try:
        # A context of its own: nothing is handed on from one turn to the next.
        runner.run(turn.run(work), context=Context())
    except BaseException as raised:
        error = raised
    turn.ended = True
    free.append(turn.lane)
    with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
        home.call_soon_threadsafe(settle, error)


def _end(lanes: list[_Lane]) -> None:
    for lane in lanes:
        lane.end()


def _place(turn: _Turn) -> str:
    """Where a hanging turn is: the line its thread runs, or the line its task waits in."""
    running = list(_stack(sys._current_frames().get(turn.lane.thread.ident or 0)))
    waits = running and running[-1].f_code.co_filename.endswith("selectors.py")
    frames = list(_waiting(turn.task.get_coro())) if waits and turn.task else running
    return place_of((frame, frame.f_lineno) for frame in frames)


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    """``frame`` and its callers, the outermost first."""
    if frame:
        yield from _stack(frame.f_back)
        yield frame


def _waiting(coroutine: Any) -> Iterator[FrameType]:
    """The frames of ``coroutine`` and of those it waits for, the outermost first."""
    while frame := getattr(coroutine, "cr_frame", None):
        yield frame
        coroutine = coroutine.cr_await
