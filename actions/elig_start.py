"""Reply to someone who asks whether one child can take part."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import source_data, study_of


class ActionEligStart(Action):
    """Says who decides, and the published points of entry to go through with the doctor."""

    def name(self) -> str:
        return "action_elig_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        study = study_of(tracker)
        dispatcher.utter_message(
            response="utter_points",
            points="\n".join(f"• {criterion.says}" for criterion in study.criteria),
            json_message={"kind": "answer", "topic": "elig_start", "source": source_data(study.source(study.criteria[0].section))},
        )
        return [SlotSet("last_topic", "who_can_enter"), SlotSet("told_more", None)]
