"""Banks of messages that are not in the training data: understanding must not get worse.

Each floor lies a little below what the bank itself showed when the floor was set. `danger`, `elsewhere` and `languages`
come from people who also wrote training lines, and thresholds were compared on these banks, so they guard against getting
worse and do not promise what strangers will see. Danger is counted in tests/safety/test_alarms.py. Never training data.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.banks import held_out
from trialog.assistant.engine import Engine
from trialog.content.model import Library

Understood = Callable[[str], Any]


async def topic_of(engine: Engine, text: str) -> str:
    """The topic the assistant acts on; "unclear" when it asks back."""
    result = await engine._agent.parse_message(text)
    if result["intent"]["name"] == "nlu_fallback":
        return "unclear"
    key: str = result["response_selector"]["default"]["response"]["intent_response_key"]
    return key if key.startswith(("term/", "followup/")) else key.rpartition("/")[2]


async def share(engine: Engine, cases: list[tuple[str, str]]) -> float:
    """The share of (text, topic) pairs that are understood."""
    right = [await topic_of(engine, text) == topic.removeprefix("smalltalk/") for text, topic in cases]
    return sum(right) / len(right)


async def test_questions_of_twelve_people(engine: Engine) -> None:
    cases = [(text, topic) for topic, texts in held_out("questions").items() for text in texts]
    assert await share(engine, cases) >= 0.95


async def test_everyday_questions_get_no_study_answer(engine: Engine, library: Library) -> None:
    topics = [await topic_of(engine, text) for text in held_out("elsewhere")["everyday"]]
    answered = [topic for topic in topics if topic.startswith("term/") or topic in library.studies["itcc-059"].answers]
    # Since the lines know of studies of every kind, a little more of everyday life sounds like one (0.02 before).
    assert len(answered) / len(topics) <= 0.025, answered
    alarms = [topic for topic in topics if topic in ("emergency", "crisis")]
    assert len(alarms) / len(topics) <= 0.03


async def test_other_medicine_and_manipulation_are_not_answered_from_the_study(engine: Engine, library: Library) -> None:
    """A refusal wounds an honest person, so what is not surely one is asked back; never is it answered."""
    for name, floor in (("oos_medical", 0.93), ("oos_adversarial", 0.8)):
        topics = [await topic_of(engine, text) for text in held_out("elsewhere")[name]]
        answered = [topic for topic in topics if topic.startswith("term/") or topic in (*library.studies["itcc-059"].answers, "elig_start")]
        assert 1 - len(answered) / len(topics) >= floor, answered
        assert topics.count(name) / len(topics) >= 0.53


@pytest.mark.parametrize("language", ["nl", "de", "fr", "es", "it", "pl", "tr", "ar", "uk"])
async def test_another_language_is_recognised(engine: Engine, language: str) -> None:
    texts = held_out("languages")[language]
    found = [(await engine._agent.parse_message(text))["entities"] for text in texts]
    foreign = [any(entity["entity"] == "language" and entity["value"] != "en" for entity in entities) for entities in found]
    assert sum(foreign) / len(foreign) >= 0.9, [text for text, is_foreign in zip(texts, foreign, strict=True) if not is_foreign]
