"""Reply to danger, worry, personal questions and personal details."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import help_lines, note_personal_data, say, topic_of
from trialog.settings import Settings

# A note about personal data would be cold here.
_NO_NOTE = ("emergency", "crisis", "distress", "pii")


class ActionSafety(Action):
    """Says the reply of the safety topic, with the numbers of the configured country and hospital."""

    def name(self) -> str:
        return "action_safety"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        topic, lines = topic_of(tracker), help_lines()
        say(
            dispatcher,
            f"utter_safety/{topic}",
            emergency=lines.emergency,
            crisis=lines.crisis,
            crisis_name=lines.crisis_name,
            hospital=hospital_sentence(domain, Settings.from_environment().hospital_line),
        )
        return [] if topic in _NO_NOTE else note_personal_data(dispatcher, tracker)


def hospital_sentence(domain: dict[str, Any], line: str) -> str:
    """The sentence on the hospital's own number ``line``; on calling the hospital where none is set."""
    name = "utter_hospital_line" if line else "utter_no_hospital_line"
    (variation,) = domain["responses"][name]
    return str(variation["text"]).format(line=line)
