"""End the questionnaire: say the result point by point, or that it was stopped."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import questionnaire_of, was_told
from actions.study_action import StudyAction, say
from trialog.content.replies.interview import cancelled, result
from trialog.content.replies.talk import OF_RESULT
from trialog.eligibility.questionnaire import Stage


class ActionEligibilityEnd(StudyAction):
    """Says what the answers come to; never a decision, always the way to the doctor."""

    def name(self) -> str:
        return "action_eligibility_end"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        study, now = self.study_of(tracker), questionnaire_of(tracker)
        if now is None or now.stage != Stage.RESULT:
            say(dispatcher, cancelled(self.library, study))
            return []
        # Who only asks to change an answer knows the result.
        if was_told(tracker, "utter_which_answer"):
            return []
        reply = result(self.library, study, now.told(study, self.library.interview))
        say(dispatcher, reply)
        return [SlotSet("last_topic", OF_RESULT), SlotSet("told_more", None), SlotSet("outcome", reply.beside["outcome"])]
