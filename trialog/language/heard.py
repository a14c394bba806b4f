"""Names that were only heard: "calm ban" for CalmBand, "ray nodes" for Raynaud's, "en track" for NTRK."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from trialog.language.by_ear import likeness_of
from trialog.language.slips import common_words

# A name is heard as so many words at most.
_WORDS = 4

# Consonants that a name must have, that one heard as several words must have, and from which number on these may all be common words,
# or the last consonant lost.
_FEWEST, _SEVERAL, _TELLING = 3, 4, 5

# So much of the letters of what was heard must be those of the name; with as many words and more it is a typing error, found by others.
_ALIKE, _MISSPELT = 0.6, 0.9

# In a shorter name a letter more or less makes another word.
_SHORTEST = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’]s\b)?")
# Neither digits nor signs of the notation of phrases.
_SAID = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_NO_LETTER = re.compile(r"[^a-z]")


class Heard:
    """Finds names by their consonants, over words that were written apart; what is written as a name is found by others."""

    def __init__(self, names: Iterable[str]) -> None:
        """``names`` with digits or signs in them are left out: nobody writes "CB-7" by ear."""
        self._names: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if len(_letters(name)) >= _SHORTEST and _SAID.fullmatch(name) and len(consonants := _consonants(name)) >= _FEWEST:
                self._names[consonants].add(name)
                if len(consonants) > _TELLING:
                    self._names[consonants[:-1]].add(name)
        self._letters = {_letters(name) for names in self._names.values() for name in names}

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Where a name was heard in ``text``, from and to which character, and the name; none twice."""
        found, end = [], 0
        words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)] if self._names else []
        sounds = [_consonants(word) for _, _, word in words]
        for first, (start, _, _) in enumerate(words):
            last = next((last for last in self._lasts(first, words) if start >= end and self._name(words, sounds, first, last)), None)
            if last is not None:
                end = words[last][1]
                found.append((start, end, self._name(words, sounds, first, last)))
        return found

    def mended(self, text: str) -> str:
        """``text`` with each name as it is written."""
        places = [(0, 0, ""), *self.find(text), (len(text), len(text), "")]
        return "".join(text[before[1] : after[0]] + after[2] for before, after in pairwise(places))

    @staticmethod
    def _lasts(first: int, words: list[tuple[int, int, str]]) -> Iterator[int]:
        """The last words of what may be one name that begins with the ``first``, the longest first."""
        return reversed(range(first, min(first + _WORDS, len(words))))

    def _name(self, words: list[tuple[int, int, str]], sounds: list[str], first: int, last: int) -> str:
        """The name that the words from ``first`` to ``last`` sound like; none if they are the name, or words of their own."""
        said, consonants = [word.lower() for _, _, word in words[first : last + 1]], "".join(sounds[first : last + 1])
        names, letters = self._names.get(consonants), _letters("".join(said))
        if not names or not sounds[first] or not sounds[last] or letters in self._letters:
            return ""
        if len(consonants) < _SEVERAL and len(said) > 1:
            return ""
        if (first == last or len(consonants) < _TELLING) and all(word in common_words() for word in said):
            return ""
        share, name = max((SequenceMatcher(None, letters, _letters(name)).ratio(), name) for name in names)
        is_misspelt = share >= _MISSPELT and len(said) == len(name.split())
        return "" if share < _ALIKE or is_misspelt else name


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", name.lower())


def _consonants(word: str) -> str:
    """The consonants of ``word`` as they sound; of common words, which nobody is known by, they are kept."""
    lower = word.lower()
    return _kept(lower) if lower in common_words() else "".join(map(_heard, _WORD.findall(lower)))


@cache
def _kept(word: str) -> str:
    return _heard(word)


def _heard(word: str) -> str:
    return likeness_of(_letters(word)).replace("*", "")
