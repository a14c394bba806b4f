"""Answer a question from the study page."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.pieces import PieceAction
from actions.study_action import note_personal_data, say
from actions.topics import language_of, topic_of
from trialog.content.replies.study import IN_ENGLISH, NOT_UNDERSTOOD


class ActionAnswer(PieceAction):
    """Says what the page says about the topic asked about, or that it says nothing."""

    def name(self) -> str:
        return "action_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if (answered := self.in_context(dispatcher, tracker)) is not None:
            return answered
        events: list[EventType] = []
        if language_of(tracker):
            say(dispatcher, IN_ENGLISH)
        topic = topic_of(tracker)
        if topic == "ask_doctor" and (questions := self.questions_to_take(tracker)):
            say(dispatcher, questions)
        elif topic:
            events += self.say_topic(dispatcher, tracker, topic)
        else:
            say(dispatcher, NOT_UNDERSTOOD)
        events += self.say_also_asked(dispatcher, tracker, topic)
        note_personal_data(dispatcher, tracker)
        return events
