"""One reply as the API sends it (DESIGN.md, HTTP contract)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """Plain text with line breaks, and what a channel needs to show it."""

    text: str
    kind: str
    topic: str | None = None
    source: dict[str, str] | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The message as plain data."""
        return asdict(self)
