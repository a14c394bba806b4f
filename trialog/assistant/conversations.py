"""Which conversations live, for how long, and whose turn it is. What is stored of them: ``tracker_store.py``."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

# 192 random bits: nobody guesses the id of somebody else's conversation.
ID_BYTES = 24

# Messages of one conversation that wait for their turn. Nobody types faster than this; a script does.
MOST_WAITING = 5

# Answers of one conversation that are kept for a client that lost one on the way; it sends one message after the other.
ANSWERS_KEPT = 8

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9_-]{32}")


class FullError(Exception):
    """There are as many conversations as this process may hold."""


class BusyError(Exception):
    """Too many messages of one conversation wait for their turn."""


class UnknownConversationError(Exception):
    """The conversation was never opened, or has ended."""


def new_id() -> str:
    """An id for a new conversation."""
    return secrets.token_urlsafe(ID_BYTES)


@dataclass
class _Live:
    """A live conversation."""

    idle_seconds: float
    last_used: float
    about: dict[str, str]
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    # By the key the client gave its message; the oldest first, also those under way.
    answers: dict[str, asyncio.Task[Any]] = field(default_factory=dict)


class Conversations:
    """The live conversations of this process, and what is stored of each (``stored``)."""

    def __init__(self, most: int = 1_000, clock: Callable[[], float] = time.monotonic) -> None:
        """Holds at most ``most`` conversations at a time; idle time is measured by ``clock``."""
        self.stored: dict[str, str] = {}
        self._most = most
        self._clock = clock
        self._live: dict[str, _Live] = {}
        # A turn stores from its own thread, while the server may forget the conversation.
        self._storing = threading.Lock()

    def open(self, conversation: str, idle_seconds: float, **about: str) -> None:
        """Begin a conversation that ends after ``idle_seconds`` without a message; raises FullError.

        ``about`` is what it was opened with; each of its turns is told.
        """
        if len(self._live) >= self._most and not self.expire():
            raise FullError
        self._live[conversation] = _Live(idle_seconds, self._clock(), about)

    def knows(self, conversation: str) -> bool:
        """True for a conversation that was opened here and is neither deleted nor idle too long."""
        live = self._live.get(conversation) if _ID.fullmatch(conversation) else None
        return live is not None and not self._is_idle(live)

    @contextlib.asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[dict[str, str]]:
        """Wait until the earlier messages of ``conversation`` are answered; gives what it was opened with.

        Raises BusyError, UnknownConversationError.
        """
        live = self._live.get(conversation)
        if live is None:
            raise UnknownConversationError
        if live.waiting > MOST_WAITING:
            raise BusyError
        live.waiting += 1
        live.last_used = self._clock()
        try:
            async with live.queue:
                if self._live.get(conversation) is not live:
                    raise UnknownConversationError
                yield live.about
        finally:
            live.waiting -= 1
            live.last_used = self._clock()

    async def once(self, conversation: str, key: str | None, answer: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What ``answer`` gives; for a ``key`` that came before what it gave then, also while that is still under way.

        An answer that failed is not kept. Raises what ``answer`` raises, and UnknownConversationError.
        """
        live = self._live.get(conversation)
        if live is None:
            raise UnknownConversationError
        if key is None:
            return await answer()
        if key not in live.answers:
            task = live.answers[key] = asyncio.create_task(answer())
            task.add_done_callback(lambda done: _keep_the_last(live.answers, key, done))
        # A client that hangs up does not stop the answer, which another request may wait for.
        result: T = await asyncio.shield(live.answers[key])
        return result

    def store(self, conversation: str, words: str) -> None:
        """Keep ``words`` about the conversation, unless it has ended meanwhile."""
        with self._storing:
            if conversation in self._live:
                self.stored[conversation] = words

    def forget(self, conversation: str) -> None:
        """Delete everything about the conversation."""
        with self._storing:
            self._live.pop(conversation, None)
            self.stored.pop(conversation, None)

    def expire(self) -> int:
        """Forget every conversation that has been idle too long; returns how many."""
        idle = [conversation for conversation, live in self._live.items() if self._is_idle(live)]
        for conversation in idle:
            self.forget(conversation)
        return len(idle)

    def _is_idle(self, live: _Live) -> bool:
        return live.waiting == 0 and self._clock() - live.last_used > live.idle_seconds

    def __len__(self) -> int:
        return len(self._live)


def _keep_the_last(answers: dict[str, asyncio.Task[Any]], key: str, done: asyncio.Task[Any]) -> None:
    """Once the answer to ``key`` is ``done``: keep it unless it failed, and no more than the last few."""
    if done.cancelled() or done.exception():
        del answers[key]
    for old in [name for name, answer in answers.items() if answer.done()][:-ANSWERS_KEPT]:
        del answers[old]
