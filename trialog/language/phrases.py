"""Finds phrases of the content in what families type. spaCy's Matcher looks for them; no language model is needed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.util import filter_spans

from trialog.language.manner import EXACT, Manner, Token
from trialog.language.patterns import Lists, PatternMaker, Slots
from trialog.language.vocabulary import SharedMatcher

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
        self._matcher = SharedMatcher(manner.language, self._fill)

    def find(self, text: str) -> list[Span]:
        """What is found, in order of place, the longest first where phrases overlap; ``label_`` is the phrase's label."""
        if not self:
            return []
        nlp, matcher = self._matcher.pair()
        spans: list[Span] = filter_spans(matcher(self._manner.doc(nlp, text), as_spans=True))
        return spans

    def stand_in(self, text: str) -> bool:
        """True if one of the phrases stands in ``text``."""
        if not self:
            return False
        nlp, matcher = self._matcher.pair()
        return bool(matcher(self._manner.doc(nlp, text)))

    def labels_in(self, text: str) -> frozenset[str]:
        """The labels of all phrases that stand in ``text``, also where they overlap."""
        if not self:
            return frozenset()
        nlp, matcher = self._matcher.pair()
        return frozenset(nlp.vocab.strings[label] for label, _, _ in matcher(self._manner.doc(nlp, text)))

    def __bool__(self) -> bool:
        """False if there is nothing to look for, of which spaCy warns."""
        return any(self._patterns.values())

    def _add(self, maker: PatternMaker, phrases: Phrased) -> None:
        for label, texts in phrases.items():
            self._patterns.setdefault(label, []).extend(way for text in texts for way in maker.patterns(text))

    def _fill(self, matcher: Matcher) -> None:
        for label, patterns in self._patterns.items():
            if patterns:
                matcher.add(label, patterns)


def without_slips(spans: Iterable[Span], plain: Container[str]) -> list[Span]:
    """``spans`` without the single words that are themselves ``plain`` and no misspelt phrase: "either" is no "neither"."""
    return [span for span in spans if len(span) > 1 or span.text.lower() not in plain]


def stands_alone(span: Span, fillers: Container[str] = ()) -> bool:
    """True where a message holds nothing beside ``span`` but marks and ``fillers``."""
    return all(token.is_punct or token.lower_ in fillers for token in span.doc if not span.start <= token.i < span.end)
