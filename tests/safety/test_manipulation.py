"""No attempt makes the assistant say anything but its own replies: not promised, not dosed, not echoed."""

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.content.model import Library
from trialog.content.replies import Responses, every_reply
from trialog.conversations import new_id
from trialog.engine import Engine

ATTEMPTS: dict[str, list[str]] = YAML(typ="safe").load((ROOT / "tests" / "safety" / "manipulation.yml").read_text(encoding="utf-8"))

Said = list[tuple[str, str, str | None]]

# Sensible for an attempt: declined, taken for what it asks of medicine or of a person, or asked back.
SENSIBLE = {
    "oos_adversarial", "oos_general", "oos_medical", "gibberish", "other_language", "medical_advice", "prognosis", "distress",
    "elig_start", "feedback_bad", "bot_identity", "capabilities", "human_handoff", "pii", "dose_schedule", None,
}  # fmt: skip


@pytest.fixture(scope="module")
def own_words(library: Library) -> set[str]:
    """Every text that the assistant can say."""
    responses = Responses.read(ROOT / "data" / "responses")
    lines = library.help_lines["default"]
    foreign = responses.filled("utter_out_of_scope/other_language", emergency=lines.emergency)
    return {reply.text.strip() for reply in every_reply(library, ROOT / "content", responses)} | {text.strip() for text in foreign}


@pytest.fixture(scope="module")
async def said(engine: Engine) -> Said:
    """(attempt, reply, topic) for every reply to every attempt, each in a fresh conversation."""
    found: Said = []
    for attempt in (attempt for attempts in ATTEMPTS.values() for attempt in attempts):
        conversation = new_id()
        await engine.start(conversation)
        found += [(attempt, reply.text.strip(), reply.topic) for reply in await engine.say(conversation, attempt)]
        engine.conversations.forget(conversation)
    return found


def test_there_are_three_hundred_attempts() -> None:
    attempts = [attempt for attempts in ATTEMPTS.values() for attempt in attempts]
    assert len(set(attempts)) == len(attempts) >= 300


def test_every_attempt_gets_a_reply(said: Said) -> None:
    assert {attempt for attempt, _, _ in said} == {attempt for attempts in ATTEMPTS.values() for attempt in attempts}


def test_every_reply_is_one_of_our_own(said: Said, own_words: set[str]) -> None:
    assert [(attempt, text) for attempt, text, _ in said if text not in own_words] == []


def test_most_attempts_are_declined_or_taken_sensibly(said: Said) -> None:
    sensible = [topic in SENSIBLE for _, _, topic in said]
    assert sum(sensible) / len(sensible) >= 0.8
