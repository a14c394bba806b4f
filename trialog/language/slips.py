"""Slips in short words: two letters that changed places, "cmae" for "came", and words written by ear, "kame".

Longer words are found through typing errors by spaCy (``Manner.typing_errors``); in short ones one letter more or less makes too many
other words, but two that changed places hardly ever do, nor do letters that sound alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources

from trialog.language.by_ear import WORDS, sound_of

# In three letters a slip makes another word too easily: "saw", "was".
SHORTEST = 4

_WORD = re.compile(r"[^\W\d_]+")


class Slips:
    """Writes misspelt words as they are meant, towards the words that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        """``known`` are words in any case; those of other letters or signs are left out. No common word is a slip: "three", "there"."""
        words = {word.lower() for word in known if word.isalpha()}
        long = {word for word in words if len(word) >= SHORTEST}
        self._meant = _by_slip(long)
        self._words, self._heard, self._sounds = words, _heard(words), _sounds(long)

    def mended(self, text: str) -> str:
        """``text`` with each slip as it is meant. What is itself a word stays as it is."""
        return _WORD.sub(self._mended, text)

    def _mended(self, found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in self._words or word in common_words():
            return found[0]
        return self._meant.get(word) or self._heard.get(word) or self._sounds.get(sound_of(word), found[0])


@cache
def common_words() -> frozenset[str]:
    """The 2,949 words that children of ten know (Dale and Chall, as textstat has them), and their plurals."""
    easy = resources.files("textstat").joinpath("resources", "en", "easy_words.txt").read_text(encoding="utf-8").split()
    return frozenset(word.lower() + ending for word in easy for ending in ("", "s"))


def _heard(words: AbstractSet[str]) -> dict[str, str]:
    """The word that stands for what is written by ear otherwise than it is spelt, where there is only one."""
    return _only((way, word) for word, ways in WORDS.items() if word in words for way in ways)


def _sounds(words: AbstractSet[str]) -> dict[str, str]:
    """The word of each sound, where there is only one."""
    return _only((sound_of(word), word) for word in words)


def _by_slip(words: AbstractSet[str]) -> Mapping[str, str]:
    """The word that each slip stands for, where there is only one."""
    return _only(
        (word[:place] + word[place + 1] + word[place] + word[place + 2 :], word) for word in words for place in range(len(word) - 1)
    )


def _only(meanings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The meaning of what has one alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for written, meant in meanings:
        found[written].add(meant)
    return {written: meant.pop() for written, meant in found.items() if len(meant) == 1}
