"""The same question gets the same answer, whatever was said before."""

import random

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.content.model import Library

ROUNDS = 3


async def told(engine: Engine, questions: list[str]) -> dict[str, list[Message]]:
    """Each question's replies, all asked in one conversation, in the order given."""
    conversation = new_id()
    await engine.start(conversation)
    return {question: await engine.say(conversation, question) for question in questions}


# After these the conversation is another one: a question is open, or nothing of it is left.
ELSEWHERE = ("elig_start", "delete_conversation")


async def test_history_does_not_change_an_answer(engine: Engine, library: Library) -> None:
    questions = [topic.example for topic in library.topics.values() if topic.id not in ELSEWHERE]
    alone = {question: (await told(engine, [question]))[question] for question in questions}
    for seed in range(ROUNDS):
        shuffled = random.Random(seed).sample(questions, len(questions))
        assert await told(engine, shuffled) == alone


async def test_an_open_questionnaire_does_not_change_an_answer(engine: Engine, library: Library) -> None:
    questions = [topic.example for topic in library.topics.values() if topic.kind in ("study", "safety") and topic.id != "pii"]
    inside = await told(engine, ["Can my child take part?", *questions])
    for question in questions:
        assert inside[question][0] == (await told(engine, [question]))[question][0]
        assert inside[question][-1].criterion == "age"
