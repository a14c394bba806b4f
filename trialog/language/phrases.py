"""Phrases in the small language of content/general/danger.yml, found in a text by spaCy's Matcher.

The text is read by words of its own, not by spaCy's tokenizer: "can't", "cant" and "CAN'T" are the same word here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from spacy.tokens import Doc

from trialog.language.vocabulary import SharedMatcher

# Shorter words turn into other words with a single typing error.
SHORTEST_FUZZY = 4

# Other words that "..." stands for, at most.
GAP = "{0,4}"

BEGINNING = "^"

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")

# A comma parts nothing: people at night use it for everything.
_SENTENCE_END = re.compile(r"[.?!;:\n](?=\s|$)|\bbut\b|(?<=\s)and (?=now\b)")

Lists = Mapping[str, Any]


class Phrases:
    """Finds whether one of some phrases stands in a sentence. Raises ValueError for a phrase that cannot be read."""

    def __init__(self, phrases: Iterable[str], lists: Lists) -> None:
        ways = [way for phrase in phrases for way in patterns(phrase, lists)]
        self._matcher = SharedMatcher("xx", lambda _, matcher: matcher.add("phrase", ways))

    def in_sentence(self, sentence: str) -> bool:
        """True if one of the phrases stands in ``sentence``."""
        nlp, matcher = self._matcher.pair()
        return bool(matcher(Doc(nlp.vocab, words=[BEGINNING, *words(sentence)])))


def phrase_faults(phrases: Iterable[str], lists: Lists) -> list[str]:
    """A sentence for each phrase that cannot be read."""
    faults = []
    for phrase in phrases:
        try:
            Phrases([phrase], lists)
        except ValueError as error:
            faults.append(f"the phrase '{phrase}' cannot be read: {error}.")
    return faults


def sentences(text: str) -> list[str]:
    """The parts of ``text`` that are judged one by one: what is fine in one may be dangerous in the next."""
    return [part for part in _SENTENCE_END.split(text) if words(part)]


def words(text: str) -> list[str]:
    """The words and numbers of ``text`` in small letters, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’‘`´")
    return _WORD.findall(plain)


def patterns(phrase: str, lists: Lists) -> list[list[dict[str, Any]]]:
    """``phrase`` as patterns of spaCy's Matcher: one for each way its words are compared, exactly or through errors."""
    return [list(tokens) for tokens in product(*(_ways(part, lists) for part in phrase.split()))]


def _ways(part: str, lists: Lists) -> list[dict[str, Any]]:
    if part == "...":
        return [{"OP": GAP}]
    often = {"OP": "?"} if part.endswith("?") else {}
    groups: dict[str, list[str]] = defaultdict(list)
    for choice in part.removesuffix("?").split("|"):
        for word in _choices(choice, lists):
            groups[_comparison(word)].append(word.strip("~/"))
    return [{"LOWER": _attribute(how, group)} | often for how, group in groups.items()]


def _choices(choice: str, lists: Lists) -> list[str]:
    if not choice.startswith("{"):
        return [choice]
    name = choice.strip("{}")
    if name not in lists:
        raise ValueError(f"there is no list '{name}'")
    return [lists[name]] if isinstance(lists[name], str) else list(lists[name])


def _comparison(word: str) -> str:
    if word.startswith("/"):
        return "REGEX"
    if not word.endswith("~"):
        return "IN"
    if len(word) - 1 < SHORTEST_FUZZY:
        raise ValueError(f"'{word}' is too short to be found through typing errors")
    # One error only: with two, "conclusion" is a convulsion.
    return "FUZZY1"


def _attribute(how: str, group: list[str]) -> dict[str, Any]:
    if how == "REGEX":
        return {"REGEX": f"^(?:{'|'.join(group)})$"}
    return {"IN": group} if how == "IN" else {how: {"IN": group}}
