"""The conversations that several processes share, on Redis.

What a turn changed and the answer that it gave are kept by one command, and only while the turn is still its own. So a process that
dies in a turn has changed nothing, and one that was thought dead changes nothing any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redis.asyncio import Redis

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
from trialog.assistant.message import Message
from trialog.assistant.places import NO_NETWORK, LateError
from trialog.operation.faults import StoreAwayError
from trialog.operation.stores import Script, connect, name_of
from trialog.settings import Settings

if TYPE_CHECKING:
    from trialog.assistant.shared.dialogues import Dialogues

# A turn is held for so long at a time, and held anew so often while it lasts. The next message waits so long after a process has
# died, which is less than a family waits for an answer.
LEASE_SECONDS = 3.0
HOLD_SECONDS = LEASE_SECONDS / 3

# How often a message looks whether its turn has come. A notice of that could be lost with the process that should send it.
LOOK_SECONDS = 0.05

# A dialogue in PostgreSQL stays for so long after its conversation has ended by itself, so that it never ends first.
LONGER_SECONDS = 60

Fields = dict[str, str]


class SharedConversations:
    """``Conversations`` of several processes. Redis knows none by its id, only by ``name_of`` it."""

    def __init__(self, redis: Redis[str], room: Room, dialogues: Dialogues | None = None, clock: Callable[[], float] | None = None) -> None:
        """Dialogues are kept in ``dialogues``, else in Redis, too; the time is that of Redis unless there is a ``clock``."""
        self._script = Script(redis, Path(__file__).with_suffix(".lua"))
        self._room = room
        self._dialogues = dialogues
        self._clock = clock
        self.on_left: Left = lambda *_: None

    async def open(self, conversation: str, idle_seconds: float, network: str = NO_NETWORK, **about: str) -> None:
        """Begin a conversation; raises FullError."""
        room, share = self._room.of(about.get("channel")), self._room.share_of(network) or 0
        limits = round(idle_seconds * 1000), room, share, THINKING_SECONDS * 1000
        if await self._run("open", name_of(conversation), network, *limits, json.dumps(about)) == "full":
            raise FullError

    async def find(self, conversation: str) -> Conversation | None:
        """A copy of what is kept."""
        found = await self._run("find", name_of(conversation))
        return _conversation(_fields(found[1]), waiting=found[0]) if found else None

    async def dialogue_of(self, conversation: str) -> str:
        """Its dialogue."""
        name = name_of(conversation)
        found = await self._run("find", name)
        return await self._dialogue(name, _fields(found[1])) if found else ""

    @contextlib.asynccontextmanager
    async def turn(self, conversation: str, ends: float | None = None, *, said: bool = True) -> AsyncIterator[Conversation]:
        """Wait for the turn, hold it, and keep what was changed."""
        name, token = name_of(conversation), secrets.token_hex(16)
        try:
            fields = await self._wait(name, token, ends, said)
            live = _conversation(fields, dialogue=await self._dialogue(name, fields))
            holding = asyncio.create_task(self._hold(name, token))
            try:
                yield live
            finally:
                holding.cancel()
            await self._keep(name, token, fields, live)
        except BaseException:
            with contextlib.suppress(StoreAwayError):
                await asyncio.shield(self._run("leave", name, token))
            raise

    async def _wait(self, name: str, token: str, ends: float | None, said: bool) -> Fields:
        while True:
            state, *kept = await self._run("take", name, token, LEASE_SECONDS * 1000, MOST_WAITING, int(said))
            if state == "taken":
                return _fields(kept[0])
            if state == "unknown":
                raise UnknownConversationError
            if state == "busy":
                raise BusyError
            if ends is not None and asyncio.get_running_loop().time() + LOOK_SECONDS > ends:
                raise LateError
            await asyncio.sleep(LOOK_SECONDS)

    async def _hold(self, name: str, token: str) -> None:
        while True:
            await asyncio.sleep(HOLD_SECONDS)
            with contextlib.suppress(StoreAwayError):
                await self._run("hold", name, token, LEASE_SECONDS * 1000)

    async def _keep(self, name: str, token: str, fields: Fields, live: Conversation) -> None:
        answers = {digest: [message.to_json() for message in answer] for digest, answer in live.answers.items()}
        kept = {"about": json.dumps(live.about), "buttons": json.dumps(list(live.buttons)), "answers": json.dumps(answers)}
        kept |= {"told": json.dumps(live.told), "answered": str(int(live.answered)), "step": live.step}
        leaves = json.dumps([live.about.get("trial", ""), live.step]) if live.step else ""
        if self._dialogues is None:
            kept["dialogue"] = live.dialogue
        else:
            seconds = int(fields["idle"]) / 1000 + LONGER_SECONDS
            await self._dialogues.write(name, token, fields.get("turn", ""), live.dialogue, seconds)
            kept["turn"] = token
        if await self._run("keep", name, token, leaves, *(part for field in kept.items() for part in field)) == "lost":
            raise LateError

    async def _dialogue(self, name: str, fields: Fields) -> str:
        if self._dialogues is None:
            return fields.get("dialogue", "")
        return await self._dialogues.read(name, fields["turn"]) if "turn" in fields else ""

    async def forget(self, conversation: str) -> None:
        """Delete it; a turn of it that is under way keeps nothing any more."""
        name = name_of(conversation)
        await self._run("forget", name)
        if self._dialogues:
            await self._dialogues.forget(name)

    async def expire(self) -> None:
        """Redis drops what it keeps of a conversation by itself; this frees its room, and tells of questionnaires that were left."""
        with contextlib.suppress(StoreAwayError):
            for left in await self._run("expire"):
                self.on_left(*json.loads(left))
            if self._dialogues:
                await self._dialogues.expire()

    async def count(self) -> int:
        """How many there are, whoever answers them."""
        return int(await self._run("count"))

    async def is_there(self) -> bool:
        """True if Redis, and PostgreSQL where it is set, do what they should."""
        try:
            await self.count()
            if self._dialogues:
                await self._dialogues.expire()  # which writes
        except StoreAwayError:
            return False
        return True

    async def close(self) -> None:
        """Close the connections."""
        await self._script.close()
        if self._dialogues:
            self._dialogues.close()

    async def _run(self, command: str, *arguments: str | float) -> Any:
        now = "" if self._clock is None else self._clock() * 1000
        return await self._script.run(command, now, *arguments)


def shared_conversations(settings: Settings, room: Room) -> SharedConversations:
    """Those of the stores in ``settings``."""
    if not settings.database:
        return SharedConversations(connect(settings.redis), room)
    from trialog.assistant.shared.dialogues import Dialogues  # SQLAlchemy takes memory

    return SharedConversations(connect(settings.redis), room, Dialogues(settings.database))


def _fields(flat: list[str]) -> Fields:
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _conversation(fields: Fields, waiting: int = 0, dialogue: str = "") -> Conversation:
    answers: dict[str, list[dict[str, Any]]] = json.loads(fields.get("answers", "{}"))
    return Conversation(
        json.loads(fields["about"]),
        fields["network"],
        waiting,
        answered=fields.get("answered") == "1",
        step=fields.get("step", ""),
        buttons=dict.fromkeys(json.loads(fields.get("buttons", "[]"))),
        dialogue=dialogue,
        answers={digest: [Message(**message) for message in answer] for digest, answer in answers.items()},
        told=Counter(json.loads(fields.get("told", "{}"))),
    )
