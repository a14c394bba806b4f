"""Begin a conversation."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import help_lines, library, study_of, topic_button


class ActionSessionStart(Action):
    """Welcomes the family and remembers which study the conversation is about, and for which country."""

    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        metadata = tracker.get_slot("session_started_metadata") or {}
        study = library().studies.get(metadata.get("trial", "")) or study_of(tracker)
        country = library().country_of(str(metadata.get("country", "")))
        emergency = help_lines(country).emergency
        is_old = study.is_stale(date.today())
        # The slot is set by the events below, so the welcome says the page's age by its own response.
        dispatcher.utter_message(
            response="utter_welcome_old_page" if is_old else "utter_welcome",
            study=study.title,
            emergency=emergency,
            buttons=[topic_button(topic, study) for topic in study.suggested],
        )
        return [
            SessionStarted(),
            SlotSet("study", study.id),
            SlotSet("page_is_old", is_old),
            SlotSet("country", country or None),
            SlotSet("emergency", emergency),
            ActionExecuted("action_listen"),
        ]
