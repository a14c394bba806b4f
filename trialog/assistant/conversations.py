"""Which conversations live, for how long, and whose turn it is. What is stored of them: ``tracker_store.py``."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from trialog.assistant.places import NO_NETWORK, LateError

# 192 random bits: nobody guesses the id of somebody else's conversation.
ID_BYTES = 24

# Messages of one conversation that wait for their turn. Nobody types faster than this; a script does.
MOST_WAITING = 5

# Where a whole clinic is behind one address, and the house is full, a family that thinks for so long may be in the middle of something.
THINKING_SECONDS = 300

# Parts of all conversations: those that one network may hold at most, and those that only kiosks may begin.
OF_ONE_NETWORK = 0.5
FOR_KIOSKS = 0.05

# Buttons of one conversation that can be pressed: those of its last replies.
BUTTONS_KEPT = 100

KIOSK = "kiosk"

_ID = re.compile(r"[A-Za-z0-9_-]{32}")


class FullError(Exception):
    """There are as many conversations as this process, or this network, may hold."""


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
    network: str = NO_NETWORK
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    # True once somebody has said something in it.
    used: bool = False
    # Payloads of the buttons it was offered, the oldest first.
    buttons: dict[str, None] = field(default_factory=dict)

    def offer(self, payloads: Iterable[str]) -> None:
        """Note which buttons a reply showed."""
        for payload in payloads:
            self.buttons.pop(payload, None)
            self.buttons[payload] = None
        for payload in list(self.buttons)[:-BUTTONS_KEPT]:
            del self.buttons[payload]


class Conversations:
    """The live conversations of this process, and what is stored of each (``stored``)."""

    def __init__(self, most: int = 1_000, clock: Callable[[], float] = time.monotonic, *, shares: bool = True) -> None:
        """Holds at most ``most`` conversations at a time; idle time is measured by ``clock``.

        With ``shares`` no network holds more than half of them, and a twentieth is kept for kiosks.
        """
        self.stored: dict[str, str] = {}
        self._most = most
        self._shares = shares
        self._clock = clock
        # The one begun first stands first.
        self._live: dict[str, Conversation] = {}
        self._held: Counter[str] = Counter()
        # A turn stores from its own thread, while the server may forget the conversation.
        self._storing = threading.Lock()

    def open(self, conversation: str, idle_seconds: float, network: str = NO_NETWORK, **about: str) -> None:
        """Begin a conversation of ``network`` that ends after ``idle_seconds`` without a message.

        Where there is no room another one is put out; raises FullError where none can be. ``about`` is what it was opened with;
        each of its turns is told.
        """
        if not self._has_room(network, about):
            self.expire()
        if not self._has_room(network, about):
            self.forget(self._to_be_put_out(network))
        self._live[conversation] = Conversation(idle_seconds, self._clock(), about, network)
        self._held[network] += 1

    def _has_room(self, network: str, about: dict[str, str]) -> bool:
        kept = 0 if not self._shares or about.get("channel") == KIOSK else int(self._most * FOR_KIOSKS)
        return len(self._live) < self._most - kept and not self._has_its_share(network)

    def _has_its_share(self, network: str) -> bool:
        """True if ``network`` holds as many as it may."""
        return self._shares and network != NO_NETWORK and self._held[network] >= max(1, int(self._most * OF_ONE_NETWORK))

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

    def live(self, conversation: str) -> Conversation:
        """The conversation with that id; raises UnknownConversationError."""
        if conversation not in self._live:
            raise UnknownConversationError
        return self._live[conversation]

    def knows(self, conversation: str) -> bool:
        """True for a conversation that was opened here and is neither deleted nor idle too long."""
        live = self._live.get(conversation) if _ID.fullmatch(conversation) else None
        return live is not None and not self._is_idle(live)

    def country_of(self, conversation: str) -> str:
        """The country it was opened for; empty for one that is not there."""
        live = self._live.get(conversation)
        return live.about.get("country", "") if live else ""

    @contextlib.asynccontextmanager
    async def turn(self, conversation: str, ends: float | None = None) -> AsyncIterator[dict[str, str]]:
        """Wait until the earlier messages of ``conversation`` are answered; gives what it was opened with.

        Raises BusyError, UnknownConversationError, and LateError when its turn has not come at ``ends`` by the loop's clock.
        """
        live = self.live(conversation)
        if live.waiting > MOST_WAITING:
            raise BusyError
        live.waiting += 1
        live.last_used = self._clock()
        try:
            try:
                async with asyncio.timeout_at(ends):
                    await live.queue.acquire()
            except TimeoutError:
                raise LateError from None
            try:
                if self._live.get(conversation) is not live:
                    raise UnknownConversationError
                yield live.about
            finally:
                live.queue.release()
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
            ended = self._live.pop(conversation, None)
            self.stored.pop(conversation, None)
        if ended:
            self._held[ended.network] -= 1
            self._held += Counter()  # drops those that hold none

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
