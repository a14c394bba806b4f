"""Rasa's events from plain data, as actions and the store give them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

# Rasa looks for the class of each event among all classes anew: a third of the time of a reply in a long conversation.
_KINDS: dict[str, type[Event]] = {kind.type_name: kind for kind in all_subclasses(Event)}


def events_of(rows: Iterable[dict[str, Any]]) -> list[Event]:
    """The events that ``rows`` describe; raises KeyError for a kind that Rasa does not know."""
    return [_KINDS[row["event"]]._from_parameters(row) for row in rows]
