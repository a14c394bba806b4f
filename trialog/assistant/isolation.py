"""Runs one turn of a conversation apart from the server, so that nothing in it can stop the server.

Understanding, rules, actions and the tracker store of one turn run in a thread and an event loop of their own
(measured: 0.3 ms a turn). A turn that hangs, even in a busy loop, is abandoned: its family gets a reply, its thread is
left behind, and what it may still want to store is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar
from types import FrameType
from typing import Any

from trialog.operation.faults import HungError, place_of

# Turns that run at the same time; more wait for their turn. They share the processor, so more at once are not faster.
AT_ONCE = 8

Work = Callable[[], Coroutine[Any, Any, None]]


class _Turn:
    """The thread, the loop and the task of one turn."""

    def __init__(self) -> None:
        self.abandoned = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None

    async def run(self, work: Work) -> None:
        """Do ``work``, so that ``abandon`` can cancel it."""
        _current.set(self)
        self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
        await work()

    def abandon(self) -> None:
        """Cancel what can be cancelled; code that never waits goes on, but can store nothing."""
        self.abandoned = True
        if self.loop and self.task:
            with contextlib.suppress(RuntimeError):  # the loop has just closed
                self.loop.call_soon_threadsafe(self.task.cancel)


_current: ContextVar[_Turn | None] = ContextVar("turn", default=None)


class Turns:
    """Runs turns, each in a thread of its own, and remembers those that are stuck."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._left_behind: list[threading.Thread] = []

    async def run(self, work: Work, seconds: float) -> None:
        """Do ``work``; raises what it raises, or HungError with the place when it takes longer than ``seconds``."""
        async with self._slots:
            turn, home = _Turn(), asyncio.get_running_loop()
            outcome: asyncio.Future[BaseException | None] = home.create_future()
            thread = threading.Thread(target=_run, args=(turn, work, home, outcome), daemon=True)
            thread.start()
            try:
                error = await asyncio.wait_for(outcome, seconds)
            except TimeoutError:
                place = _place(thread, turn)
                turn.abandon()
                self._left_behind.append(thread)
                raise HungError(place) from None
            if error:
                raise error

    def stuck(self) -> int:
        """How many abandoned turns still run."""
        self._left_behind = [thread for thread in self._left_behind if thread.is_alive()]
        return len(self._left_behind)


def is_abandoned() -> bool:
    """True in a turn whose family has been answered already, because it took too long."""
    turn = _current.get()
    return turn is not None and turn.abandoned


def _run(turn: _Turn, work: Work, home: asyncio.AbstractEventLoop, outcome: asyncio.Future[BaseException | None]) -> None:
    error: BaseException | None = None
    try:
        asyncio.run(turn.run(work))
    except BaseException as raised:
        error = raised
    with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
        home.call_soon_threadsafe(_settle, outcome, error)


def _settle(outcome: asyncio.Future[BaseException | None], error: BaseException | None) -> None:
    if not outcome.done():
        outcome.set_result(error)


def _place(thread: threading.Thread, turn: _Turn) -> str:
    """Where a hanging turn is: the line its thread runs, or the line its task waits in."""
    running = list(_stack(sys._current_frames().get(thread.ident or 0)))
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
