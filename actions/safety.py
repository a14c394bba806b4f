"""Reply to danger, worry, personal questions and personal details."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import help_lines, note_personal_data, say, topic_of
from trialog.settings import Settings

# A note about personal data would be cold here.
_NO_NOTE = ("emergency", "crisis", "distress", "pii")


class ActionSafety(Action):
    """Says the reply of the safety topic, with the numbers of the conversation's country and the configured hospital."""

    def name(self) -> str:
        return "action_safety"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        topic, lines = topic_of(tracker), help_lines(tracker.get_slot("country"))
        line = Settings.from_environment().hospital_line
        say(
            dispatcher,
            f"utter_safety/{topic}",
            emergency=lines.emergency,
            crisis=lines.crisis,
            hospital=sentence(domain, "utter_hospital_line" if line else "utter_no_hospital_line", line=line),
            talk=sentence(domain, "utter_no_crisis_line" if lines.crisis == lines.emergency else "utter_crisis_line", **asdict(lines)),
        )
        return [] if topic in _NO_NOTE else note_personal_data(dispatcher, tracker)


def sentence(domain: dict[str, Any], response: str, **values: str) -> str:
    """The text of ``response`` with ``values`` in it, to stand inside another reply."""
    (variation,) = domain["responses"][response]
    return str(variation["text"]).format(**values)
