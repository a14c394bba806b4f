"""What the pipeline understood of the latest message, as topics."""

from __future__ import annotations

from rasa_sdk import Tracker

from trialog.content.model import WORD_PREFIX
from trialog.nlu.evidence import TALK


def typed(tracker: Tracker) -> str:
    """What was typed; nothing for a button."""
    text = str(tracker.latest_message.get("text") or "")
    return "" if text.startswith("/") else text


def topic_of(tracker: Tracker) -> str | None:
    """The topic asked about: named by a button, else chosen by the classifier (``ask/study_goal`` -> ``study_goal``)."""
    named = next(tracker.get_latest_entity_values("topic"), None)
    return named or next(iter(ranked_topics(tracker)), (None, 0.0))[0]


def topic_key(tracker: Tracker) -> str:
    """What the message was decided to be, as the classifier calls it ("ask/cost"); the bare intent where that has no topics."""
    intent = str(tracker.latest_message.get("intent", {}).get("name") or "")
    first = next(iter(ranked(tracker)), ("", 0.0))[0]
    return first if first.partition("/")[0] == intent else intent


def ranked(tracker: Tracker) -> list[tuple[str, float]]:
    """The classifier's topics by their whole names with their probabilities, best first."""
    ranking = tracker.latest_message.get("response_selector", {}).get("default", {}).get("ranking", [])
    return [(entry["intent_response_key"], float(entry["confidence"])) for entry in ranking]


def acts_of(tracker: Tracker, moment: str) -> list[tuple[str, float]]:
    """What the message may do at ``moment``, with probabilities, best first; nothing for a button."""
    return [(name, share) for name, share in (tracker.latest_message.get("acts") or {}).get(moment, [])]


def share_of(tracker: Tracker, act: str, moment: str = TALK) -> float:
    """How likely the message does ``act`` at ``moment``."""
    return dict(acts_of(tracker, moment)).get(act, 0.0)


def share_of_topic(tracker: Tracker, topic: str) -> float:
    """How likely the message is about ``topic``."""
    return dict(ranked(tracker)).get(topic, 0.0)


def confidence(tracker: Tracker) -> float:
    """How sure it is what the message was taken for."""
    return float(tracker.latest_message["intent"].get("confidence") or 0.0)


def steps_of(tracker: Tracker) -> list[tuple[str, float]]:
    """What each part of the message does while danger lasts, with probabilities; nothing where it has one part."""
    return [(name, share) for name, share in (tracker.latest_message.get("acts") or {}).get("steps", [])]


def ranked_topics(tracker: Tracker, intent: str | None = None) -> list[tuple[str, float]]:
    """The classifier's topics with their probabilities, best first; only those of ``intent`` if given."""
    return [(key.partition("/")[2] or key, share) for key, share in ranked(tracker) if intent is None or key.startswith(f"{intent}/")]


def language_of(tracker: Tracker) -> str | None:
    """The language of the latest message, if it is another than English."""
    return next((code for code in tracker.get_latest_entity_values("language") if code != "en"), None)


def answerable(tracker: Tracker, least: float = 0.0) -> dict[str, float]:
    """The topics and words that the message may ask about, with their shares of at least ``least``, best first."""
    named = (("ask", ""), ("term", WORD_PREFIX))
    shares = {prefix + topic: share for intent, prefix in named for topic, share in ranked_topics(tracker, intent) if share >= least}
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def also_asked(tracker: Tracker) -> list[str]:
    """The topics of further questions in the same message, in their order."""
    keys = (key.partition("/") for key in tracker.latest_message.get("also_asked") or [])
    return [WORD_PREFIX + topic if intent == "term" else topic or intent for intent, _, topic in keys]
