"""Names and addresses in a text, by the phrases of content/general/personal_data.yml; spaCy's Matcher finds them.

Capitals count here, so the text is read by spaCy's English tokenizer. No model knows names: a name is a word with a capital in
a place where names stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.util import filter_spans

from trialog.content.model import PersonalWords
from trialog.language.phrases import patterns
from trialog.language.vocabulary import SharedMatcher

Pattern = list[dict[str, Any]]

_CAPITAL = r"^[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*[a-zß-öø-žа-я]"
_WORD = r"^[^\W\d][\w'’-]+$"
_INITIAL = r"^[A-Z]\.$"
_INITIALS = r"^(?:[A-Z]\.){2,}$"
_HOUSE = r"^\d{1,4}[a-zA-Z]?$"


class PersonalPhrases:
    """Finds names and addresses. ``no_names``: words with a capital that are none, such as drugs. ValueError for an unknown placeholder."""

    def __init__(self, words: PersonalWords, no_names: Iterable[str]) -> None:
        shapes = _shapes(words, sorted({*words.lists["no_name"], *no_names}))
        kinds = {"name": words.names, "address": words.addresses}
        ways = {kind: [way for phrase in phrases for way in _ways(phrase, words, shapes)] for kind, phrases in kinds.items()}

        def fill(_: Language, matcher: Matcher) -> None:
            for kind, of_kind in ways.items():
                matcher.add(kind, of_kind)

        self._matcher = SharedMatcher("en", fill)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Kind, beginning and end of each name and address, with the words that tell it."""
        nlp, matcher = self._matcher.pair()
        for span in filter_spans(matcher(nlp(text), as_spans=True)):
            yield span.label_, span.start_char, span.end_char


def _shapes(words: PersonalWords, no_name: list[str]) -> dict[str, Pattern]:
    """What the placeholders of the phrases stand for, as tokens."""
    name = {"TEXT": {"REGEX": _CAPITAL}, "LOWER": {"NOT_IN": no_name}}
    particle = {"LOWER": {"IN": list(words.lists["particle"])}, "OP": "{0,2}"}
    return {
        "Name": [name],
        "Full": [name, particle, name],
        "Word": [{"TEXT": {"REGEX": _WORD}, "LOWER": {"NOT_IN": no_name}}],
        "Initial": [{"TEXT": {"REGEX": _INITIAL}}],
        "Initials": [{"TEXT": {"REGEX": _INITIALS}}],
        "Number": [{"TEXT": {"REGEX": _HOUSE}}],
    }


def _ways(phrase: str, words: PersonalWords, shapes: dict[str, Pattern]) -> Iterator[Pattern]:
    """``phrase`` as patterns of spaCy's Matcher."""
    for way in product(*(_part(part, words, shapes) for part in phrase.split())):
        yield [token for tokens in way for token in tokens]


def _part(part: str, words: PersonalWords, shapes: dict[str, Pattern]) -> list[Pattern]:
    shape = shapes.get(part.removesuffix("?"))
    if shape is None and part[0].isupper():
        raise ValueError(f"'{part}' stands for nothing; these do: {', '.join(shapes)}")
    if shape is None:
        return patterns(part, words.lists)
    return [[{**token, "OP": "?"} for token in shape]] if part.endswith("?") else [shape]
