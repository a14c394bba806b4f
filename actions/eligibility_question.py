"""Ask the open question of the questionnaire, or show the answers for a last check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, person_of, questionnaire_of, was_danger, was_said
from actions.study_action import StudyAction, say
from trialog.content.criteria import WHO
from trialog.content.model import Study
from trialog.content.replies import interview as replies
from trialog.content.replies.reply import Reply
from trialog.eligibility.flow import QUIET
from trialog.eligibility.questionnaire import Questionnaire
from trialog.eligibility.verdicts import point_of


class AskAnswer(StudyAction):
    """Asks; what the message before it changed is said first."""

    def name(self) -> str:
        return f"action_ask_{FORM}_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        now = questionnaire_of(tracker)
        if now is None or tracker.get_slot("danger_lasts") or (now.paused and was_danger(tracker)):
            return []
        if now.paused and now.elsewhere >= QUIET and was_said(tracker):
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
        if understood := now.unsure.get(criterion.id):
            point = point_of(criterion, understood, self.library.interview)
            return replies.understood(self.library, study, point, understood, lead, progress)
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
        note = tracker.get_slot("questionnaire_note") or {}
        beside = replies.beside(self.library, study, note.get("beside", ()))
        return "\n\n".join(filter(None, [self._noted(study, now, note), beside]))

    def _noted(self, study: Study, now: Questionnaire, note: Mapping[str, Any]) -> str:
        if "note" in note:
            points = now.points(study, self.library.interview, note["criteria"])
            heard = [
                point_of(study.criteria[name], answer, self.library.interview)
                for name in note["criteria"]
                for answer in note.get("several", ())
            ]
            return replies.noted(self.library, note["note"], heard or points)
        again = now.points(study, self.library.interview, [now.reopened] if now.reopened else [])
        return replies.asked_again(self.library, again[0]) if again else ""
