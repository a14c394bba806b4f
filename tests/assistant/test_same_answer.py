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


# After these the conversation is another one: a question is open, danger lasts, or nothing of it is left. And what one should
# ask the doctor is put together from what was asked here.
ELSEWHERE = ("elig_start", "delete_conversation", "emergency", "crisis", "ask_doctor")


def answers(replies: list[Message]) -> list[tuple[str, str | None, object]]:
    """What is told without how: that the page is old is said once a conversation."""
    return [(reply.kind, reply.topic, reply.source) for reply in replies]


async def test_history_does_not_change_an_answer(engine: Engine, library: Library) -> None:
    questions = [topic.example for topic in library.topics.values() if topic.kind in ("study", "term") and topic.id not in ELSEWHERE]
    alone = {question: answers((await told(engine, [question]))[question]) for question in questions}
    for seed in range(ROUNDS):
        shuffled = random.Random(seed).sample(questions, len(questions))
        asked = await told(engine, shuffled)
        assert {question: answers(asked[question]) for question in questions} == alone


async def test_an_open_questionnaire_does_not_change_an_answer(engine: Engine, library: Library) -> None:
    questions = [topic.example for topic in library.topics.values() if topic.kind == "study"]
    for question in questions:
        inside = await told(engine, ["I want to do the questionnaire", question])
        alone = await told(engine, [question])
        assert answers(inside[question])[0] == answers(alone[question])[0]
        assert inside[question][-1].criterion == "who"
