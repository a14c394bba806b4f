"""The conversations of this process, in its memory."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from trialog.assistant.conversations import (
    MOST_WAITING,
    THINKING_SECONDS,
    BusyError,
    Conversation,
    FullError,
    Left,
    Room,
    UnknownConversationError,
)
from trialog.assistant.places import NO_NETWORK, LateError


@dataclass(eq=False)
class _Live(Conversation):
    """A conversation, and what its queue and its end need."""

    idle_seconds: float = 0.0
    last_used: float = 0.0
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    # True once somebody has said something in it.
    used: bool = False


class ConversationsInMemory:
    """``Conversations`` that end with the process."""

    def __init__(self, room: Room = Room(), clock: Callable[[], float] = time.monotonic) -> None:  # noqa: B008 -- it never changes
        """Holds as many as there is ``room`` for; idle time is measured by ``clock``."""
        self._room = room
        self._clock = clock
        # The one begun first stands first.
        self._live: dict[str, _Live] = {}
        self._held: Counter[str] = Counter()
        self.on_left: Left = lambda *_: None

    async def open(self, conversation: str, idle_seconds: float, network: str = NO_NETWORK, **about: str) -> None:
        """Begin a conversation; raises FullError."""
        room = self._room.of(about.get("channel"))
        if not self._has_room(network, room):
            await self.expire()
        if not self._has_room(network, room):
            await self.forget(self._to_be_put_out(network))
        self._live[conversation] = _Live(about, network, idle_seconds=idle_seconds, last_used=self._clock())
        self._held[network] += 1

    def _has_room(self, network: str, room: int) -> bool:
        return len(self._live) < room and not self._has_its_share(network)

    def _has_its_share(self, network: str) -> bool:
        """True if ``network`` holds as many as it may."""
        share = self._room.share_of(network)
        return share is not None and self._held[network] >= share

    def _to_be_put_out(self, network: str) -> str:
        """The conversation that makes room for one of ``network``; raises FullError.

        First the oldest in which nobody has said anything, of the network that holds most; then of that network the one that
        has been idle longest. A network that has its share makes room itself.
        """
        is_own = self._has_its_share(network)
        crowd = network if is_own else max(self._held, key=lambda one: self._held[one], default=network)
        silent = [(name, live) for name, live in self._live.items() if live.waiting == 0]
        unused = [(live.network != crowd, name) for name, live in silent if not live.used and (live.network == crowd or not is_own)]
        if unused:
            return min(unused, key=lambda one: one[0])[1]
        last_used, longest = min(((live.last_used, name) for name, live in silent if live.network == crowd), default=(self._clock(), ""))
        if self._clock() - last_used < THINKING_SECONDS:
            raise FullError
        return longest

    async def find(self, conversation: str) -> Conversation | None:
        """The conversation itself."""
        live = self._live.get(conversation)
        return live if live is not None and not self._is_idle(live) else None

    async def dialogue_of(self, conversation: str) -> str:
        """Its dialogue."""
        return self._live[conversation].dialogue if conversation in self._live else ""

    @contextlib.asynccontextmanager
    async def turn(self, conversation: str, ends: float | None = None, *, said: bool = True) -> AsyncIterator[Conversation]:
        """Wait for the turn."""
        live = self._live.get(conversation)
        if live is None:
            raise UnknownConversationError
        if live.waiting > MOST_WAITING:
            raise BusyError
        live.waiting += 1
        live.used, live.last_used = live.used or said, self._clock()
        try:
            try:
                async with asyncio.timeout_at(ends):
                    await live.queue.acquire()
            except TimeoutError:
                raise LateError from None
            try:
                if self._live.get(conversation) is not live:
                    raise UnknownConversationError
                yield live
            finally:
                live.queue.release()
        finally:
            live.waiting -= 1
            live.last_used = self._clock()

    async def forget(self, conversation: str) -> None:
        """Drop it; a turn of it that is under way changes nothing any more."""
        if ended := self._live.pop(conversation, None):
            self._held[ended.network] -= 1
            self._held += Counter()  # drops those that hold none
            if ended.step:
                self.on_left(ended.about.get("trial", ""), ended.step)

    async def expire(self) -> None:
        """Drop those that have been idle too long."""
        for conversation in [name for name, live in self._live.items() if self._is_idle(live)]:
            await self.forget(conversation)

    def _is_idle(self, live: _Live) -> bool:
        return live.waiting == 0 and self._clock() - live.last_used > live.idle_seconds

    async def count(self) -> int:
        """How many this process holds."""
        return len(self._live)

    async def is_there(self) -> bool:
        """Memory is always there."""
        return True

    async def close(self) -> None:
        """Nothing is open."""
