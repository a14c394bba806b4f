"""The shape of content/general/statements.yml: how what a message says stands, and the words that turn nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from trialog.content.shape import Exactly, Shape, SomeTexts, Text, Texts

_Stances = Literal["denied", "doubted", "feared", "ironic", "past", "thought", "now", "to_come", "somebody", "awaited"]
_Groups = Literal["small", "joining", "telling", "people", "care"]
_Ways = Literal["ahead", "behind", "around"]


class StatementWords(Shape, frozen=True):
    """Cues by stance and by where they stand; frames and plain words turn nothing. ``lists`` are words that cues and frames name."""

    lists: Mapping[str, SomeTexts | Text]
    cues: Exactly[_Stances, Mapping[_Ways, SomeTexts]]
    frames: SomeTexts
    plain: Exactly[_Groups, SomeTexts]

    @property
    def turning(self) -> dict[str, Mapping[str, Texts]]:
        """The cues, by stance and by where they stand."""
        return {stance: {str(way): texts for way, texts in ways.items()} for stance, ways in self.cues.items()}

    @property
    def plain_words(self) -> frozenset[str]:
        """The plain words of all groups."""
        return frozenset(word for words in self.plain.values() for word in words)
