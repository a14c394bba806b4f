"""Honest questions of strangers: most are understood, and few get a reply that would hurt an honest person.

A ratchet: the figures lie below those of the day they were set, and may only get better.
"""

from collections.abc import Sequence

import pytest

from tests.banks import held_out
from tests.nlu.test_held_out import topic_of
from trialog.assistant.engine import Engine
from trialog.content.replies.talk import AS_TOPIC

# Refused as a trick, told of death, sent away, told off for personal details, or alarmed.
HURTFUL = {"oos_adversarial", "oos_general", "oos_medical", "gibberish", "other_language", "prognosis", "pii", "bye", "emergency", "crisis"}

UNDERSTOOD = 0.8
MOST_HURT = 0.05

Answered = Sequence[tuple[str, str, str]]


@pytest.fixture(scope="module")
async def answered(engine: Engine) -> Answered:
    """(text, what it asks, what it is taken for) of every question of the bank; what an act is answered as is that topic."""
    cases = [(text, topic.rpartition("/")[2]) for topic, texts in held_out("honest").items() for text in texts]
    taken = [(text, topic, await topic_of(engine, text)) for text, topic in cases]
    return [(text, topic, AS_TOPIC.get(found, found)) for text, topic, found in taken]


def test_there_are_over_a_hundred(answered: Answered) -> None:
    assert len({text for text, _, _ in answered}) == len(answered) > 100


def test_most_are_understood(answered: Answered) -> None:
    wrong = [(text, topic, taken) for text, topic, taken in answered if topic != taken]
    assert 1 - len(wrong) / len(answered) >= UNDERSTOOD, wrong


def test_few_get_a_reply_that_would_hurt(answered: Answered) -> None:
    hurt = [(text, taken) for text, _, taken in answered if taken in HURTFUL]
    assert len(hurt) / len(answered) <= MOST_HURT, hurt
