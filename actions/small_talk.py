"""Say a fixed reply: small talk, and what is not our subject."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.pieces import LIKELY, NOT_ASKED, PieceAction
from actions.study_action import note_personal_data, say
from actions.topics import share_of, topic_key
from trialog.content.replies.reply import Reply

# The topic of whoever was answered badly; answered something else, they are offered what they may have meant.
DISCONTENT = "smalltalk/feedback_bad"


class ActionSmallTalk(PieceAction):
    """Says the words that data/responses has for the topic; as an action, so that they are not said again and again."""

    def name(self) -> str:
        return "action_small_talk"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if (answered := self.in_context(dispatcher, tracker)) is not None:
            return answered
        if topic_key(tracker) == DISCONTENT and share_of(tracker, NOT_ASKED) >= LIKELY:
            return self.not_asked(dispatcher, tracker)
        say(dispatcher, Reply(f"utter_{topic_key(tracker)}"))
        note_personal_data(dispatcher, tracker)
        return []
