"""The dearest legal message costs a few usual ones, in processor time."""

import time

import pytest

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine

USUAL = ["What is CD22?", "Who runs this study?", "What are the side effects of the drug?"]
DEAR = {
    "many questions": "What is CD22? " + "a? " * 700,
    "many numbers": "1 " * 1000,
    "many ages": "2y " * 700,
    "many clauses": "a; " * 700,
    "many words": "a " * 1000,
    "signs that stand for eighteen": "\ufdfa " * 1000,
    "a letter": "My daughter was ill in March and had chemo twice. We read about this study on the internet and wrote it down. " * 20,
}

# It is five to seven; beside other work on the machine the same message costs half as much again, now the one and now the other.
AT_MOST = 9


async def cost(engine: Engine, text: str) -> float:
    """The least of three times, in seconds of the processor."""
    spent = []
    for _ in range(3):
        conversation = new_id()
        await engine.start(conversation)
        began = time.process_time()
        await engine.say(conversation, text)
        spent.append(time.process_time() - began)
        await engine.conversations.forget(conversation)
    return min(spent)


@pytest.mark.parametrize("text", DEAR.values(), ids=DEAR)
async def test_the_dearest_message_costs_a_few_usual_ones(engine: Engine, text: str) -> None:
    usual = max([await cost(engine, question) for question in USUAL])
    assert await cost(engine, text[:2000]) < AT_MOST * usual
