"""The notation of phrases, from a line of the content to its parts. docs/study-staff.md explains it to those who write it.

It is hassil's, as far as that goes: ``[the] (port|line) {fell} off``. Ours are the gap ``...``, ``word~`` for a word with a typing
error and ``^`` for the beginning of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_PIECE = re.compile(
    r"(?P<space>\s+)|(?P<gap>\.\.\.(?!\.))|\{(?P<list>[^{}]*)\}|(?P<sign>[()\[\]|^])|(?P<word>(?:\\.|[^\s()\[\]{}|^~\\])+)(?P<error>~?)|(?P<stray>.)"
)
_ESCAPED = re.compile(r"\\(.)")
_SIGN = re.compile(r"[^\w'’+%.,:/=&°-]|_|\.\.")

# Each phrase is checked, and then looked for.
PHRASES_KEPT = 8_192

# What ends the options of each opening bracket.
_CLOSING = {"(": ")", "[": "]"}


class PhraseError(ValueError):
    """A phrase that cannot be read or never matches; the message says why."""


@dataclass(frozen=True)
class Word:
    """A word as it is written; ``error`` if it may have a typing error."""

    text: str
    error: bool = False


@dataclass(frozen=True)
class Listed:
    """One of the words of a list, or whatever a built-in name stands for."""

    name: str


@dataclass(frozen=True)
class Gap:
    """A few other words, or none."""


@dataclass(frozen=True)
class Beginning:
    """The beginning of a sentence."""


@dataclass(frozen=True)
class Choice:
    """One of several ways to go on; ``optional`` if it may also be left out."""

    options: tuple[Parts, ...]
    optional: bool


Part = Word | Listed | Gap | Beginning | Choice
Parts = tuple[Part, ...]


@lru_cache(maxsize=PHRASES_KEPT)
def parse(phrase: str) -> Parts:
    """The parts of ``phrase``, which is content and never typed. Raises PhraseError where it does not keep to the notation."""
    pieces = list(_PIECE.finditer(phrase))
    for before, after in pairwise(pieces):
        _check_apart(before, after)
    parts, rest = _parts([piece for piece in pieces if not piece["space"]])
    if rest:
        raise PhraseError(f"'{rest[0][0]}' stands without an opening bracket")
    return parts


def literal(text: str) -> str:
    """The phrase that stands for ``text`` as it is, whatever signs it holds."""
    return re.sub(r"[^\w\s]|_", r"\\\g<0>", text)


def lists_in(parts: Iterable[Part]) -> set[str]:
    """The names of the lists that ``parts`` name."""
    names: set[str] = set()
    for part in parts:
        if isinstance(part, Listed):
            names.add(part.name)
        elif isinstance(part, Choice):
            names.update(*map(lists_in, part.options))
    return names


def _check_apart(before: re.Match[str], after: re.Match[str]) -> None:
    """A word ends where its letters end: "(a|b)c" is a slip."""
    opens, closes = after[0] in _CLOSING or after["list"] is not None, before[0] in _CLOSING.values() or before["list"] is not None
    if (before["word"] and opens) or (closes and after["word"]) or (before["word"] and after["word"]):
        raise PhraseError(f"a space is missing between '{before[0]}' and '{after[0]}'")


def _parts(pieces: list[re.Match[str]]) -> tuple[Parts, list[re.Match[str]]]:
    """The parts up to the end of an option, and the pieces from there on."""
    parts: list[Part] = []
    while pieces and pieces[0][0] not in ("|", ")", "]"):
        first, *pieces = pieces
        if first[0] in _CLOSING:
            choice, pieces = _choice(first[0], pieces)
            parts.append(choice)
        else:
            parts.append(_single(first))
    return tuple(parts), pieces


def _choice(bracket: str, pieces: list[re.Match[str]]) -> tuple[Choice, list[re.Match[str]]]:
    options: list[Parts] = []
    closing = _CLOSING[bracket]
    while True:
        option, pieces = _parts(pieces)
        if not option:
            raise PhraseError(f"nothing stands between the signs of '{bracket}{closing}'")
        options.append(option)
        if not pieces or pieces[0][0] not in ("|", closing):
            raise PhraseError(f"'{bracket}' is not closed")
        end, *pieces = pieces
        if end[0] == closing:
            return Choice(tuple(options), optional=bracket == "["), pieces


def _single(piece: re.Match[str]) -> Part:
    if piece["gap"]:
        return Gap()
    if piece["list"] is not None:
        return Listed(piece["list"])
    if piece["word"]:
        return _word(piece["word"], bool(piece["error"]))
    if piece[0] == "^":
        return Beginning()
    raise PhraseError("'{' is not closed" if piece[0] == "{" else f"the sign '{piece[0]}' stands where it means nothing")


def _word(written: str, error: bool) -> Word:
    sign = _SIGN.search(_ESCAPED.sub("", written))
    if sign:
        raise PhraseError(f"the sign '{sign[0]}' is unknown; written as a word, it needs a \\ before it")
    return Word(_ESCAPED.sub(r"\1", written), error)
