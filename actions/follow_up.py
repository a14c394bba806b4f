"""Answer a follow-up ("more", "why?", "what about Japan?") in the context of the last answer."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import ranked_topics, topic_of
from trialog.content.model import Answer, FollowUp
from trialog.content.replies import study as replies
from trialog.language.manner import PLAIN
from trialog.language.phrases import PhraseMatcher

# Below this share the best topic of "and what about ...?" is a guess.
LIKELY_ENOUGH = 0.15


class ActionFollowUp(StudyAction):
    """Continues with the last answer: its further detail, its reason, or the part that the message names."""

    def name(self) -> str:
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        events = self._continue(dispatcher, tracker, topic_of(tracker))
        note_personal_data(dispatcher, tracker)
        return events

    def _continue(self, dispatcher: CollectingDispatcher, tracker: Tracker, kind: str | None) -> list[EventType]:
        last = tracker.get_slot("last_topic")
        answer = self.study_of(tracker).answers.get(last or "")
        if kind == "about":
            return self._about(dispatcher, tracker, answer)
        if kind == "simpler":
            say(dispatcher, replies.simpler(self.library, self.study_of(tracker), answer))
        elif last is None:
            say(dispatcher, replies.NOTHING_BEFORE)
        elif kind == "more":
            return self._more(dispatcher, tracker, answer)
        elif answer and answer.reason:
            return self._follow(dispatcher, tracker, answer, answer.reason)
        else:
            say(dispatcher, replies.no_reason(last))
        return []

    def _more(self, dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer | None) -> list[EventType]:
        if answer is None or answer.more is None or tracker.get_slot("told_more") == answer.topic:
            say(dispatcher, replies.nothing_more(tracker.get_slot("last_topic")))
            return []
        say(dispatcher, replies.part(self.study_of(tracker), answer, answer.more))
        return [SlotSet("told_more", answer.topic)]

    def _about(self, dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer | None) -> list[EventType]:
        text = str(tracker.latest_message.get("text", ""))
        for follow_up in answer.follow_ups if answer else ():
            if answer and _words_of(follow_up).stand_in(text):
                return self._follow(dispatcher, tracker, answer, follow_up)
        topic, share = next(iter(ranked_topics(tracker, "ask")), (None, 0.0))
        if topic and share >= LIKELY_ENOUGH:
            return self.say_topic(dispatcher, tracker, topic)
        say(dispatcher, replies.NOTHING_BEFORE)
        return []

    def _follow(self, dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer, follow_up: FollowUp) -> list[EventType]:
        if follow_up.topic:
            # A follow-up asks; it does not begin the questionnaire.
            return self.say_topic(dispatcher, tracker, "who_can_enter" if follow_up.topic == "elig_start" else follow_up.topic)
        say(dispatcher, replies.part(self.study_of(tracker), answer, str(follow_up.text)))
        return []


@cache
def _words_of(follow_up: FollowUp) -> PhraseMatcher:
    return PhraseMatcher({"words": follow_up.words}, PLAIN)
