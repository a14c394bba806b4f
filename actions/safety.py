"""Reply to danger, worry, personal questions and personal details."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import help_lines, say, topic_of


class ActionSafety(Action):
    """Says the reply of the safety topic, with the numbers of the configured country."""

    def name(self) -> str:
        return "action_safety"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        lines = help_lines()
        return say(
            dispatcher, f"utter_safety/{topic_of(tracker)}", emergency=lines.emergency, crisis=lines.crisis, crisis_name=lines.crisis_name
        )
