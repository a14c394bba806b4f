"""Talk about which studies there are, and go over to another one."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import topic_of
from trialog.content.model import Study
from trialog.content.replies import studies as replies

# All that a conversation holds about one study: nothing of it is true of another.
_ABOUT_ONE_STUDY = ("last_topic", "told_more", "asked", "outcome", "requested_slot", "questionnaire", "questionnaire_note")


class ActionStudies(StudyAction):
    """Offers the other study that was named, says that two are not weighed against each other, or tells which there are."""

    def name(self) -> str:
        return "action_studies"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        here = self.study_of(tracker)
        others = self._named(tracker, here)
        if not others:
            say(dispatcher, replies.known(self.library, here))
        elif topic_of(tracker) == "compared" or len(others) > 1:
            say(dispatcher, replies.not_weighed(self.library, here, others))
        else:
            say(dispatcher, replies.another(self.library, here, others[0]))
        note_personal_data(dispatcher, tracker)
        return []

    def _named(self, tracker: Tracker, here: Study) -> list[Study]:
        named = [self.library.studies.get(study) for study in tracker.get_latest_entity_values("study")]
        return [study for study in named if study and study.id != here.id]


class ActionSwitchStudy(StudyAction):
    """Goes over to the study that was chosen, and says so; the questionnaire and the last answer stay behind."""

    def name(self) -> str:
        return "action_switch_study"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        here, chosen = self.study_of(tracker), next(tracker.get_latest_entity_values("study"), "")
        study = self.library.study_of(chosen, here.id)
        say(dispatcher, replies.switched(self.library, study, here, study.is_stale(date.today())))
        if study.id == here.id:
            return []
        return [
            ActiveLoop(None),
            SlotSet("study", study.id),
            SlotSet("page_is_old", study.is_stale(date.today())),
            *(SlotSet(name, None) for name in _ABOUT_ONE_STUDY),
        ]
