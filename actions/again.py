"""What is said once more is said otherwise: no reply comes word for word a third time, and the age of the page once."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

# A reply may be wanted once more, word for word; after that it is a loop.
MOST = 2

# Answers that say, where the page is old, that it is: the first of a conversation does (data/responses/answer.yml).
TELL_AGE = ("utter_answer", "utter_not_on_page")
AGE = "_old_page"

# What Rasa keeps of a message beside what fills its words.
_NO_VALUES = ("text", "buttons", "elements", "custom", "template", "response", "image", "attachment")

# Dangers have other words of their own, and so has what is said in sorrow.
_BY_TOPIC = ("emergency", "crisis")

Message = dict[str, Any]
Responses = Mapping[str, Sequence[Mapping[str, Any]]]


def said_otherwise(messages: list[Message], tracker: Tracker, responses: Responses) -> list[EventType]:
    """Change the responses of ``messages`` that were said ``MOST`` times; gives the event that counts what is said now."""
    said: dict[str, int] = dict(tracker.get_slot("said") or {})
    before = dict(said)
    for message in messages:
        if not message.get("response"):
            continue
        name = message["response"]
        chosen = min(_ways(message, responses), key=lambda way: said.get(_number(way, message), 0) // MOST)
        number = _number(chosen, message)
        said[number] = said.get(number, 0) + 1
        if chosen != name:
            message["custom"] = {**_custom(name, responses), **(message["custom"] or {})}
        elif name in TELL_AGE and tracker.get_slot("page_is_old") and AGE not in said:
            chosen, said[AGE] = name + AGE, 1
        message["response"] = message["template"] = chosen
    return [SlotSet("said", said)] if said != before else []


def _ways(message: Message, responses: Responses) -> Iterator[str]:
    """The responses that may say ``message``, the best first: its own, then those for whatever is of its kind."""
    name = message["response"]
    yield name
    about = {**_custom(name, responses), **(message["custom"] or {})}
    topic = about.get("topic")
    group = topic if topic in _BY_TOPIC else about.get("kind")
    for other in (f"{name}_again", *(f"utter_again_{group}_{number}" for number in (1, 2, 3))):
        if other in responses:
            yield other


def _custom(name: str, responses: Responses) -> dict[str, Any]:
    """What travels beside the text of a response whose words are fixed."""
    return dict(next((variation["custom"] for variation in responses.get(name, ()) if "custom" in variation), {}))


def _number(name: str, message: Message) -> str:
    """A number that stands for the words of ``message`` said by the response ``name``; none of the words is kept."""
    values = {key: str(value) for key, value in message.items() if key not in _NO_VALUES}
    return f"{zlib.crc32(json.dumps([name, values], sort_keys=True).encode()):08x}"
