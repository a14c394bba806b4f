"""Begin a conversation."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.study_action import StudyAction, say
from trialog.content.replies.study import welcome


class ActionSessionStart(StudyAction):
    """Welcomes the family and remembers which study the conversation is about, and for which country."""

    def name(self) -> str:
        return "action_session_start"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        opened_with = tracker.get_slot("session_started_metadata") or {}
        study = self.library.study_of(opened_with.get("trial", ""), tracker.get_slot("study") or "")
        country = self.library.country_of(str(opened_with.get("country", "")))
        lines, is_old = self.help_lines(country), study.is_stale(date.today())
        say(dispatcher, welcome(self.library, study, lines, is_old))
        return [
            SessionStarted(),
            SlotSet("study", study.id),
            SlotSet("page_is_old", is_old),
            SlotSet("country", country or None),
            SlotSet("emergency", lines.emergency),
            ActionExecuted("action_listen"),
        ]
