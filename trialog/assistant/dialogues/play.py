"""Plays a dialogue, and says what of it is not as expected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from trialog.assistant.conversations import UnknownConversationError, new_id
from trialog.assistant.dialogues.form import Dialogue, Turn
from trialog.assistant.dialogues.promises import Promises
from trialog.assistant.dialogues.stories import StoryTurn, otherwise
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.assistant.reasons.turn import BY_AN_ACTION, reasons
from trialog.assistant.watch import Watch

Say = Callable[[Turn], Awaitable[list[Message]]]

# What went otherwise in a turn beside its replies.
Beside = Callable[[Turn], Iterator[str]]

# Fields of a turn that one of its replies must have.
_OF_ONE_REPLY = ("topic", "kind", "criterion", "outcome")


@dataclass(frozen=True)
class PlayedTurn:
    """A turn with what was replied, and the faults of it."""

    turn: Turn
    replies: list[Message]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Played:
    """A dialogue as it went; it goes on after a fault, so that all of them are seen at once."""

    dialogue: Dialogue
    turns: tuple[PlayedTurn, ...]
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """True when all is as expected."""
        return not any(turn.faults for turn in self.turns)


async def in_new_conversation(engine: Engine, dialogue: Dialogue, trial: str = "") -> Played:
    """``dialogue`` in a conversation of its own, which is forgotten afterwards."""
    conversation, seen = new_id(), Watch()
    await engine.start(conversation, trial, "cli")

    async def say(turn: Turn) -> list[Message]:
        nonlocal seen
        seen, act = Watch(), engine.say if turn.press is None else engine.press
        try:
            return await act(conversation, turn.text, watch=seen)
        except UnknownConversationError:
            # It was deleted at the family's wish; whoever goes on begins anew, as in the chat.
            await engine.start(conversation, trial, "cli")
            return await act(conversation, turn.text, watch=seen)

    def beside(turn: Turn) -> Iterator[str]:
        if isinstance(turn, StoryTurn) and seen.message and seen.tracker:
            done = [(one["action"], one["by"] == BY_AN_ACTION) for one in reasons(seen, (), engine.library).get("actions", ())]
            intent = str(seen.message.get("intent", {}).get("name"))
            yield from otherwise(turn, intent, done, seen.tracker.get_slot, seen.tracker.active_loop_name or "")

    try:
        return await play(say, dialogue, beside)
    finally:
        await engine.conversations.forget(conversation)


async def play(say: Say, dialogue: Dialogue, beside: Beside = lambda _: iter(())) -> Played:
    """``dialogue`` as it goes when its turns are said by ``say``."""
    turns, promises = [], Promises()
    for turn in dialogue.turns:
        try:
            replies = await say(turn)
        except ValueError as error:
            turns.append(PlayedTurn(turn, [], (str(error),)))
            break
        turns.append(PlayedTurn(turn, replies, (*promises.broken_by(turn, replies), *faults_of(turn, replies), *beside(turn))))
    return Played(dialogue, tuple(turns))


def faults_of(turn: Turn, replies: Sequence[Message]) -> Iterator[str]:
    """What the replies lack of what ``turn`` expects, or have too much; what is promised of every turn is told by ``Promises``."""
    for name in _OF_ONE_REPLY:
        expected, found = getattr(turn, name), [getattr(reply, name) for reply in replies]
        if expected is not None and expected not in found:
            yield f"{name}: expected {expected}, got {', '.join(str(value) for value in found) or 'none'}"
    languages = [reply.language for reply in replies]
    if turn.language is not None and languages != [turn.language]:
        yield f"language: expected {turn.language}, got {', '.join(map(str, languages))}"
    text = "\n".join(reply.text for reply in replies)
    titles = [button["title"] for reply in replies for button in reply.buttons]
    yield from (f"words missing: {words}" for words in turn.words if words not in text)
    yield from (f"words that must not be there: {words}" for words in turn.never if words in text)
    yield from (f"kind that must not be there: {reply.kind}" for reply in replies if reply.kind in turn.not_kinds)
    yield from (f"button missing: {title}" for title in turn.buttons if title not in titles)
