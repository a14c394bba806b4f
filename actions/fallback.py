"""Ask back when the message is not clear."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.pieces import PieceAction
from actions.study_action import note_personal_data, say
from actions.topics import answerable
from trialog.content.model import Study
from trialog.content.replies.study import LET_GO, not_understood, still_not_understood

# A topic below this share is not worth a button.
WORTH_OFFERING = 0.08

# After so many messages in a row that were not understood, it is left at that.
MOST_ASKED_BACK = 2


class ActionFallback(PieceAction):
    """Offers the likely topics as buttons ("did you mean"); where none is likely, the study's suggested ones."""

    def name(self) -> str:
        return "action_fallback"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if (answered := self.in_context(dispatcher, tracker)) is not None:
            return answered
        study, misses = self.study_of(tracker), int(tracker.get_slot("misses") or 0)
        if misses >= MOST_ASKED_BACK:
            say(dispatcher, LET_GO)
        elif misses:
            say(dispatcher, still_not_understood(self.library, study))
        else:
            say(dispatcher, not_understood(self.library, study, self._likely(tracker, study)))
        note_personal_data(dispatcher, tracker)
        return [SlotSet("misses", misses + 1)]

    def _likely(self, tracker: Tracker, study: Study) -> list[str]:
        """The topics that may be meant and can be answered, best first."""
        known = self.told_of(study)
        return [topic for topic in answerable(tracker, WORTH_OFFERING) if topic in known]
