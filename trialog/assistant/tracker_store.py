"""What is stored of a conversation: intents, entities and slots, never the words a family typed (DESIGN 2.6).

The words are there while a message is answered; the tracker that is stored afterwards has none.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from contextvars import ContextVar
from itertools import takewhile
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, get_trackers_for_conversation_sessions

from trialog.assistant import isolation as turns
from trialog.assistant.conversations import Conversation
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
        events = tracker.as_dialogue().as_dict()["events"]
        if asks_to_be_forgotten(events):
            self.store.pop(tracker.sender_id, None)
            return
        # Without the conversation's id: whoever has that can read it.
        self.keep(tracker.sender_id, json.dumps({"events": shortened(list(without_words(events)))}))

    def deserialise_tracker(self, sender_id: str, serialised_tracker: str) -> DialogueStateTracker:
        """The conversation as it was saved."""
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, events_of(json.loads(serialised_tracker)["events"])))
        return tracker

    def keep(self, conversation: str, dialogue: str) -> None:
        """Store ``dialogue``, which has no words any more."""
        self.store[conversation] = dialogue


# The conversation whose tracker is read or stored in this context: one turn has one.
_at_hand: ContextVar[Conversation] = ContextVar("conversation")


@contextlib.contextmanager
def at_hand(conversation: Conversation) -> Iterator[None]:
    """Inside, the tracker is that of ``conversation``."""
    token = _at_hand.set(conversation)
    try:
        yield
    finally:
        _at_hand.reset(token)


class ConversationStore(WordlessStore):
    """The wordless store of the conversation at hand. Where that is kept between its turns is a matter of ``Conversations``."""

    def __init__(self) -> None:
        super().__init__(Domain.empty())

    async def _retrieve(self, sender_id: str, fetch_all_sessions: bool) -> DialogueStateTracker | None:
        dialogue = _at_hand.get().dialogue
        if not dialogue:
            return None
        tracker = self.deserialise_tracker(sender_id, dialogue)
        sessions = [] if fetch_all_sessions else get_trackers_for_conversation_sessions(tracker)
        return sessions[-1] if len(sessions) > 1 else tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the conversation, unless its turn was given up meanwhile."""
        if not turns.is_abandoned():
            await super().save(tracker)

    def keep(self, conversation: str, dialogue: str) -> None:
        """Have ``dialogue`` kept with the conversation."""
        _at_hand.get().dialogue = dialogue


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
