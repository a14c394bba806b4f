"""Whether the questionnaire begins or is offered, and what takes up an offer."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM
from actions.eligibility_offer import ActionOfferQuestionnaire
from actions.explain_word import ActionExplainWord
from actions.small_talk import ActionSmallTalk
from actions.study_action import StudyAction
from tests.conftest import ROOT
from trialog.content.deployment import Deployment
from trialog.content.load import load_library
from trialog.nlu.evidence import TALK
from trialog.settings import Settings

LIBRARY = load_library(ROOT / "content")
AGE = {"entity": "fact", "value": "itcc-059:age:72-83"}

Said = tuple[list[str], list[str]]


def tracker(text: str, topic: str, share: float, act: tuple[str, float] = ("else", 1.0), facts: int = 0, **slots: Any) -> Tracker:
    message = {
        "text": text,
        "intent": {"name": topic.partition("/")[0]},
        "entities": [AGE] * facts,
        "response_selector": {"default": {"ranking": [{"intent_response_key": topic, "confidence": share}]}},
        "acts": {TALK: [act]},
    }
    return Tracker("id", slots, message, [], False, None, {}, "action_listen")


def told(action: type[StudyAction], tracked: Tracker) -> Said:
    """The responses said, and the actions that follow."""
    dispatcher = CollectingDispatcher()
    events = action(Deployment(Settings(), LIBRARY)).run(dispatcher, tracked, {"responses": {}})
    return [message["response"] for message in dispatcher.messages], [event["name"] for event in events if event["event"] == "followup"]


BEGINS: Said = ([], [FORM])
OFFERS: Said = (["utter_offer"], [])


@pytest.mark.parametrize(
    ("tracked", "expected"),
    [
        (tracker("can she join", "elig_start", 0.9), BEGINS),
        (tracker("please go through the points", "elig_start", 0.6, act=("begin", 0.7)), BEGINS),
        (tracker("please go through the points", "elig_start", 0.6, act=("begin", 0.3)), OFFERS),
        (tracker("my son is six and ill", "elig_start", 0.9, facts=1), OFFERS),
        # Few words that hardly speak of taking part are only told.
        (tracker("she had soup", "elig_start", 0.3), (["utter_talk_told"], [])),
        (tracker("she is six", "elig_start", 0.3, facts=1), OFFERS),
        (tracker("can she join", "elig_start", 0.9, typing="sibling"), (["utter_offer_sibling"], [])),
        (tracker("can she join", "elig_start", 0.9, typing="sibling", offered=True), BEGINS),
        (tracker("can I join", "elig_start", 0.9, typing="child"), (["utter_not_for_children"], [])),
    ],
)
def test_it_begins_where_it_is_asked_for_in_words(tracked: Tracker, expected: Said) -> None:
    assert told(ActionOfferQuestionnaire, tracked) == expected


@pytest.mark.parametrize("action", [ActionSmallTalk, ActionExplainWord])
def test_what_is_told_to_an_offer_takes_it_up(action: type[StudyAction]) -> None:
    told_age = ("she is six", "smalltalk/greet", 0.5)
    assert told(action, tracker(*told_age, facts=1, offered=True)) == BEGINS
    assert told(action, tracker(*told_age, facts=1)) != BEGINS
    assert told(action, tracker("is six too young?", *told_age[1:], facts=1, offered=True)) != BEGINS
