"""Plays what a study's folder proves itself by, and says what went otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from trialog.assistant.conversations import new_id
from trialog.assistant.dialogues.report import named
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.content.criteria import UNKNOWN, WHO
from trialog.content.model import Study
from trialog.content.proof import Asked, Family

# Kinds of reply that leave the questionnaire in a definite state.
_STATES = ("question", "review", "result", "cancelled")

# A question is asked, asked in another way, and what was understood is asked back: more is a loop.
_ASKED_AT_MOST = 3


async def otherwise_understood(engine: Engine, study: Study, asked: Asked) -> list[str]:
    """The ways to ask that were answered otherwise than expected, each in a conversation of its own."""
    found = []
    for text in asked.ask:
        async with _conversation(engine, study) as conversation:
            replies = await engine.say(conversation, text)
        found += [f"“{text}”: {fault}" for fault in _faults(asked, replies)]
    return found


def _faults(asked: Asked, replies: Sequence[Message]) -> Iterator[str]:
    if asked.topic not in [reply.topic for reply in replies]:
        yield f"expected {asked.topic}, answered as {', '.join(map(named, replies))}"
        return
    said = "\n".join(reply.text for reply in replies)
    yield from (f"the answer does not say “{words}”" for words in asked.words if words not in said)


async def otherwise_ended(engine: Engine, study: Study, family: Family) -> list[str]:
    """What of each run of ``family`` through the questionnaire ended otherwise than expected."""
    found = []
    for run in range(family.runs):
        async with _conversation(engine, study) as conversation:
            end, last = await _questionnaire(engine, conversation, family, run)
        found += [f"{family.title}, in its words {run + 1}: {fault}" for fault in _misses(family, end, last)]
    return found


def _misses(family: Family, end: Message, last: str) -> Iterator[str]:
    if end.kind != "result":
        yield f"{last}; it came to no result, but to {named(end)}"
        return
    if end.outcome != family.outcome:
        yield f"expected {family.outcome}, was told {end.outcome}"
    verdicts = {point["id"]: (point["verdict"], point["answer"]) for point in end.criteria or []}
    for criterion, expected in family.verdicts.items():
        verdict, answer = verdicts[criterion]
        if verdict != expected:
            yield f"{criterion}: expected {expected}, was told {verdict} (“{answer}”)"


async def _questionnaire(engine: Engine, conversation: str, family: Family, run: int) -> tuple[Message, str]:
    """What it ends with: the result, or the reply that led nowhere; and what was asked and said last."""
    words, times, last = engine.library.interview.buttons, dict[str, int](), "nothing was asked"
    state = _state(await engine.press(conversation, "/elig_start"))
    while state.kind in ("question", "review"):
        asked = state.criterion or ""
        times[asked] = times.get(asked, 0) + 1
        if times[asked] > _ASKED_AT_MOST:
            return state, f"{last}, and was asked again and again"
        # A review is confirmed, and so is an answer that was asked back.
        pressed = next((b["payload"] for b in state.buttons if b["title"] in (words["confirm"], words["right"])), None)
        said = family.who if asked == WHO else family.answer(asked, run)
        if pressed is None and said is None:
            pressed = next(b["payload"] for b in state.buttons if b["title"] == words[UNKNOWN])
        last = f"at the question {asked or state.kind} it said “{said if pressed is None else _title(state, pressed)}”"
        state = _state(await (engine.press(conversation, pressed) if pressed else engine.say(conversation, str(said))))
    return state, last


def _title(state: Message, payload: str) -> str:
    return next(button["title"] for button in state.buttons if button["payload"] == payload)


def _state(replies: Sequence[Message]) -> Message:
    return next((reply for reply in reversed(replies) if reply.kind in _STATES), replies[-1])


@asynccontextmanager
async def _conversation(engine: Engine, study: Study) -> AsyncIterator[str]:
    """A new conversation about ``study``, which is forgotten afterwards."""
    conversation = new_id()
    await engine.start(conversation, study.id, "cli")
    try:
        yield conversation
    finally:
        await engine.conversations.forget(conversation)
