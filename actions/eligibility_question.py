"""Ask the open question of the questionnaire, or show the answers for a last check."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, person_of, questionnaire_of
from actions.study_action import StudyAction, say
from trialog.content.criteria import WHO
from trialog.content.model import Study
from trialog.content.replies import interview as replies
from trialog.content.replies.reply import Reply
from trialog.eligibility.questionnaire import Questionnaire


class AskAnswer(StudyAction):
    """Asks; what the message before it changed is said first."""

    def name(self) -> str:
        return f"action_ask_{FORM}_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        now = questionnaire_of(tracker)
        if now is None:
            return []
        say(dispatcher, self._reply(tracker, self.study_of(tracker), now))
        return [SlotSet("questionnaire_note", None)]

    def _reply(self, tracker: Tracker, study: Study, now: Questionnaire) -> Reply:
        question, progress, lead = now.open_question(study), now.progress(study), self._lead(tracker, study, now)
        criterion = study.criteria.get(question or "")
        if now.paused:
            return replies.wait(self.library, study, criterion, progress)
        if question == WHO:
            return replies.ask_who(self.library, study, lead, progress)
        if criterion is None:
            return replies.review(self.library, study, now.points(study, self.library.interview), lead)
        stands = replies.Open(
            person=person_of(now, self.library),
            progress=progress,
            lead=lead,
            hint=now.is_doubtful(criterion.id),
            again=now.reopened is not None,
            can_go_back=bool(now.answers),
        )
        return replies.question(self.library, study, criterion, stands)

    def _lead(self, tracker: Tracker, study: Study, now: Questionnaire) -> str:
        """What the question begins with: what was noted or changed, or that the reply could not be read."""
        if note := tracker.get_slot("questionnaire_note"):
            return replies.noted(self.library, note["note"], now.points(study, self.library.interview, note["criteria"]))
        again = now.points(study, self.library.interview, [now.reopened] if now.reopened else [])
        return replies.asked_again(self.library, again[0]) if again else ""
