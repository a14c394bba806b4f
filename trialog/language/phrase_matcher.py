"""Finds phrases of the content in what families type, through typing errors.

A blank English spaCy pipeline (no downloaded model) matches token by token; words of six letters and more may have typing
errors (spaCy's FUZZY). ``…`` in a phrase stands for up to three other words: "came … back" also finds "came right back".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.util import filter_spans

from trialog.language.vocabulary import SharedMatcher

Pattern = list[dict[str, Any]]

# Shorter words turn into other English words with a single typing error ("phase" -> "phrase").
SHORTEST_FUZZY = 6

# From this length on two errors are allowed: two swapped letters count as two.
SHORTEST_VERY_FUZZY = 8

GAP = "…"
NUMBER = "#"

# As spaCy takes "don't", "dont" and "cannot" apart.
NEGATORS = ("not", "n't", "nt", "n’t", "never", "without", "no", "nor", "neither")

_WORDS_IN_GAP = 3

# No word is that long; spaCy's tokenizer takes seconds over thousands of marks in a row.
_NO_WORD = re.compile(r"\S{61,}")


class PhraseMatcher:
    """Finds labelled phrases in a text."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], exact: Mapping[str, Iterable[str]] | None = None) -> None:
        """``phrases`` are found in any case and through typing errors, ``exact`` ones letter by letter; both by label."""
        fuzzy = {label: tuple(texts) for label, texts in phrases.items()}
        literal = {label: tuple(texts) for label, texts in (exact or {}).items()}

        def fill(nlp: Language, matcher: Matcher) -> None:
            _add(matcher, {label: [_fuzzy(nlp, text) for text in texts] for label, texts in fuzzy.items()})
            _add(matcher, {label: [_exact(nlp, text) for text in texts] for label, texts in literal.items()})

        self._matcher = SharedMatcher("en", fill)

    def find(self, text: str) -> list[Span]:
        """Matches in order of place, the longest first where they overlap; ``label_`` is the phrase's label."""
        readable = _NO_WORD.sub(lambda run: " " * len(run[0]), text)
        nlp, matcher = self._matcher.pair()
        spans: list[Span] = filter_spans(matcher(nlp(readable), as_spans=True))
        return spans


def _add(matcher: Matcher, patterns: Mapping[str, list[Pattern]]) -> None:
    for label, of_label in patterns.items():
        if of_label:
            matcher.add(label, of_label)


def _exact(nlp: Language, phrase: str) -> Pattern:
    return [{"TEXT": token.text} for token in nlp.make_doc(phrase)]


def _fuzzy(nlp: Language, phrase: str) -> Pattern:
    tokens: Pattern = []
    for part in phrase.split():
        if part == GAP:
            tokens += [{"OP": "?", "LOWER": {"NOT_IN": [*NEGATORS, "but"]}, "IS_PUNCT": False}] * _WORDS_IN_GAP
        else:
            tokens += [_token(token.text) for token in nlp.make_doc(part)]
    return tokens


def _token(text: str) -> dict[str, Any]:
    if text == NUMBER:
        return {"LIKE_NUM": True}
    lower = text.lower()
    if len(lower) < SHORTEST_FUZZY or not lower.isalpha():
        return {"LOWER": lower}
    return {"LOWER": {"FUZZY2" if len(lower) >= SHORTEST_VERY_FUZZY else "FUZZY1": lower}}
