"""Say that personal data is not needed, after a fixed reply that no action of ours says."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.study_action import StudyAction, note_personal_data


class ActionNotePersonalData(StudyAction):
    """Says the note if the message holds personal data; else nothing."""

    def name(self) -> str:
        return "action_note_personal_data"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        note_personal_data(dispatcher, tracker)
        return []
