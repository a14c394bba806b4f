"""Where topics are in doubt both opinions count; where they are not, and about danger, the first alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from trialog.nlu.evidence import FOREIGN
from trialog.nlu.topics.second_opinion import TwoOpinions

CLASSES = ["ask/cost", "ask/funding", "followup/more", "safety/crisis", FOREIGN]
ROWS = {
    "sure": [0.9, 0.1, 0.0, 0.0, 0.0],
    "in doubt": [0.4, 0.3, 0.1, 0.1, 0.1],
    "danger": [0.1, 0.1, 0.0, 0.7, 0.1],
}


class First:
    classes = CLASSES

    def probabilities(self, texts: Sequence[str], vectors: Any = None) -> Any:
        return np.array([ROWS[text] for text in texts])


class Second:
    """Is for funding, and afraid; knows nothing of what is asked into an answer, nor of languages."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def topics(self, text: str) -> list[tuple[str, float]]:
        self.asked.append(text)
        return [("ask/funding", 0.6), ("safety/crisis", 0.3), ("ask/cost", 0.1)]


def read(*texts: str) -> tuple[list[dict[str, float]], list[str]]:
    second = Second()
    rows = TwoOpinions(First(), second).probabilities(texts)  # type: ignore[arg-type]
    return [dict(zip(CLASSES, map(float, row), strict=True)) for row in rows], second.asked


def test_only_where_the_first_is_in_doubt_the_second_is_asked() -> None:
    (sure, doubted), asked = read("sure", "in doubt")
    assert asked == ["in doubt"]
    assert sure == dict(zip(CLASSES, ROWS["sure"], strict=True))
    assert max(doubted, key=lambda name: doubted[name]) == "ask/funding"


def test_what_both_know_is_shared_out_anew_and_all_else_stays() -> None:
    ((found,), _) = read("in doubt")
    assert [found[name] for name in CLASSES[2:]] == [0.1, 0.1, 0.1]
    assert found["ask/cost"] + found["ask/funding"] == pytest.approx(0.7)
    # Three to four by the first, six to one by the second, whose log odds count half.
    assert found["ask/funding"] / found["ask/cost"] == pytest.approx((0.75 * 6**0.5) ** (1 / 1.5))


def test_danger_is_left_to_the_first() -> None:
    ((found,), asked) = read("danger")
    assert (found["safety/crisis"], asked) == (0.7, [])
