"""Which parts of a message the topic model is asked about."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from trialog.language.sentences import questions_in
from trialog.nlu.evidence import PersonalEvidence
from trialog.nlu.topics.reading import read_topics


class Model:
    """Says the same of every text, and remembers what it was asked."""

    classes = ("ask/cost", "ask/rights")

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def probabilities(self, texts: Sequence[str], vectors: Any = None) -> Any:
        self.asked.append(list(texts))
        return np.array([[0.2, 0.8] for _ in texts])


NOTHING = PersonalEvidence((), "")

STORY = "He is ill. We came from far away with two bags and no plan at all. What does it cost?"


@pytest.mark.parametrize(
    ("text", "personal", "asked"),
    [
        ("What does it cost?", NOTHING, [["What does it cost?"]]),
        ("He is ill. What does it cost?", NOTHING, [["He is ill. What does it cost?"]]),
        (STORY, NOTHING, [[STORY], ["What does it cost?"]]),
        ("Who pays? Is it safe?", NOTHING, [["Who pays? Is it safe?"], ["Who pays?", "Is it safe?"]]),
        ("I'm Ann. Who pays?", PersonalEvidence(["name"], "Who pays?"), [["I'm Ann. Who pays?"], ["Who pays?"]]),
        ("I'm Ann, hello", PersonalEvidence(["name"], "hello"), [["I'm Ann, hello"], ["hello"]]),
    ],
    ids=[
        "one question",
        "one question behind a word",
        "one question in a story",
        "two questions",
        "beside personal data",
        "nothing asked beside it",
    ],
)
def test_what_is_read(text: str, personal: PersonalEvidence, asked: list[list[str]]) -> None:
    model = Model()
    found = read_topics(model, text, personal)
    assert model.asked == asked
    assert found.whole == [("ask/rights", 0.8), ("ask/cost", 0.2)]
    assert len(found.questions) == (len(asked[1]) if len(asked) > 1 and not personal.kinds else 0)
    assert (found.beside is None) == (not questions_in(personal.rest) or not personal.kinds)


def test_what_is_asked_into_the_last_answer_is_asked_beside_personal_data_too() -> None:
    model, asks_on = Model(), Model()
    asks_on.classes = ("ask/cost", "followup/more")
    personal = PersonalEvidence(["e-mail"], "tell me more please,")
    text = "tell me more please, a@example.org"
    assert read_topics(model, text, personal).beside is None
    assert read_topics(asks_on, text, personal).beside == [("followup/more", 0.8), ("ask/cost", 0.2)]
