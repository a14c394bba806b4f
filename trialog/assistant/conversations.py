"""What a conversation is: which one lives and for how long, whose turn it is, and what is kept of it between two turns.

``in_memory.py`` keeps conversations for one process, ``shared/`` for several, on Redis.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from trialog.assistant.message import Message
from trialog.assistant.places import NO_NETWORK
from trialog.settings import Settings

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

# Answers of one conversation that are kept for a client that lost one on the way; it sends one message after the other.
ANSWERS_KEPT = 8

KIOSK = "kiosk"

# Half of what no two things ever share by chance.
_DIGEST_BYTES = 16


class FullError(Exception):
    """There are as many conversations as there may be, of all or of this network."""


class BusyError(Exception):
    """Too many messages of one conversation wait for their turn."""


class UnknownConversationError(Exception):
    """The conversation was never opened, or has ended."""


def new_id() -> str:
    """An id for a new conversation."""
    return secrets.token_urlsafe(ID_BYTES)


def digest_of(conversation: str, key: str, said: str) -> str:
    """What a message is known by when its client sends it again: the same key with the same words, and nobody can read either in it.

    It is keyed with the conversation's id, which only the family's own page has.
    """
    sent = f"{key}\n{said}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(sent, key=conversation.encode()[: hashlib.blake2b.MAX_KEY_SIZE], digest_size=_DIGEST_BYTES).hexdigest()


@dataclass(eq=False)
class Conversation:
    """What is kept of a conversation, and none of the words that were typed. It changes in its turn only."""

    # What it was opened with; each of its turns is told.
    about: dict[str, str]
    network: str = NO_NETWORK
    # Messages that are being answered or wait for that.
    waiting: int = 0
    # True once something that was said in it has been answered, and the question of the questionnaire that is open (counting.py).
    answered: bool = False
    step: str = ""
    # Payloads of the buttons it was offered, the oldest first.
    buttons: dict[str, None] = field(default_factory=dict)
    # What its next turn builds on, as ``tracker_store.py`` writes it; empty before the first.
    dialogue: str = ""
    # The last answers to messages that have a key, by ``digest_of``, the oldest first.
    answers: dict[str, list[Message]] = field(default_factory=dict)
    # How often it was told of what is switched off, and which notices.
    told: Counter[str] = field(default_factory=Counter)

    def offer(self, payloads: Iterable[str]) -> None:
        """Note which buttons a reply showed."""
        for payload in payloads:
            self.buttons.pop(payload, None)
            self.buttons[payload] = None
        for payload in list(self.buttons)[:-BUTTONS_KEPT]:
            del self.buttons[payload]

    def keep(self, digest: str, answer: list[Message]) -> None:
        """Keep the ``answer`` for a client that sends its message again."""
        self.answers[digest] = answer
        for old in list(self.answers)[:-ANSWERS_KEPT]:
            del self.answers[old]


Left = Callable[[str, str], None]


class Conversations(Protocol):
    """The live conversations. Each method may raise StoreAwayError where they are not kept in this process."""

    # Told the study and the open question of each that has ended in the middle of the questionnaire, by one process of all.
    on_left: Left

    async def open(self, conversation: str, idle_seconds: float, network: str = NO_NETWORK, **about: str) -> None:
        """Begin a conversation of ``network`` that ends after ``idle_seconds`` without a message.

        Where there is no room another one is put out; raises FullError where none can be.
        """

    async def find(self, conversation: str) -> Conversation | None:
        """What is kept of it, but for its dialogue; None where it was never opened, was deleted or has been idle too long."""

    async def dialogue_of(self, conversation: str) -> str:
        """Its dialogue between two turns; empty where there is none."""

    def turn(self, conversation: str, ends: float | None = None, *, said: bool = True) -> AbstractAsyncContextManager[Conversation]:
        """Wait until the earlier messages of ``conversation`` are answered; what is changed in what this gives is kept afterwards.

        With ``said`` somebody has said something in it. Raises BusyError, UnknownConversationError, and LateError when its turn has
        not come at ``ends`` by the loop's clock or was lost meanwhile, so that nothing was kept.
        """

    async def forget(self, conversation: str) -> None:
        """Delete everything about the conversation."""

    async def expire(self) -> None:
        """Forget every conversation that has been idle too long."""

    async def count(self) -> int:
        """How many there are."""

    async def is_there(self) -> bool:
        """True if conversations can be kept and found now."""

    async def close(self) -> None:
        """Let go of what they are kept in."""


@dataclass(frozen=True)
class Room:
    """How many conversations there may be. With ``shares`` no network holds more than half, and a twentieth is kept for kiosks."""

    most: int = 1_000
    shares: bool = True

    def of(self, channel: str | None) -> int:
        """How many there may be where one of ``channel`` is to begin."""
        return self.most - (0 if not self.shares or channel == KIOSK else int(self.most * FOR_KIOSKS))

    def share_of(self, network: str) -> int | None:
        """How many ``network`` may hold; None for as many as there is room."""
        return max(1, int(self.most * OF_ONE_NETWORK)) if self.shares and network != NO_NETWORK else None


def room_of(settings: Settings) -> Room:
    """For how many conversations the settings have room."""
    return Room(settings.max_conversations, shares=settings.requests_a_minute is not None)
