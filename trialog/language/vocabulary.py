"""spaCy's vocabulary: shared by everything that looks for phrases, and made anew before it remembers too much.

spaCy keeps every word it has ever read. Families' words must not stay, nor may memory grow with them; and one vocabulary for
all takes a tenth of the time to make that each its own takes (measured: 0.3 s in place of 3 s for the shipped content).
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import spacy
from spacy.language import Language
from spacy.vocab import Vocab

Made = TypeVar("Made")

# Words that a vocabulary may remember beyond those of its language; ours are among them. They take 8 MB.
WORDS_REMEMBERED = 10_000


def pipeline(language: str) -> Language:
    """The blank pipeline of ``language`` as it is now."""
    return _vocabulary(language).nlp


class OnVocabulary(Generic[Made]):
    """What ``make`` makes on the shared vocabulary of a language, each time that is made anew."""

    def __init__(self, language: str, make: Callable[[Vocab], Made]) -> None:
        self._make = make
        self._vocabulary = _vocabulary(language)
        self._vocabulary.add(self)

    def renew(self, nlp: Language) -> None:
        """Have it made for ``nlp``."""
        self._pair = nlp, self._make(nlp.vocab)

    def pair(self) -> tuple[Language, Made]:
        """The pipeline and what was made on it, to be used together: another message may have both made anew meanwhile."""
        self._vocabulary.forget()
        return self._pair


class _Vocabulary:
    """The pipeline of a language, and what was made on it."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._made: weakref.WeakSet[OnVocabulary[Any]] = weakref.WeakSet()
        self._making = threading.RLock()
        self._begin()

    def add(self, made: OnVocabulary[Any]) -> None:
        with self._making:
            self._made.add(made)
            made.renew(self.nlp)

    def forget(self) -> None:
        """Make it anew if it remembers too many words."""
        if len(self.nlp.vocab.strings) <= self._most:
            return
        with self._making:
            if len(self.nlp.vocab.strings) > self._most:
                self._begin()
                for made in self._made:
                    made.renew(self.nlp)

    def _begin(self) -> None:
        self.nlp = spacy.blank(self._language)
        self._most = len(self.nlp.vocab.strings) + WORDS_REMEMBERED


_vocabularies: dict[str, _Vocabulary] = {}
_first = threading.Lock()


def _vocabulary(language: str) -> _Vocabulary:
    with _first:
        if language not in _vocabularies:
            _vocabularies[language] = _Vocabulary(language)
        return _vocabularies[language]
