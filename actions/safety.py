"""Reply to danger, worry, personal questions and personal details."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import topic_of
from trialog.content.replies.safety import safety
from trialog.content.wording import Wording

# A note about personal data would be cold here.
_NO_NOTE = ("emergency", "crisis", "distress", "pii")


class ActionSafety(StudyAction):
    """Says the reply of the safety topic, with the numbers of the conversation's country and the configured hospital."""

    def name(self) -> str:
        return "action_safety"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        topic = topic_of(tracker)
        reply = safety(topic, self.help_lines(tracker.get_slot("country")), self.settings.hospital_line)
        say(dispatcher, Wording(domain["responses"]).settled(reply))
        if topic not in _NO_NOTE:
            note_personal_data(dispatcher, tracker)
        return []
