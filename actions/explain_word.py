"""Explain a word."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM
from actions.pieces import takes_up_offer
from actions.study_action import StudyAction, note_personal_data, remembered, say
from actions.topics import also_asked, ranked_topics
from trialog.content.replies.study import UNKNOWN_WORD, word

# From this share on the classifier is believed, even if it sees another word than the one that is named.
SURE = 0.5

# What stands between two words that are asked about together ("relapsed or refractory", "safety/efficacy").
_JOINED = re.compile(r"\s*(?:/|&|,|and|or|vs\.?|versus)\s*", re.IGNORECASE)


class ActionExplainWord(StudyAction):
    """Explains the word that is named or described, and a second one that is named together with it."""

    def name(self) -> str:
        return "action_explain_word"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if takes_up_offer(tracker):
            return [FollowupAction(FORM)]
        words = self.library.words(self.study_of(tracker))
        chosen, second = choose(tracker, set(words)), also_asked(tracker)
        events: list[EventType] = []
        for reply in [word(words[named]) for named in chosen] or [UNKNOWN_WORD]:
            say(dispatcher, reply)
            events += remembered(reply)
        if second and len(chosen) == 1:
            events += self.say_topic(dispatcher, tracker, second)
        note_personal_data(dispatcher, tracker)
        return events


def choose(tracker: Tracker, known: set[str]) -> list[str]:
    """The ids of the words to explain: none, one, or two that are named together."""
    entities = [entity for entity in tracker.latest_message.get("entities") or [] if entity["entity"] == "word"]
    named = [entity["value"] for entity in entities if entity["value"] in known]
    for first, second in pairwise(entities):
        between = str(tracker.latest_message.get("text", ""))[first.get("end", 0) : second.get("start", 0)]
        if _JOINED.fullmatch(between) and {first["value"], second["value"]} <= known and first["value"] != second["value"]:
            return [first["value"], second["value"]]
    shares = dict(ranked_topics(tracker, "term"))
    # A word that no training line is about can only be known by its name.
    new = [word for word in named if word not in shares]
    described = next(iter(shares), "")
    if new:
        return new[:1]
    if shares.get(described, 0) >= SURE or not named:
        return [described] if described in known else []
    return sorted(named, key=lambda word: -shares[word])[:1]
