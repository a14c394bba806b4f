"""A misspelt message asks for what it means, and tells of danger or another language as it was typed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from trialog.language.spelling import Spelling
from trialog.nlu.evidence import FOREIGN, PersonalEvidence
from trialog.nlu.topics.spelt import read_as_meant

NOTHING = PersonalEvidence((), "")


class Model:
    """Reads "effects" as a question for them, and all else as somebody in danger, perhaps in another language."""

    classes = ("ask/side_effects", "ask/cost", "safety/emergency", FOREIGN)

    def probabilities(self, texts: Sequence[str], vectors: Any = None) -> Any:
        return np.array([[0.9, 0.06, 0.04, 0.0] if "effects" in text else [0.1, 0.1, 0.6, 0.2] for text in texts])


SPELLING = Spelling(["side", "effects", "cost"], {"side", "effects", "cost"})


def read(text: str, personal: PersonalEvidence = NOTHING) -> Any:
    return read_as_meant(Model(), SPELLING, text, personal)


def test_what_is_asked_is_read_as_meant_and_danger_as_typed() -> None:
    whole = dict(read("side effcts").whole)
    assert (whole["safety/emergency"], whole[FOREIGN]) == (0.6, 0.2)
    assert whole["ask/side_effects"] == pytest.approx(0.2 * 0.9 / 0.96)
    assert sum(whole.values()) == pytest.approx(1)


def test_the_parts_of_a_message_are_read_so_too() -> None:
    found = read("Side effcts? Cost?", PersonalEvidence(["name"], "Side effcts?"))
    assert [dict(part)["safety/emergency"] for part in (*found.questions, found.beside)] == [0.6, 0.6, 0.6]
    assert dict(found.beside)["ask/side_effects"] > 0.18
    assert dict(found.questions[1]) == pytest.approx(dict(zip(Model.classes, [0.1, 0.1, 0.6, 0.2], strict=True)))


def test_what_is_spelt_right_is_read_once() -> None:
    assert read("side effects").whole[0] == ("ask/side_effects", 0.9)
