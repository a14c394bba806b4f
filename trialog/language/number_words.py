"""Number words written as digits, through spelling errors, with the way back to the places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.matcher.levenshtein import levenshtein

# fmt: off
_TO_TWENTY = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
# fmt: on
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: dict[str, int] = {word: value for value, word in enumerate(_TO_TWENTY)}
NUMBERS |= {word: 10 * (place + 2) for place, word in enumerate(_TENS)}


# Common slips too short for a measured distance: one letter more or less makes other English words of these.
_SLIPS = {"sevn": 7, "seaven": 7, "eigth": 8, "eigt": 8, "elven": 11, "fourty": 40}

# A slip is looked for in numbers of six letters and more; two slips in those of seven ("fiveteen").
_SHORTEST_FUZZY = 6
_SHORTEST_VERY_FUZZY = 7

# Correct words that lie within the distance of a number.
_NOT_NUMBERS = re.compile(r".+(?:th|ths|ies|teens)$")

_WORD = re.compile(r"[A-Za-z]+")


def number_of(word: str) -> int | None:
    """The number a single lower-case word stands for, or None; up to two spelling errors in a long word."""
    exact = NUMBERS.get(word, _SLIPS.get(word))
    if exact is not None or not 5 <= len(word) <= 11 or _NOT_NUMBERS.match(word):
        return exact
    near = min((name for name in NUMBERS if _alike(word, name)), key=lambda name: levenshtein(word, name), default=None)
    return NUMBERS[near] if near else None


def _alike(word: str, name: str) -> bool:
    if len(name) < _SHORTEST_FUZZY or name[0] != word[0]:
        return False
    return bool(levenshtein(word, name) <= (2 if len(name) >= _SHORTEST_VERY_FUZZY else 1))


@dataclass(frozen=True)
class Digits:
    """A text with its number words as digits; character i stood at ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from start to end stood in the original text."""
        return self.starts[start], self.ends[end - 1]


def with_digits(text: str) -> Digits:
    """The text with "twenty-one" as "21" and "forteen" as "14"."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for start, end, value in _number_words(text):
        pieces += [text[place:start], str(value)]
        starts += [*range(place, start), *[start] * len(str(value))]
        ends += [*range(place + 1, start + 1), *[end] * len(str(value))]
        place = end
    starts += range(place, len(text))
    ends += range(place + 1, len(text) + 1)
    return Digits("".join([*pieces, text[place:]]), tuple(starts), tuple(ends))


def _number_words(text: str) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for word in _WORD.finditer(text):
        value = number_of(word.group().lower())
        if value is None:
            continue
        if found and found[-1][2] in range(20, 100, 10) and 0 < value < 10 and text[found[-1][1] : word.start()] in (" ", "-"):
            found[-1] = (found[-1][0], word.end(), found[-1][2] + value)
        else:
            found.append((word.start(), word.end(), value))
    return found
