"""Reads what is said of any study as the training lines say it of theirs: "does the wrist band hurt" as "does the drug hurt"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator

from spacy.tokens import Span

from trialog.content.model import Study
from trialog.content.subject import Tests
from trialog.language.heard import Heard
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher

# What the lines call a study, what it tests, what kind of thing that is, and its disease.
_SAID = {"study": "study", "tested": "drug", "kind": "drug", "disease": "leukemia"}

# Behind one of these a thing has no other article; a disease has none at all.
_ARTICLES = frozenset(["the", "a", "an", "this", "that", "these", "my", "our", "his", "her", "their", "your", "its", "no", "any"])

_WORD = re.compile(r"\w+")


class Spoken:
    """The names of one study that no line speaks of, and what lines say in their place."""

    def __init__(self, study: Study, known: Container[str]) -> None:
        """``known`` are the words of the lines."""
        called = study.called
        names = {"study": called.study, "tested": called.tested, "kind": [*_kinds(study)], "disease": called.disease}
        self._known = known
        self._names = PhraseMatcher(names, ANSWERS)
        told = (spelling for word in study.words.values() for spelling in (*word.spellings, *word.exact))
        # Its words that no line has are no slips, either.
        self.words = frozenset(word for name in (*itertools.chain(*names.values()), *told) for word in _WORD.findall(name.lower()))
        self._heard = Heard(name for ways in names.values() for name in ways)

    def has(self, text: str) -> bool:
        """True if one of the names stands in ``text``."""
        return self._names.stand_in(text)

    def as_lines_say(self, text: str) -> str:
        """``text`` with each such name as the lines would say it."""
        text = self._heard.mended(text)
        spans = [span for span in self._names.find(text) if self._is_foreign(span)]
        if not spans:
            return text
        whole, pieces, place = spans[0].doc.text, [], 0
        for span in spans:
            pieces += [whole[place : span.start_char], _said(span)]
            place = span.end_char
        return "".join([*pieces, whole[place:]])

    def _is_foreign(self, span: Span) -> bool:
        """True for a name with a word that no line has; the lines speak of drugs, so any other kind of thing is one to them."""
        return span.label_ == "kind" or not all(word in self._known for word in _WORD.findall(span.text.lower()))


def _kinds(study: Study) -> Iterator[str]:
    """What a study tests, in a word, if that is no drug: "device", "wrist band", "band"."""
    if study.tested.kind != Tests.DRUG:
        yield study.tested.kind.value
        if study.tested.name:
            yield study.tested.name
            yield study.tested.name.split()[-1]


def _said(span: Span) -> str:
    before = span.doc[span.start - 1].lower_ if span.start else ""
    word = _SAID[span.label_]
    return word if span.label_ == "disease" or before in _ARTICLES else f"the {word}"
