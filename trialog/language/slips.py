"""Slips of the fingers in short words: two letters that changed places, "cmae" for "came".

Longer words are found through typing errors by spaCy (``Manner.typing_errors``); in short ones one letter more or less makes too many
other words, but two that changed places hardly ever do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources

# In three letters a slip makes another word too easily: "saw", "was".
SHORTEST = 4

_WORD = re.compile(r"[^\W\d_]+")


class Slips:
    """Puts letters back in their places, towards the words that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        """``known`` are words in any case; those of other letters or signs are left out. No common word is a slip: "three", "there"."""
        self._meant = _by_slip({word.lower() for word in known if len(word) >= SHORTEST and word.isalpha()})

    def mended(self, text: str) -> str:
        """``text``, as long as before, with the letters of each slip in their places. What is itself a word stays as it is."""
        return _WORD.sub(lambda found: self._meant.get(found[0].lower(), found[0]), text)


@cache
def common_words() -> frozenset[str]:
    """The 2,949 words that children of ten know (Dale and Chall, as textstat has them), and their plurals."""
    easy = resources.files("textstat").joinpath("resources", "en", "easy_words.txt").read_text(encoding="utf-8").split()
    return frozenset(word.lower() + ending for word in easy for ending in ("", "s"))


def _by_slip(words: AbstractSet[str]) -> Mapping[str, str]:
    """The word that each slip stands for; none for what is a word itself, or where it may be two."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for place in range(len(word) - 1):
            found[word[:place] + word[place + 1] + word[place] + word[place + 2 :]].add(word)
    return {slip: meant.pop() for slip, meant in found.items() if len(meant) == 1 and slip not in words and slip not in common_words()}
