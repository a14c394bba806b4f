"""Lets staff look at what one turn saw, while it lasts: handed in with a message, kept by nobody else, and never stored."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message


@dataclass
class Watch:
    """One turn: the message with the evidence of each component, the slots before it, and the tracker, which goes on with the turn.

    ``ended`` is False where the turn broke, or where danger was answered before it ended.
    """

    message: Message | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    tracker: DialogueStateTracker | None = None
    ended: bool = False


_watching: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextlib.contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Show ``watch`` what is seen meanwhile."""
    token = _watching.set(watch)
    try:
        yield
        if watch:
            watch.ended = True
    finally:
        _watching.reset(token)


def saw(inputs: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
    """A run of the graph took ``inputs`` and gave ``outcome``; the one that reads the message is of interest."""
    watch = _watching.get()
    if watch and PLACEHOLDER_MESSAGE in inputs:
        ((watch.message,),) = outcome.values()
        watch.tracker = inputs[PLACEHOLDER_TRACKER]
        watch.slots = dict(inputs[PLACEHOLDER_TRACKER].current_slot_values())
