"""What changed between two scripts, sentence by sentence; and a script as data, so that an earlier one can be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from trialog.content.script.script import Script

Sentences = Mapping[str, list[str]]


@dataclass(frozen=True)
class Change:
    """The sentences of a piece that went and came."""

    key: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def sentences_of(script: Script) -> dict[str, list[str]]:
    """Every sentence by piece."""
    return {piece.key: piece.sentences for piece in script.pieces}


def as_data(script: Script) -> dict[str, Any]:
    """The script as plain data."""
    return {"hash": script.hash, "pieces": sentences_of(script)}


def changes(before: Sentences, after: Sentences) -> Iterator[Change]:
    """Each piece with other sentences, or the same ones in another order; first those that are said now."""
    for key in (*after, *(key for key in before if key not in after)):
        old, new = before.get(key, []), after.get(key, [])
        steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
        if steps:
            gone = tuple(line for _, first, last, _, _ in steps for line in old[first:last])
            yield Change(key, gone, tuple(line for *_, first, last in steps for line in new[first:last]))
