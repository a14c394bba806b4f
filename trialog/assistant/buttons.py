"""Which payloads are those of buttons of ours: nothing else is taken for one, and none has a place to leave a text."""

from __future__ import annotations

import json
import re

from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain

from trialog.assistant.tracker_store import CODE

_PAYLOAD = re.compile(r"/([a-z_]{1,40})(\{[^{}]{0,200}\})?")


class Buttons:
    """The buttons of one domain."""

    def __init__(self, domain: Domain) -> None:
        # Rasa's own intents (restart, back, session_start) are no buttons of ours.
        self._intents = set(domain.intents) - set(DEFAULT_INTENTS)
        self._entities = domain.entities

    def have(self, payload: str) -> bool:
        """True for a button of ours, with entities of the domain that hold nothing but codes."""
        parts = _PAYLOAD.fullmatch(payload)
        if parts is None or parts[1] not in self._intents:
            return False
        try:
            values = json.loads(parts[2] or "{}")
        except ValueError:
            return False
        return all(name in self._entities and isinstance(value, str) and CODE.fullmatch(value) for name, value in values.items())
