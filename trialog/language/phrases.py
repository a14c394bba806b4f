"""Finds phrases of the content in what families type. spaCy's Matcher looks for them; no language model is needed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from trialog.language.manner import EXACT, Manner, Token
from trialog.language.patterns import Lists, PatternMaker, Slots
from trialog.language.sieve import Sieve
from trialog.language.vocabulary import OnVocabulary

Phrased = Mapping[str, Iterable[str]]


class PhraseMatcher:
    """Some phrases by label, written in the notation of notation.py, to be found in texts read in one manner."""

    def __init__(
        self, phrases: Phrased, manner: Manner, lists: Lists | None = None, slots: Slots | None = None, exact: Phrased | None = None
    ) -> None:
        """``exact`` phrases are looked for letter by letter. Raises PhraseError for a phrase that is misspelt or never matches."""
        self._manner = manner
        self._patterns: dict[str, list[list[Token]]] = {}
        self._add(PatternMaker(manner, lists, slots), phrases)
        self._add(PatternMaker(EXACT), exact or {})
        self._sieve = OnVocabulary(manner.language, partial(Sieve, patterns=self._patterns))

    def find(self, text: str) -> list[Span]:
        """What is found, in order of place, the longest first where phrases overlap; ``label_`` is the phrase's label."""
        # Of two phrases that are as long the first one counts.
        spans: list[Span] = filter_spans(span for doc, matcher in self._matchers(text) for span in matcher(doc, as_spans=True))
        return spans

    def stand_in(self, text: str) -> bool:
        """True if one of the phrases stands in ``text``."""
        return any(matcher(doc) for doc, matcher in self._matchers(text))

    def labels_in(self, text: str) -> frozenset[str]:
        """The labels of all phrases that stand in ``text``, also where they overlap."""
        return frozenset(doc.vocab.strings[label] for doc, matcher in self._matchers(text) for label, _, _ in matcher(doc))

    def _matchers(self, text: str) -> Iterator[tuple[Doc, Matcher]]:
        """``text`` as it is read, with each matcher that may find something in it."""
        if self:
            nlp, sieve = self._sieve.pair()
            doc = self._manner.doc(nlp, text)
            yield from ((doc, matcher) for matcher in sieve.matchers_for(doc))

    def __bool__(self) -> bool:
        """False if there is nothing to look for, of which spaCy warns."""
        return any(self._patterns.values())

    def _add(self, maker: PatternMaker, phrases: Phrased) -> None:
        for label, texts in phrases.items():
            self._patterns.setdefault(label, []).extend(way for text in texts for way in maker.patterns(text))


def without_slips(spans: Iterable[Span], plain: Container[str]) -> list[Span]:
    """``spans`` without the single words that are themselves ``plain`` and no misspelt phrase: "either" is no "neither"."""
    return [span for span in spans if len(span) > 1 or span.text.lower() not in plain]


def stands_alone(span: Span, fillers: Container[str] = ()) -> bool:
    """True where a message holds nothing beside ``span`` but marks and ``fillers``."""
    return all(token.is_punct or token.lower_ in fillers for token in span.doc if not span.start <= token.i < span.end)
