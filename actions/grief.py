"""After bad news: what is not understood is heard as told, until the family asks about the study again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

SLOT = "grieves"

BAD_NEWS, TOLD = "utter_talk_bad_news", "utter_talk_told"

# What is said where nothing was understood, or nothing of ours; to somebody who grieves it is cold.
_NOT_UNDERSTOOD = (
    *("utter_fallback", "utter_did_you_mean", "utter_still_not_understood", "utter_let_go"),
    *("utter_out_of_scope/oos_general", "utter_out_of_scope/gibberish"),
)

# Kinds of reply that answer something about the study.
_ANSWERS = ("answer", "not_on_page")

Message = dict[str, Any]


def heard_in_grief(messages: list[Message], tracker: Tracker) -> list[EventType]:
    """Change what of ``messages`` would be cold to somebody who has told bad news; gives the event that keeps whether they have."""
    grieves = bool(tracker.get_slot(SLOT))
    for message in messages:
        if grieves and message.get("response") in _NOT_UNDERSTOOD:
            message.update({"response": TOLD, "template": TOLD, "buttons": [], "custom": {}})
    tells = any(message.get("response") == BAD_NEWS for message in messages)
    asks = any((message.get("custom") or {}).get("kind") in _ANSWERS for message in messages)
    if tells == grieves or not (tells or asks):
        return []
    return [SlotSet(SLOT, tells or None)]
