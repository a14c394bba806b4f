"""Where conversations live: in memory, for a limited time, and really gone when deleted."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

# 192 random bits: nobody guesses the id of somebody else's conversation.
ID_BYTES = 24

_ID = re.compile(r"[A-Za-z0-9_-]{32}")


def new_id() -> str:
    """An id for a new conversation."""
    return secrets.token_urlsafe(ID_BYTES)


class ConversationStore(InMemoryTrackerStore):
    """Rasa's in-memory tracker store, with deletion, expiry and one queue a conversation."""

    def __init__(self, idle_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Conversations idle for ``idle_seconds`` of ``clock`` are dropped by ``expire``."""
        super().__init__(Domain.empty())
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._last_used: dict[str, float] = {}
        self._queues: dict[str, asyncio.Lock] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation, unless it has been deleted while its reply was on its way."""
        if tracker.sender_id in self._last_used:
            await super().save(tracker)

    def open(self, conversation: str) -> None:
        """Begin the conversation ``conversation``."""
        self._last_used[conversation] = self._clock()

    def knows(self, conversation: str) -> bool:
        """True for a conversation that was opened here and is neither deleted nor expired."""
        return bool(_ID.fullmatch(conversation)) and conversation in self._last_used

    def queue(self, conversation: str) -> asyncio.Lock:
        """The lock that makes the messages of one conversation wait for each other, in order."""
        self._last_used[conversation] = self._clock()
        return self._queues.setdefault(conversation, asyncio.Lock())

    def forget(self, conversation: str) -> None:
        """Delete everything about the conversation."""
        kept: dict[str, Any]
        for kept in (self.store, self._last_used, self._queues):
            kept.pop(conversation, None)

    def expire(self) -> int:
        """Forget every conversation that has been idle too long; returns how many."""
        oldest = self._clock() - self._idle_seconds
        idle = [conversation for conversation, used in self._last_used.items() if used < oldest]
        for conversation in idle:
            self.forget(conversation)
        return len(idle)

    def __len__(self) -> int:
        return len(self._last_used)
