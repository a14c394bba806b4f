"""Misspelt words as they are meant: "qualfy" for "qualify", "lookeemia" for "leukemia"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from trialog.language.slips import Slips, common_words

# In two letters nothing is misspelt for sure, and in three it is found by ear alone.
SHORTEST, NEAREST = 3, 4

# From so many letters on two of them may be wrong.
LONG = 7

# A text with more words that nobody knows is not misspelt: it is in another language, or no text.
MOST = 12

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")


class Spelling:
    """Writes unknown words as the nearest of those that are commonly said."""

    def __init__(self, common: Sequence[str], known: Container[str]) -> None:
        """``common`` are what may be meant, the commonest first; what is ``known``, or a common word of English, stays as it is."""
        self._common = [word for word in common if word.isalpha() and len(word) >= NEAREST]
        self._known = known
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for word in self._common:
            self._by_first[word[0]].append(word)
        self._slips = Slips(common)

    def mended(self, text: str, names: Container[str] = ()) -> str:
        """``text`` with each misspelt word as it is meant; ``names`` (in small letters) are right, too."""
        if any(letter.isalpha() and not letter.isascii() for letter in text):
            # In another language, most likely: its words are no slips of ours.
            return text
        found = [match for match in _WORD.finditer(text) if self._is_unknown(match[0].lower(), names)]
        if len(found) > MOST:
            return text
        pieces, place = [], 0
        for match in found:
            pieces += [text[place : match.start()], self._meant(match[0])]
            place = match.end()
        return "".join([*pieces, text[place:]])

    def _is_unknown(self, word: str, names: Container[str]) -> bool:
        is_plain = len(word) >= SHORTEST and word.isalpha()
        return is_plain and word not in self._known and word not in names and word not in common_words()

    def _meant(self, written: str) -> str:
        """The nearest word: by its letters before its sound, with its first letter before without; ``written`` itself if none is near."""
        word = written.lower()
        if len(word) >= NEAREST:
            for words, most in self._searches(word):
                if nearest := process.extractOne(word, words, scorer=OSA.distance, score_cutoff=most):
                    return str(nearest[0])
        return self._slips.mended(written)

    def _searches(self, word: str) -> Iterator[tuple[Sequence[str], int]]:
        """Among which words it is looked for, and how many letters of these may be wrong; two that changed places are one."""
        yield self._by_first.get(word[0], ()), 1
        yield self._common, 1
        if len(word) >= LONG:
            yield self._by_first.get(word[0], ()), 2
