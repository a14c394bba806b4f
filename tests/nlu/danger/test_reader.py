"""How the two opinions on danger are weighed, and what the reader then decides."""

import math
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message

from trialog.nlu.danger.reader import DangerReader, with_opinion
from trialog.nlu.prediction import set_prediction

CRISIS, EMERGENCY, COST = "safety/crisis", "safety/emergency", "ask/cost"


class Opinion:
    """Says the same of every text."""

    def __init__(self, emergency: float, crisis: float = 0.0) -> None:
        self._row = [1 - emergency - crisis, emergency, crisis]

    def shares(self, texts: list[str]) -> Any:
        return np.array([self._row for _ in texts])


def read(ranking: list[tuple[str, float]], opinion: Opinion) -> dict[str, Any]:
    message = Message({"text": "whatever it says"})
    set_prediction(message, ranking, ranking[0][0])
    message.set("also_asked", ["ask/rights"])
    (message,) = DangerReader({"threshold": 0.25, "danger_threshold": 0.3}, opinion).process([message])  # type: ignore[arg-type]
    return dict(message.data)


def topic(data: dict[str, Any]) -> str:
    return str(data["response_selector"]["default"]["response"]["intent_response_key"])


def odds(share: float) -> float:
    return share / (1 - share)


def test_the_odds_of_danger_are_the_geometric_mean_of_both() -> None:
    weighed = dict(with_opinion([(COST, 0.8), (EMERGENCY, 0.2)], {EMERGENCY: 0.9, CRISIS: 0.05}))
    assert odds(weighed[EMERGENCY]) == pytest.approx(math.sqrt(odds(0.2) * odds(0.95)))
    assert sum(weighed.values()) == pytest.approx(1)


def test_two_that_agree_change_nothing() -> None:
    ranking = [(COST, 0.5), ("ask/rights", 0.3), (EMERGENCY, 0.15), (CRISIS, 0.05)]
    assert dict(with_opinion(ranking, {EMERGENCY: 0.15, CRISIS: 0.05})) == pytest.approx(dict(ranking))


def test_the_kind_of_danger_is_the_one_both_think_likelier() -> None:
    weighed = dict(with_opinion([(EMERGENCY, 0.5), (CRISIS, 0.3), (COST, 0.2)], {EMERGENCY: 0.1, CRISIS: 0.8}))
    assert weighed[CRISIS] > weighed[EMERGENCY]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_nothing_or_all_can_be_outweighed(share: float) -> None:
    weighed = dict(with_opinion([(COST, 1 - share), (EMERGENCY, share)], {EMERGENCY: 0.5, CRISIS: 0.0}))
    assert 0 < weighed[EMERGENCY] < 1
    assert all(math.isfinite(value) for value in weighed.values())


def test_danger_that_only_the_model_sees_is_answered_alone() -> None:
    data = read([(COST, 0.9), (EMERGENCY, 0.05), (CRISIS, 0.05)], Opinion(0.98))
    assert (topic(data), data["intent"]["name"], data["also_asked"]) == (EMERGENCY, "safety", [])


def test_an_alarm_the_model_sees_no_danger_in_becomes_the_next_topic() -> None:
    data = read([(EMERGENCY, 0.6), (COST, 0.4)], Opinion(0.01))
    assert (topic(data), data["also_asked"]) == (COST, ["ask/rights"])


def test_danger_beside_personal_data_is_seen() -> None:
    data = read([("safety/pii", 1.0), (COST, 0.0), (EMERGENCY, 0.0), (CRISIS, 0.0)], Opinion(0.999))
    assert topic(data) == EMERGENCY


def test_harmless_personal_data_stays_personal_data() -> None:
    data = read([("safety/pii", 1.0), (COST, 0.0), (EMERGENCY, 0.0), (CRISIS, 0.0)], Opinion(0.01))
    assert topic(data) == "safety/pii"
