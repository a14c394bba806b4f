"""What replies cost in processor time, in this process: usual ones, the dearest, with many conversations, and late in a long one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Sequence
from typing import Any

from tests.hostile.test_cost import DEAR, USUAL
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine

# Live conversations beside which a reply is measured.
CONVERSATIONS = (0, 1_000, 5_000, 20_000)

# Turns of a long conversation, and how many at either end are compared.
TURNS, COMPARED = 300, 20


async def _cost(work: Awaitable[Any]) -> float:
    began = time.process_time()
    await work
    return (time.process_time() - began) * 1000


async def _replies(engine: Engine, questions: Sequence[str], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of welcomes and of first replies."""
    welcomes, replies = [], []
    for place in range(times):
        conversation = new_id()
        welcomes.append(await _cost(engine.start(conversation)))
        replies.append(await _cost(engine.say(conversation, questions[place % len(questions)])))
        await engine.conversations.forget(conversation)
    return welcomes, replies


async def _dearest(engine: Engine) -> dict[str, float]:
    """How many usual messages each of the dearest legal ones costs; the least of three of each."""
    usual = statistics.median([await _least(engine, text) for text in USUAL])
    return {name: round(await _least(engine, text[:2000]) / usual, 1) for name, text in DEAR.items()}


async def _least(engine: Engine, text: str) -> float:
    spent = []
    for _ in range(3):
        conversation = new_id()
        await engine.start(conversation)
        spent.append(await _cost(engine.say(conversation, text)))
        await engine.conversations.forget(conversation)
    return min(spent)


async def _long(engine: Engine, questions: Sequence[str]) -> dict[str, float]:
    """Medians of the first and of the last turns of a long conversation, on the same questions."""
    conversation = new_id()
    await engine.start(conversation)
    spent = [await _cost(engine.say(conversation, questions[turn % COMPARED])) for turn in range(TURNS)]
    await engine.conversations.forget(conversation)
    # From the third on: before that a conversation has less than is kept of it.
    first, last = statistics.median(spent[2 : COMPARED + 2]), statistics.median(spent[-COMPARED:])
    return {"first turns ms": round(first, 1), "last turns ms": round(last, 1), "times": round(last / first, 2)}


async def _beside(engine: Engine, questions: Sequence[str], times: int) -> dict[str, float]:
    """A reply beside so many live conversations."""
    found, there = {}, 0
    begun = new_id()
    await engine.start(begun)
    dialogue = await engine.conversations.dialogue_of(begun)
    for wanted in CONVERSATIONS:
        for _ in range(wanted - there):
            await _begin_like(engine, dialogue)
        there = wanted
        found[str(wanted)] = round(statistics.median((await _replies(engine, questions, times))[1]), 1)
    return found


async def _begin_like(engine: Engine, dialogue: str) -> None:
    """A conversation as it is after its welcome, in a hundredth of the time."""
    conversation = new_id()
    await engine.conversations.open(conversation, 1_800.0, trial="", channel="web", country="")
    if live := await engine.conversations.find(conversation):
        live.dialogue = dialogue


async def costs(engine: Engine, questions: Sequence[str], times: int) -> dict[str, Any]:
    """All of it, as plain data; ``engine`` must have room for the conversations."""
    welcomes, replies = await _replies(engine, questions, times)
    return {
        "welcome ms": round(statistics.median(welcomes), 1),
        "reply ms": round(statistics.median(replies), 1),
        "replies ms, by twentieths": [round(one, 1) for one in statistics.quantiles(replies, n=20)],
        "dearest, in usual messages": await _dearest(engine),
        "a long conversation": await _long(engine, questions),
        "beside so many conversations, ms": await _beside(engine, questions, times // 2),
    }
