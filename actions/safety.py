"""Reply to danger, worry, personal questions and personal details."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.alarm import Alarm
from actions.places import Places
from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import ranked, topic_of
from trialog.content.deployment import Deployment
from trialog.content.model import DANGER
from trialog.content.replies.safety import safety
from trialog.content.wording import Wording
from trialog.nlu.decider import FEW_WORDS, Reason

# A note about personal data would be cold here.
_NO_NOTE = ("emergency", "crisis", "distress", "pii")

# From this share on the opinions make no doubtful alarm.
SURELY = 0.95

# The signs of something swallowed or given that harms later, too (content/general/danger.yml).
TAKEN = "dose"

# Topics with which danger begins.
ALARMING = ("emergency", "crisis")


class ActionSafety(StudyAction):
    """Says the reply of the safety topic, with the numbers of the conversation's country and the configured hospital."""

    def __init__(self, deployment: Deployment | None = None) -> None:
        super().__init__(deployment)
        self._places = Places(self.library)

    def name(self) -> str:
        return "action_safety"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        topic, country = topic_of(tracker), None
        if topic in ALARMING:
            country = self._places.country_in(tracker)
        reply = safety(topic, self.help_lines(country or tracker.get_slot("country")), self.settings.hospital_line)
        say(dispatcher, Wording(domain["responses"]).settled(reply))
        if topic not in _NO_NOTE:
            note_personal_data(dispatcher, tracker)
        if topic not in ALARMING:
            return []
        sign = (tracker.latest_message.get("decided_by") or {}).get("sign")
        alarm = Alarm(topic, doubtful=_is_doubtful(tracker), taken=topic == "emergency" and sign == TAKEN)
        return [*self.moved_to(country), SlotSet("danger", alarm.to_json()), SlotSet("danger_lasts", True)]


def _is_doubtful(tracker: Tracker) -> bool:
    """True where the opinions are not sure of danger, or a word or two is all they know; a sign that outweighs them is, and a button."""
    decided, words = tracker.latest_message.get("decided_by") or {}, len(str(tracker.latest_message.get("text") or "").split())
    sure = words > FEW_WORDS and sum(share for name, share in ranked(tracker) if name in DANGER) >= SURELY
    return decided.get("rule") == Reason.OPINION and not sure
