"""A conversation as it went, as the turns of a dialogue that expects it to go so again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialog.assistant.message import Message

# What a turn is written down with, where a reply has it.
_EXPECTED = ("topic", "kind", "criterion", "outcome")


@dataclass(frozen=True)
class Said:
    """A message of the family, or the payload of a button it pressed, with the replies; ``over`` where danger was over then.

    ``title`` is what stood on the button.
    """

    text: str
    replies: Sequence[Message]
    pressed: bool = False
    over: bool = False
    title: str = ""

    def to_turn(self) -> dict[str, Any]:
        """The turn that expects the codes of the replies; the words that matter are a person's to add."""
        codes = {name: next((value for reply in self.replies if (value := getattr(reply, name))), None) for name in _EXPECTED}
        language = self.replies[0].language if len(self.replies) == 1 else None
        turn = {"press" if self.pressed else "say": self.text, **codes, "language": language, "over": self.over}
        return {name: value for name, value in turn.items() if value}
