"""What is counted of a conversation, for staff: which topic, how it was met, and where the questionnaire was left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialog.assistant.conversations import Conversation
from trialog.assistant.message import Message
from trialog.assistant.rasa_parts import Replies
from trialog.content.model import WORD_PREFIX, Library
from trialog.nlu.prediction import FALLBACK
from trialog.operation import metrics
from trialog.operation.counts import Asked, Begun, Counts, Step

# How sure the assistant was: at least this share.
_BANDS = (("sure", 0.8), ("likely", 0.5), ("unsure", 0.0))

REVIEW = "review"

# What may stand beside the answer: that it is in English, and that no personal data is needed.
_BESIDE = (None, "other_language", "pii")

# The intent of a message that names another study, which is understood and has a reply without a topic.
STUDIES = "studies"


class Counting:
    """Counts what happens in conversations; it keeps nothing of them but which question is open."""

    def __init__(self, counts: Counts, library: Library) -> None:
        self._counts, self._library = counts, library

    def began(self, live: Conversation) -> None:
        """A conversation was begun."""
        self._counts.add(Begun(self._study(live), live.about.get("channel", "")))

    def answered(self, live: Conversation, replies: Replies, messages: Sequence[Message]) -> None:
        """A message was answered by ``messages``."""
        heard, first, live.answered = replies.heard, not live.answered, True
        if not heard or not messages:
            return
        main = next((message for message in messages if message.topic not in _BESIDE), messages[0])
        asked_back = main.kind == "fallback" and main.topic is None and heard["intent"].get("name") != STUDIES
        kind = "switched_off" if replies.switched_off else "asked_back" if asked_back else main.kind
        context = "questionnaire" if live.step else "first" if first else "after"
        topic = main.topic or self._likeliest(heard)
        self._counts.add(Asked(self._study(live), topic, kind, context, _band(heard), _language(heard), live.about.get("channel", "")))
        self._follow(live, messages, "switched_off" if replies.switched_off else "stopped")

    def left(self, trial: str, step: str) -> None:
        """A conversation about the study ``trial`` has ended while the question ``step`` of its questionnaire was open."""
        self._counts.add(Step(self._library.study_of(trial).id, step, "left"))

    def replied(self, messages: Iterable[Message]) -> None:
        """The figures of the replies themselves."""
        for message in messages:
            metrics.REPLIES.labels(message.kind, self._group(message.topic)).inc()

    def _group(self, topic: str | None) -> str:
        """The group a topic is counted in: its kind in topics.yml."""
        known = self._library.topics.get(topic or "")
        return "word" if (topic or "").startswith(WORD_PREFIX) else known.kind if known else "none"

    def _follow(self, live: Conversation, messages: Sequence[Message], cancelled: str) -> None:
        for message in messages:
            if message.kind in ("result", "cancelled"):
                self._step(live, "finished" if message.kind == "result" else cancelled)
            elif message.kind in ("question", REVIEW):
                begins, live.step = not live.step, message.criterion or REVIEW
                if begins:
                    self._counts.add(Step(self._study(live), live.step, "begun"))

    def _step(self, live: Conversation, how: str) -> None:
        if live.step:
            self._counts.add(Step(self._study(live), live.step, how))
        live.step = ""

    def _likeliest(self, heard: Mapping[str, Any]) -> str:
        """The topic that a message is likeliest about, where its reply has none; "none" for a button."""
        for entry in heard.get("response_selector", {}).get("default", {}).get("ranking", []):
            intent, _, name = str(entry["intent_response_key"]).partition("/")
            if intent == "term" or name in self._library.topics:
                return f"{WORD_PREFIX}{name}" if intent == "term" else name
        return "none"

    def _study(self, live: Conversation) -> str:
        return self._library.study_of(live.about.get("trial", "")).id


def _band(heard: Mapping[str, Any]) -> str:
    if str(heard.get("text") or "").startswith("/"):
        return "button"
    share = float(heard["intent"].get("confidence") or 0.0)
    if heard["intent"].get("name") == FALLBACK:
        share = 1 - share
    return next(name for name, least in _BANDS if share >= least)


def _language(heard: Mapping[str, Any]) -> str:
    return next((str(entity["value"]) for entity in heard.get("entities") or () if entity["entity"] == "language"), "en")
