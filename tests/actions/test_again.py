"""What is said once more is said otherwise."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.again import said_otherwise

RESPONSES: dict[str, list[dict[str, Any]]] = {
    "utter_cost": [{"text": "{says}"}],
    "utter_answer": [{"text": "{answer}"}],
    "utter_smalltalk/thanks": [{"text": "You are welcome.", "custom": {"kind": "smalltalk", "topic": "thanks"}}],
    "utter_again_not_on_page_1": [{"text": "I know no more."}],
    "utter_again_not_on_page_2": [{"text": "Really not."}],
    "utter_again_smalltalk_1": [{"text": "I am here."}],
    "utter_again_emergency_1": [{"text": "Call."}],
}


def said(times: int, response: str, custom: dict[str, Any] | None = None, **slots: Any) -> list[dict[str, Any]]:
    """The messages of ``times`` turns that say the same."""
    messages = []
    for _ in range(times):
        dispatcher = CollectingDispatcher()
        dispatcher.utter_message(response=response, json_message=custom, says="It costs nothing.")
        tracker = Tracker("id", slots, {}, [], False, None, {}, "action_listen")
        for event in said_otherwise(dispatcher.messages, tracker, RESPONSES):
            slots[event["name"]] = event["value"]
        messages += dispatcher.messages
    return messages


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in messages]


def test_twice_in_its_own_words_then_in_those_of_its_kind() -> None:
    first, second = "utter_again_not_on_page_1", "utter_again_not_on_page_2"
    assert names(said(6, "utter_cost", {"kind": "not_on_page"})) == ["utter_cost"] * 2 + [first] * 2 + [second] * 2


def test_a_fixed_reply_keeps_its_kind_and_topic() -> None:
    *_, third = said(3, "utter_smalltalk/thanks")
    assert (third["response"], third["custom"]) == ("utter_again_smalltalk_1", {"kind": "smalltalk", "topic": "thanks"})


def test_danger_has_words_of_its_own() -> None:
    assert names(said(3, "utter_cost", {"kind": "safety", "topic": "emergency"}))[2] == "utter_again_emergency_1"


def test_another_value_is_another_reply_and_no_words_are_kept() -> None:
    messages: list[dict[str, Any]] = []
    kept: dict[str, int] = {}
    for text in ("One.", "Two.", "Three."):
        dispatcher = CollectingDispatcher()
        dispatcher.utter_message(response="utter_cost", json_message={"kind": "not_on_page"}, says=text)
        (event,) = said_otherwise(dispatcher.messages, Tracker("id", {"said": kept}, {}, [], False, None, {}, "x"), RESPONSES)
        kept = event["value"]
        messages += dispatcher.messages
    assert names(messages) == ["utter_cost"] * 3
    assert not any("One" in str(number) for number in kept)


def test_the_age_of_an_old_page_is_told_once() -> None:
    assert names(said(2, "utter_answer", {"kind": "answer"}, page_is_old=True)) == ["utter_answer_old_page", "utter_answer"]
    assert names(said(1, "utter_answer", {"kind": "answer"}, page_is_old=False)) == ["utter_answer"]
