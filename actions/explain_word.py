"""Explain a word."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM
from actions.pieces import PieceAction, named_follow_up, takes_up_offer
from actions.study_action import as_asked, note_personal_data, remembered, say
from actions.topics import ranked_topics, typed
from trialog.content.model import WORD_PREFIX
from trialog.content.replies.study import UNKNOWN_WORD, word

# From this share on the classifier is believed, even if it sees another word than the one that is named.
SURE = 0.5

# Below this share a word that the last answer has more to say on is asked about in its light.
SURELY_A_WORD = 0.9

# What stands between two words that are asked about together ("relapsed or refractory", "safety/efficacy").
_JOINED = re.compile(r"\s*(?:/|&|,|and|or|vs\.?|versus)\s*", re.IGNORECASE)


class ActionExplainWord(PieceAction):
    """Explains the word that is named or described, and a second one that is named together with it."""

    def name(self) -> str:
        return "action_explain_word"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if takes_up_offer(tracker):
            return [FollowupAction(FORM)]
        if (asked_on := self._asked_on(dispatcher, tracker)) is not None:
            return asked_on
        words = self.library.words(self.study_of(tracker))
        chosen = choose(tracker, set(words))
        events: list[EventType] = []
        for reply in [word(words[named]) for named in chosen] or [UNKNOWN_WORD]:
            say(dispatcher, reply)
            events += remembered(reply)
        if chosen:
            events += as_asked(tracker, *(words[named].topic for named in chosen))
        if len(chosen) == 1:
            events += self.say_also_asked(dispatcher, tracker, words[chosen[0]].topic)
        note_personal_data(dispatcher, tracker)
        return events

    def _asked_on(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """Says what the last answer holds on the word, where its meaning is not surely what is asked: "MRD negativity rate?"."""
        answer = self.last_answer(tracker)
        if answer is None or next((share for _, share in ranked_topics(tracker, "term")), 0.0) >= SURELY_A_WORD:
            return None
        follow_up = named_follow_up(answer, typed(tracker))
        if follow_up is None or (follow_up.topic or "").startswith(WORD_PREFIX):
            return None
        return self.follow(dispatcher, tracker, answer, follow_up)


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
