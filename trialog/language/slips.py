"""Slips in short words: two letters that changed places, "cmae" for "came", and words written by ear, "kame".

Longer words are found through typing errors by spaCy (``Manner.typing_errors``); in short ones one letter more or less makes too many
other words, but two that changed places hardly ever do, nor do letters that sound alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import cache
from importlib import resources

from trialog.language.by_ear import WORDS, likeness_of, sound_of

# In three letters a slip makes another word too easily: "saw", "was".
SHORTEST = 4

# Of two words whose consonants sound alike, so much of the letters must be the same ones.
_ALIKE = 0.6

_WORD = re.compile(r"[^\W\d_]+")


class Slips:
    """Writes misspelt words as they are meant, towards the words that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        """``known`` are words in any case; those of other letters or signs are left out. No common word is a slip: "three", "there"."""
        words = {word.lower() for word in known if word.isalpha()}
        long = {word for word in words if len(word) >= SHORTEST}
        self._meant = _by_slip(long)
        self._words, self._heard, self._sounds, self._alike = words, _heard(words), _sounds(long), _alike(long)

    def mended(self, text: str) -> str:
        """``text`` with each slip as it is meant. What is itself a word stays as it is."""
        return _WORD.sub(self._mended, text)

    def _mended(self, found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in self._words or word in common_words():
            return found[0]
        meant = self._meant.get(word) or self._heard.get(word) or self._sounds.get(sound_of(word))
        return meant or _nearest(word, self._alike.get(likeness_of(word), ())) or found[0]


@cache
def common_words() -> frozenset[str]:
    """The 2,949 words that children of ten know (Dale and Chall, as textstat has them), with their endings: "growing", "ruined"."""
    easy = resources.files("textstat").joinpath("resources", "en", "easy_words.txt").read_text(encoding="utf-8").split()
    return frozenset(form for word in easy for form in _forms(word.lower()))


def _forms(word: str) -> Iterator[str]:
    yield from (word, f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s")
    stems = (word.removesuffix("e"), word, word + word[-1])
    yield from (stem + ending for stem in stems for ending in ("ing", "ed"))


def _heard(words: AbstractSet[str]) -> dict[str, str]:
    """The word that stands for what is written by ear otherwise than it is spelt, where there is only one."""
    return _only((way, word) for word, ways in WORDS.items() if word in words for way in ways)


def _sounds(words: AbstractSet[str]) -> dict[str, str]:
    """The word of each sound, where there is only one."""
    return _only((sound_of(word), word) for word in words)


def _alike(words: AbstractSet[str]) -> Mapping[str, list[str]]:
    """The words by what their consonants sound like."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[likeness_of(word)].append(word)
    return found


def _nearest(word: str, words: Iterable[str]) -> str:
    """Of ``words`` the one that is written most like ``word``, if it is alone in that and near enough; else none."""
    near = sorted(((_share_alike(word, one), one) for one in words if len(word) >= SHORTEST), reverse=True)
    is_alone = len(near) == 1 or (len(near) > 1 and near[0][0] > near[1][0])
    return near[0][1] if is_alone and near[0][0] >= _ALIKE else ""


def _share_alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.replace("y", "i"), other.replace("y", "i")).ratio()


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
