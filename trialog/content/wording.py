"""The words of data/responses (Rasa's ``utter_...``), and how a reply is filled with them: as Rasa does it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialog.content.files import parsed
from trialog.content.placeholders import fill
from trialog.content.replies.reply import Reply

Variation = Mapping[str, Any]


class Wording:
    """The responses by name, each with its variations; Rasa chooses one of those by the slots of a conversation."""

    def __init__(self, responses: Mapping[str, Sequence[Variation]], files: Mapping[str, Path] | None = None) -> None:
        self.responses = responses
        self.files = files or {}

    @classmethod
    def read(cls, folder: Path) -> Wording:
        """Every response in the YAML files below ``folder``."""
        responses: dict[str, list[Variation]] = {}
        files: dict[str, Path] = {}
        for file in sorted(folder.rglob("*.yml")):
            found = parsed(file.read_text(encoding="utf-8")).get("responses") or {}
            responses |= found
            files |= dict.fromkeys(found, file)
        return cls(responses, files)

    def texts(self, reply: Reply, slots: Mapping[str, str] | None = None) -> Iterator[tuple[Variation, str]]:
        """Each variation of ``reply`` with its text, filled with the reply's values and with ``slots``."""
        settled = self.settled(reply)
        for variation in self._variations(settled):
            yield variation, fill(variation["text"], {**(slots or {}), **settled.values})

    def settled(self, reply: Reply) -> Reply:
        """``reply`` with the words in place of the replies that stand inside it; those have one variation."""
        values = {name: self._inside(value) if isinstance(value, Reply) else value for name, value in reply.values.items()}
        return dataclasses.replace(reply, values=values)

    def _inside(self, reply: Reply) -> str:
        (variation,) = self._variations(reply)
        return fill(variation["text"], reply.values)

    def _variations(self, reply: Reply) -> Sequence[Variation]:
        """A response that is not there says its values alone, so that the check can go on."""
        return self.responses.get(reply.response) or [{"text": "\n".join(f"{{{name}}}" for name in reply.values)}]
