"""One reply as the API sends it (DESIGN.md, HTTP contract)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

# Fields that are there only where they mean something.
OPTIONAL_FIELDS = ("trial", "language", "criterion", "progress", "criteria", "outcome")


@dataclass(frozen=True)
class Message:
    """Plain text with line breaks, and what a channel needs to show it."""

    text: str
    kind: str
    topic: str | None = None
    source: dict[str, str] | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)
    # The study that is talked about from now on, where that has changed.
    trial: str | None = None
    # BCP 47 tag of a text that is not in English.
    language: str | None = None
    # Of the questionnaire: which criterion a question is about, and how far the family has come.
    criterion: str | None = None
    progress: dict[str, int] | None = None
    # Of its review and result, in the order of the text's list: one entry a criterion.
    criteria: list[dict[str, str]] | None = None
    outcome: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The message as plain data; the optional fields only where they are set."""
        return {name: value for name, value in asdict(self).items() if value is not None or name not in OPTIONAL_FIELDS}

    def payloads(self) -> Iterator[str]:
        """What its buttons send, and those that change an answer of its list."""
        yield from (button["payload"] for button in self.buttons)
        yield from (point["change"] for point in self.criteria or () if "change" in point)
