"""From the parts of a phrase to patterns of spaCy's Matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from trialog.language.manner import BEGINNING, Manner, Token
from trialog.language.notation import Beginning, Choice, Gap, Listed, Part, Parts, PhraseError, Word, parse

# The words of each list, or one /pattern/ for a whole word.
Lists = Mapping[str, Sequence[str] | str]

# What each built-in name of a file stands for.
Slots = Mapping[str, Sequence[Token]]

_BUILT_IN: Slots = {"number": [{"LIKE_NUM": True}]}

# Shorter words turn into other words with a single typing error: where one is asked for, and where it is not ("phase" -> "phrase").
SHORTEST_MARKED = 4
SHORTEST_UNMARKED = 6

# From this length on two errors are allowed where none is marked: two swapped letters count as two. A marked word of a sign of danger
# may have one only: with two, "conclusion" is a convulsion.
_SHORTEST_VERY_FUZZY = 8

_WORDS_IN_GAP = "{0,4}"

# A phrase with more ways than this to be said is better written as two.
MOST_WAYS = 60


@dataclass(frozen=True)
class _OneOf:
    """A token that is one of ``words``; ``how`` they are compared is spaCy's IN or FUZZY."""

    attribute: str
    how: str
    words: tuple[str, ...]
    optional: bool = False

    def token(self) -> Token:
        compared: str | dict[str, object] = self.words[0] if len(self.words) == 1 else {"IN": list(self.words)}
        token: Token = {self.attribute: compared if self.how == "IN" else {self.how: compared}}
        return {**token, "OP": "?"} if self.optional else token


_Way = list[_OneOf | Token]


class PatternMaker:
    """Makes patterns for phrases of one manner, with their lists and built-in names."""

    def __init__(self, manner: Manner, lists: Lists | None = None, slots: Slots | None = None) -> None:
        self._manner = manner
        self._lists = lists or {}
        self._slots = {**_BUILT_IN, **(slots or {})}
        self._gap: Token = {**manner.gap, "OP": _WORDS_IN_GAP}

    def patterns(self, phrase: str) -> list[list[Token]]:
        """A pattern for each way to say ``phrase`` that one pattern cannot hold. Raises PhraseError if it is misspelt or never matches."""
        ways = self._ways(parse(phrase))
        if len(ways) > MOST_WAYS:
            raise PhraseError(f"there are {len(ways)} ways to say it; {MOST_WAYS} are the most")
        for way in ways:
            self._check(way)
        return [[part.token() if isinstance(part, _OneOf) else part for part in way] for way in ways]

    def check_list(self, name: str) -> None:
        """Raises PhraseError if the list ``name`` can never be named, or a word of it never matches."""
        if name in self._slots:
            raise PhraseError(f"'{name}' is the name of something built in")
        self._named(name)

    def _check(self, way: _Way) -> None:
        needed = [part for part in way if not (isinstance(part, _OneOf) and part.optional)]
        if not needed:
            raise PhraseError("none of its words is needed")
        if self._gap in (needed[0], needed[-1]):
            raise PhraseError("'...' stands between two words, not at an end")
        if any(before == after == self._gap for before, after in pairwise(needed)):
            raise PhraseError("two '...' stand in a row")
        if BEGINNING in way[1:]:
            raise PhraseError("'^' stands in front of everything else")

    def _ways(self, parts: Parts) -> list[_Way]:
        return [[part for piece in way for part in piece] for way in product(*map(self._part, parts))]

    def _part(self, part: Part) -> list[_Way]:
        match part:
            case Word(text, error):
                return [[self._misspelt(text)] if error else [self._compared(word) for word in self._read(text)]]
            case Listed(name):
                return self._named(name)
            case Gap():
                return [[self._gap]]
            case Beginning():
                return [[self._beginning()]]
            case Choice(options, optional):
                ways = _merged([way for option in options for way in self._ways(option)])
                return _optional(ways) if optional else ways

    def _named(self, name: str) -> list[_Way]:
        if name in self._slots:
            return [list(self._slots[name])]
        if name not in self._lists:
            raise PhraseError(f"there is no list '{name}'; there are: {', '.join(sorted({*self._slots, *self._lists}))}")
        listed = self._lists[name]
        if isinstance(listed, str):
            return [[_shaped(listed)]]
        return _merged([[self._compared(_one(word, self._manner.word_of_list(word)))] for word in listed])

    def _beginning(self) -> Token:
        if not self._manner.by_sentence:
            raise PhraseError("'^' is known only where texts are read sentence by sentence")
        return BEGINNING

    def _read(self, text: str) -> list[str]:
        read = self._manner.words_of_phrase(text)
        if not read:
            raise PhraseError(f"'{text}' holds a sign, and texts are read without signs here")
        return read

    def _misspelt(self, text: str) -> _OneOf:
        if self._manner.attribute == "TEXT":
            raise PhraseError("'~' is of no use where phrases are found letter by letter")
        word = _one(text, self._read(text)).lower()
        if len(word) < SHORTEST_MARKED:
            raise PhraseError(f"'{text}' is too short to be found through typing errors")
        return _OneOf("LOWER", "FUZZY1", (word,))

    def _compared(self, word: str) -> _OneOf:
        if self._manner.attribute == "TEXT":
            return _OneOf("TEXT", "IN", (word,))
        lower = word.lower()
        if not self._manner.typing_errors or len(lower) < SHORTEST_UNMARKED or not lower.isalpha():
            return _OneOf("LOWER", "IN", (lower,))
        return _OneOf("LOWER", "FUZZY2" if len(lower) >= _SHORTEST_VERY_FUZZY else "FUZZY1", (lower,))


def has_gap(way: Sequence[Token]) -> bool:
    """True for a pattern that leaves some of its words open."""
    return any(token.get("OP") == _WORDS_IN_GAP for token in way)


def _shaped(pattern: str) -> Token:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PhraseError(f"{pattern} is no pattern: {error}") from None
    return {"LOWER": {"REGEX": f"^(?:{pattern.strip('/')})$"}}


def _one(text: str, read: list[str]) -> str:
    if len(read) != 1:
        raise PhraseError(f"'{text}' must be one word, and is read as {len(read)}")
    return read[0]


def _merged(ways: Iterable[_Way]) -> list[_Way]:
    """``ways`` with all single words that are compared alike as one; the others as they are."""
    alike: dict[tuple[str, str, bool], _OneOf] = {}
    others: list[_Way] = []
    for way in ways:
        match way:
            case [_OneOf(attribute, how, more, optional) as word]:
                known = alike.setdefault((attribute, how, optional), replace(word, words=()))
                alike[attribute, how, optional] = replace(known, words=(*known.words, *more))
            case _:
                others.append(way)
    words: list[_Way] = [[word] for word in alike.values()]
    return words + others


def _optional(ways: list[_Way]) -> list[_Way]:
    """``ways``, and the way without them; single words hold that in themselves."""
    if all(len(way) == 1 and isinstance(way[0], _OneOf) for way in ways):
        return [[replace(word, optional=True) for word in way if isinstance(word, _OneOf)] for way in ways]
    return [*ways, []]
