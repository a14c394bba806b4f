"""Answer a question from the study page."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import also_asked, note_personal_data, say, say_topic, topic_of


class ActionAnswer(Action):
    """Says what the page says about the topic asked about, or that it says nothing."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        topic, second = topic_of(tracker), also_asked(tracker)
        events = say_topic(dispatcher, tracker, topic) if topic else say(dispatcher, "utter_fallback")
        events += say_topic(dispatcher, tracker, second) if second else []
        return events + note_personal_data(dispatcher, tracker)
