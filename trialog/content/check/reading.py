"""How easy a reply is to read: DESIGN.md 2.7's rules, measured.

Grade level is Flesch-Kincaid as textstat counts it, with the names of drugs and diseases masked: a family
cannot be spared the word "inotuzumab", and it says nothing about the sentence around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import textstat

MAX_SENTENCE_WORDS = 20
MEAN_SENTENCE_WORDS = 12
MAX_GRADE = 8.0
MEAN_GRADE = 6.0

# A reply is read by lines: what a colon leads up to is a sentence of its own, and so is each line of a list.
_LINE_END = re.compile(r"(?<=[.!?:])[\s”\"]+|\n+")
_MASK = "drug"

# A reply is read once for each child, mother and teenager it may be said to: much of it is the same.
_TEXTS_KEPT = 16_384


def masked(text: str, names: Iterable[str]) -> str:
    """``text`` with every name (longest first, any case) replaced by a short word."""
    return _masked(text, tuple(names))


@lru_cache(maxsize=_TEXTS_KEPT)
def _masked(text: str, names: tuple[str, ...]) -> str:
    return _any_of(names).sub(_MASK, text)


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Matches each of ``names``; nothing where there is none."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b", re.IGNORECASE)


def lines(text: str) -> list[str]:
    """The sentences of ``text`` as they are read aloud."""
    return [part.strip(" •“”") for part in _LINE_END.split(text) if re.search(r"\w", part)]


@lru_cache(maxsize=_TEXTS_KEPT)
def words(sentence: str) -> int:
    """How many words ``sentence`` has; hyphens join."""
    return len(re.findall(r"[\w%'’-]+", sentence))


def grade(text: str, names: Iterable[str]) -> float:
    """School grade (Flesch-Kincaid) needed to read ``text``, drug and disease names masked."""
    plain = ". ".join(sentence.rstrip(".!?:") for sentence in lines(masked(text, names))) + "."
    return _grade(plain)


@lru_cache(maxsize=_TEXTS_KEPT)
def _grade(plain: str) -> float:
    return float(textstat.flesch_kincaid_grade(plain))
