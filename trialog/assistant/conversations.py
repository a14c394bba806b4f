"""Which conversations live, for how long, and whose turn it is. What is stored of them: ``tracker_store.py``."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

# 192 random bits: nobody guesses the id of somebody else's conversation.
ID_BYTES = 24

# Messages of one conversation that wait for their turn. Nobody types faster than this; a script does.
MOST_WAITING = 5

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


@dataclass(eq=False)
class Conversation:
    """A live conversation; nothing but ``Conversations`` keeps one longer than a request."""

    idle_seconds: float
    last_used: float
    about: dict[str, str]
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Conversations:
    """The live conversations of this process, and what is stored of each (``stored``)."""

    def __init__(self, most: int = 1_000, clock: Callable[[], float] = time.monotonic) -> None:
        """Holds at most ``most`` conversations at a time; idle time is measured by ``clock``."""
        self.stored: dict[str, str] = {}
        self._most = most
        self._clock = clock
        self._live: dict[str, Conversation] = {}
        # A turn stores from its own thread, while the server may forget the conversation.
        self._storing = threading.Lock()

    def open(self, conversation: str, idle_seconds: float, **about: str) -> None:
        """Begin a conversation that ends after ``idle_seconds`` without a message; raises FullError.

        ``about`` is what it was opened with; each of its turns is told.
        """
        if len(self._live) >= self._most and not self.expire():
            raise FullError
        self._live[conversation] = Conversation(idle_seconds, self._clock(), about)

    def live(self, conversation: str) -> Conversation:
        """The conversation with that id; raises UnknownConversationError."""
        if conversation not in self._live:
            raise UnknownConversationError
        return self._live[conversation]

    def knows(self, conversation: str) -> bool:
        """True for a conversation that was opened here and is neither deleted nor idle too long."""
        live = self._live.get(conversation) if _ID.fullmatch(conversation) else None
        return live is not None and not self._is_idle(live)

    @contextlib.asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[dict[str, str]]:
        """Wait until the earlier messages of ``conversation`` are answered; gives what it was opened with.

        Raises BusyError, UnknownConversationError.
        """
        live = self.live(conversation)
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

    def _is_idle(self, live: Conversation) -> bool:
        return live.waiting == 0 and self._clock() - live.last_used > live.idle_seconds

    def __len__(self) -> int:
        return len(self._live)
