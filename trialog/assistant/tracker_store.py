"""What is stored of a conversation: intents, entities and slots, never the words a family typed (DESIGN 2.6).

The words are there while a message is answered; the tracker that is stored afterwards has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from trialog.assistant import isolation as turns
from trialog.assistant.conversations import Conversations
from trialog.assistant.events import events_of
from trialog.nlu.facts import ENTITY as FACT

# Turns that are stored whole; of the earlier ones only what they build on is left. No rule looks further back than one turn, and Rasa
# goes through all that is stored several times a message.
TURNS_KEPT = 3

# A value from a closed list: an id, a language, a number.
CODE = re.compile(r"[a-z0-9_:.-]{1,40}")

# What Rasa's rules and forms need of the past. Our own replies ("bot") are not among it.
_NEEDED = {
    "action",
    "action_execution_rejected",
    "active_loop",
    "followup",
    "loop_interrupted",
    "reset_slots",
    "restart",
    "rewind",
    "session_started",
    "slot",
    "undo",
    "user_featurization",
}

Event = dict[str, Any]


class WordlessStore(InMemoryTrackerStore):
    """Rasa's in-memory tracker store; it takes the words out of what it stores, and forgets a conversation that asks for it.

    ``endpoints.yml`` names it for ``rasa run`` and ``rasa shell``. An event broker gets nothing: it would get the words.
    """

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the conversation, or delete it if that is what its last turn was about."""
        dialogue = tracker.as_dialogue().as_dict()
        if asks_to_be_forgotten(dialogue["events"]):
            self.store.pop(tracker.sender_id, None)
            return
        dialogue["events"] = shortened(list(without_words(dialogue["events"])))
        self.keep(tracker.sender_id, json.dumps(dialogue))

    def deserialise_tracker(self, sender_id: str, serialised_tracker: str) -> DialogueStateTracker:
        """The conversation as it was saved."""
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, events_of(json.loads(serialised_tracker)["events"])))
        return tracker

    def keep(self, conversation: str, dialogue: str) -> None:
        """Store ``dialogue``, which has no words any more."""
        self.store[conversation] = dialogue


class ConversationStore(WordlessStore):
    """The wordless store over ``Conversations``, which know which conversation still lives."""

    def __init__(self, conversations: Conversations) -> None:
        super().__init__(Domain.empty())
        self._conversations = conversations
        self.store = conversations.stored

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the conversation, unless its turn was given up meanwhile."""
        if not turns.is_abandoned():
            await super().save(tracker)

    def keep(self, conversation: str, dialogue: str) -> None:
        """Store ``dialogue`` unless the conversation has ended meanwhile."""
        self._conversations.store(conversation, dialogue)


def asks_to_be_forgotten(events: list[Event]) -> bool:
    """True if a reply of the last turn is about deleting: ``"delete": true`` in its ``custom`` part."""
    last_turn = takewhile(lambda event: event["event"] != "user", reversed(events))
    customs = [(event["data"].get("custom") or {}) for event in last_turn if event["event"] == "bot"]
    return any(custom.get("delete") is True for custom in customs)


def without_words(events: list[Event]) -> Iterator[Event]:
    """The events that the dialogue needs later, with nothing in them that was typed."""
    typed = ""
    for event in events:
        if event["event"] == "user":
            typed = event["text"] or ""
            yield _wordless(event)
        elif event["event"] == "slot":
            yield {**event, "value": _unless_typed(event["value"], typed)}
        elif event["event"] in _NEEDED:
            yield event


def shortened(events: list[Event]) -> list[Event]:
    """The last turns, and before them only what they build on, so that a long conversation stays small."""
    turns_at = [place for place, event in enumerate(events) if event["event"] == "user"]
    if len(turns_at) <= TURNS_KEPT:
        return events
    begin = turns_at[-TURNS_KEPT]
    # Rasa replays events in order: of each kind the last one counts.
    state: dict[str, Event] = {}
    for event in events[:begin]:
        if event["event"] in ("restart", "reset_slots"):
            state.clear()
        for key in _builds_on(event):
            state.pop(key, None)
            state[key] = event
    # One message may have stated several facts.
    once = {id(event): event for event in state.values()}
    return [*once.values(), *events[begin:]]


def _builds_on(event: Event) -> list[str]:
    """The names of what later turns need of ``event``: a slot, the active form, the last action, facts that were stated."""
    kind = event["event"]
    if kind == "user":
        facts = [entity["value"] for entity in event["parse_data"]["entities"] if entity["entity"] == FACT and entity["value"]]
        return [f"fact {fact.rpartition(':')[0]}" for fact in facts]
    if kind == "slot":
        return [f"slot {event['name']}"]
    return [kind] if kind in ("active_loop", "session_started", "action") else []


def _wordless(event: Event) -> Event:
    parsed, typed = event["parse_data"], event["text"] or ""
    entities = [{**entity, "value": _unless_in(entity.get("value"), typed)} for entity in parsed.get("entities", [])]
    return {**event, "text": "", "parse_data": {"text": "", "intent": parsed["intent"], "entities": entities}}


def _unless_in(value: Any, typed: str) -> Any:
    """The value of an entity, unless it repeats words of the message; its type is all that rules look at later."""
    return None if str(value).casefold() in typed.casefold() else value


def _unless_typed(value: Any, typed: str) -> Any:
    """The value of a slot, unless it is the message itself and no code of ours."""
    if isinstance(value, dict):
        return {name: _unless_typed(part, typed) for name, part in value.items()}
    if isinstance(value, list):
        return [_unless_typed(part, typed) for part in value]
    is_message = isinstance(value, str) and typed and value.strip().casefold() == typed.casefold()
    return None if is_message and not CODE.fullmatch(value) else value
