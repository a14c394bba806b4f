"""What the pipeline understood of the latest message, as topics."""

from __future__ import annotations

from rasa_sdk import Tracker

from trialog.content.model import WORD_PREFIX


def topic_of(tracker: Tracker) -> str | None:
    """The topic asked about: named by a button, else chosen by the classifier (``ask/study_goal`` -> ``study_goal``)."""
    named = next(tracker.get_latest_entity_values("topic"), None)
    return named or next(iter(ranked_topics(tracker)), (None, 0.0))[0]


def ranked_topics(tracker: Tracker, intent: str | None = None) -> list[tuple[str, float]]:
    """The classifier's topics with their probabilities, best first; only those of ``intent`` if given."""
    ranking = tracker.latest_message.get("response_selector", {}).get("default", {}).get("ranking", [])
    named = [(entry["intent_response_key"], float(entry["confidence"])) for entry in ranking]
    return [(key.partition("/")[2] or key, share) for key, share in named if intent is None or key.startswith(f"{intent}/")]


def also_asked(tracker: Tracker) -> str | None:
    """The topic of a second question in the same message, if there is one."""
    intent, _, topic = next(iter(tracker.latest_message.get("also_asked") or []), "").partition("/")
    return WORD_PREFIX + topic if intent == "term" else topic or None
