"""What the net raises, what it takes back, and what it leaves alone."""

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import Library
from trialog.nlu.danger.signs import DangerFinder, SafetyNet
from trialog.nlu.prediction import set_prediction

CRISIS, EMERGENCY = "safety/crisis", "safety/emergency"


@pytest.fixture(scope="module")
def finder(library: Library) -> DangerFinder:
    return DangerFinder(library.danger)


def judged(finder: DangerFinder, text: str, ranking: list[tuple[str, float]]) -> dict[str, Any]:
    message = Message({"text": text})
    set_prediction(message, ranking, ranking[0][0])
    message.set("also_asked", ["ask/cost"])
    (message,) = SafetyNet(SafetyNet.get_default_config(), finder).process([message])
    return dict(message.data)


def topic(data: dict[str, Any]) -> str:
    return str(data["response_selector"]["default"]["response"]["intent_response_key"])


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("he can't breathe", EMERGENCY),
        ("temp 39.2 and he had chemo on Monday", EMERGENCY),
        ("fever 100.4", EMERGENCY),
        ("no fever, but she won't wake up", EMERGENCY),
        ("my son says he wants to die", CRISIS),
        ("A lorry ran over her foot", EMERGENCY),
        ("dad fell off a ladder and does not move", EMERGENCY),
        ("there is a fire in our flat", EMERGENCY),
        ("call somebody, please", EMERGENCY),
        ("my phone fell out of the window", None),
        ("who signs for him if I should be hit by a bus", None),
        ("I feel like I have been run over by a lorry", None),
        ("What if he gets a fever? Now he is having a seizure.", EMERGENCY),
        ("what if he gets a fever", None),
        ("temp 37.4", None),
        ("she had a seizure last year", None),
        ("is my son going to die", None),
        ("how does the drug work", None),
    ],
)
def test_danger_in_a_text(finder: DangerFinder, text: str, danger: str | None) -> None:
    assert finder.danger_in(text) == danger


def test_danger_that_the_classifier_missed_is_raised(finder: DangerFinder) -> None:
    data = judged(finder, "he can't breathe, what does it cost", [("ask/cost", 0.9), (EMERGENCY, 0.1)])
    assert (topic(data), data["intent"]["name"], data["also_asked"]) == (EMERGENCY, "safety", [])


def test_an_unsure_alarm_about_a_look_alike_is_taken_back(finder: DangerFinder) -> None:
    data = judged(finder, "what if he gets a fever", [(EMERGENCY, 0.6), ("ask/side_effects", 0.3), (CRISIS, 0.1)])
    assert (topic(data), data["intent"]["name"]) == ("ask/side_effects", "ask")
    assert data["intent"]["confidence"] == pytest.approx(1)


def test_with_nothing_likely_left_it_asks_back(finder: DangerFinder) -> None:
    rest = [(f"ask/{number}", 0.05) for number in range(8)]
    assert judged(finder, "what if he gets a fever", [(EMERGENCY, 0.6), *rest])["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "share"), [("what if he gets a fever", 0.99), ("he looks odd", 0.6), ("what if he gets a fever, please help me", 0.6)]
)
def test_an_alarm_stays(finder: DangerFinder, text: str, share: float) -> None:
    assert topic(judged(finder, text, [(EMERGENCY, share), ("ask/side_effects", 1 - share)])) == EMERGENCY


def test_a_message_without_prediction_is_left_alone(finder: DangerFinder) -> None:
    (message,) = SafetyNet(SafetyNet.get_default_config(), finder).process([Message({"text": "he can't breathe"})])
    assert message.get("intent") is None
