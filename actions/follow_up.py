"""Answer a follow-up ("more", "why?", "what about Japan?") in the context of the last answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.explain_word import choose
from actions.pieces import PieceAction, named_follow_up
from actions.study_action import note_personal_data, say
from actions.topics import ranked_topics, topic_of
from trialog.content.model import WORD_PREFIX, Answer
from trialog.content.replies import study as replies
from trialog.content.replies.talk import easier, no_piece

# Below this share the best topic of "and what about ...?" is a guess.
LIKELY_ENOUGH = 0.15


class ActionFollowUp(PieceAction):
    """Continues with the last answer: its further detail, its reason, or the part that the message names."""

    def name(self) -> str:
        return "action_follow_up"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        events = self.in_context(dispatcher, tracker)
        if events is None:
            events = self._continue(dispatcher, tracker, topic_of(tracker))
        note_personal_data(dispatcher, tracker)
        return events

    def _continue(self, dispatcher: CollectingDispatcher, tracker: Tracker, kind: str | None) -> list[EventType]:
        last = tracker.get_slot("last_topic")
        answer = self.study_of(tracker).answers.get(last or "")
        if kind == "about":
            return self._about(dispatcher, tracker, answer)
        if kind == "simpler":
            say(dispatcher, easier(self.library, self.study_of(tracker), last or ""))
        elif last is None:
            say(dispatcher, replies.NOTHING_BEFORE)
        elif kind == "more":
            return self._more(dispatcher, tracker, answer)
        elif answer and answer.reason:
            return self.follow(dispatcher, tracker, answer, answer.reason)
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
        text, study = str(tracker.latest_message.get("text", "")), self.study_of(tracker)
        likely = {topic: share for topic, share in ranked_topics(tracker, "ask") if topic in study.answers}
        # The last answer first, then those that the message is likely about: "and Japan?" after a question about hospitals.
        for asked in filter(None, (answer, *(study.answers[topic] for topic in likely), *study.answers.values())):
            if follow_up := named_follow_up(asked, text):
                return self.follow(dispatcher, tracker, asked, follow_up)
        if named := choose(tracker, set(self.library.words(study))):
            # "And relapsed?" after another word was explained.
            return self.say_topic(dispatcher, tracker, WORD_PREFIX + named[0])
        topic, share = next(iter(likely.items()), ("", 0.0))
        if topic and share >= LIKELY_ENOUGH:
            return self.say_topic(dispatcher, tracker, topic)
        say(dispatcher, no_piece(study, answer) if answer else replies.NOTHING_BEFORE)
        return []
