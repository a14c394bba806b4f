"""Answer a follow-up ("more", "why?", "what about Japan?") in the context of the last answer."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import library, note_personal_data, ranked_topics, say, say_text, say_topic, study_of, topic_button, topic_of
from trialog.content.model import Answer, FollowUp, Study

# Below this share the best topic of "and what about ...?" is a guess.
LIKELY_ENOUGH = 0.15

MOST_BUTTONS = 3


class ActionFollowUp(Action):
    """Continues with the last answer: its further detail, its reason, or the part that the message names."""

    def name(self) -> str:
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return _continue(dispatcher, tracker, topic_of(tracker)) + note_personal_data(dispatcher, tracker)


def _continue(dispatcher: CollectingDispatcher, tracker: Tracker, kind: str | None) -> list[EventType]:
    if kind == "about":
        return _about(dispatcher, tracker)
    answer = _last_answer(tracker)
    if kind == "simpler":
        return say(dispatcher, "utter_simpler", buttons=_word_buttons(answer, study_of(tracker)))
    if tracker.get_slot("last_topic") is None:
        return say(dispatcher, "utter_nothing_before")
    return _more(dispatcher, tracker, answer) if kind == "more" else _why(dispatcher, tracker, answer)


def _last_answer(tracker: Tracker) -> Answer | None:
    return study_of(tracker).answers.get(tracker.get_slot("last_topic") or "")


def _more(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer | None) -> list[EventType]:
    if answer is None or answer.more is None or tracker.get_slot("told_more") == answer.topic:
        return say(dispatcher, "utter_nothing_more", json_message=_topic_data(tracker))
    say_text(dispatcher, study_of(tracker), answer, answer.more)
    return [SlotSet("told_more", answer.topic)]


def _why(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer | None) -> list[EventType]:
    if answer is None or answer.reason is None:
        return say(dispatcher, "utter_no_reason", json_message=_topic_data(tracker))
    return _follow(dispatcher, tracker, answer, answer.reason)


def _about(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    answer = _last_answer(tracker)
    text = str(tracker.latest_message.get("text", "")).lower()
    for follow_up in answer.follow_ups if answer else ():
        if any(re.search(rf"\b{re.escape(word)}\b", text) for word in follow_up.words):
            return _follow(dispatcher, tracker, answer, follow_up)
    topic, share = next(iter(ranked_topics(tracker, "ask")), (None, 0.0))
    return say_topic(dispatcher, tracker, topic) if topic and share >= LIKELY_ENOUGH else say(dispatcher, "utter_nothing_before")


def _follow(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer | None, follow_up: FollowUp) -> list[EventType]:
    if follow_up.topic == "elig_start":
        return say_topic(dispatcher, tracker, "who_can_enter")
    if follow_up.topic or answer is None:
        return say_topic(dispatcher, tracker, str(follow_up.topic))
    say_text(dispatcher, study_of(tracker), answer, str(follow_up.text))
    return []


def _topic_data(tracker: Tracker) -> dict[str, str]:
    return {"kind": "answer", "topic": tracker.get_slot("last_topic")}


def _word_buttons(answer: Answer | None, study: Study) -> list[dict[str, str]]:
    text = (answer.text or "").lower() if answer else ""
    used = [word for word in library().words(study).values() if any(spelling in text for spelling in word.spellings)]
    # The study's own words are the strange ones.
    used.sort(key=lambda word: word.id not in study.words)
    return [topic_button(word.topic, study) for word in used[:MOST_BUTTONS]]
