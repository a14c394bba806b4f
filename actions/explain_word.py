"""Explain a word."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import library, say, say_word, study_of, topic_of


class ActionExplainWord(Action):
    """Explains the word named in the message; else the word that the classifier recognised behind a description."""

    def name(self) -> str:
        return "action_explain_word"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        words = library().words(study_of(tracker))
        described = topic_of(tracker)
        named = [word for word in tracker.get_latest_entity_values("word") if word in words]
        # "Is minimal residual disease the same as remission?" names two: the classifier knows which one is asked.
        chosen = described if described in named or not named else named[0]
        return say_word(dispatcher, words[chosen]) if chosen in words else say(dispatcher, "utter_unknown_word")
