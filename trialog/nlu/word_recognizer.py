"""Recognises the words the content explains, through typing errors, as entities ``word``.

A blank English spaCy pipeline (no downloaded model) matches every spelling in the content token by token; words of six
letters and more may have typing errors (spaCy's FUZZY).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.util import filter_spans

from trialog.content.load import load_library
from trialog.content.model import Library, Word
from trialog.settings import Settings

# Shorter words turn into other English words with a single typing error ("phase" -> "phrase").
SHORTEST_FUZZY = 6

# From this length on two errors are allowed: two swapped letters count as two.
SHORTEST_VERY_FUZZY = 8

ENTITY = "word"


class WordMatcher:
    """Finds the words of a library in a text."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._nlp = spacy.blank("en")
        self._matcher = Matcher(self._nlp.vocab)
        for word in words:
            fuzzy = [[self._token(token.text) for token in self._nlp.make_doc(spelling)] for spelling in word.spellings]
            exact = [[{"TEXT": token.text} for token in self._nlp.make_doc(spelling)] for spelling in word.exact]
            self._matcher.add(word.id, fuzzy + exact)

    def find(self, text: str) -> list[Span]:
        """Matches in order of place, the longest first where they overlap; ``label_`` is the word's id."""
        spans: list[Span] = filter_spans(self._matcher(self._nlp(text), as_spans=True))
        return spans

    @staticmethod
    def _token(text: str) -> dict[str, Any]:
        lower = text.lower()
        if len(lower) < SHORTEST_FUZZY or not lower.isalpha():
            return {"LOWER": lower}
        return {"LOWER": {"FUZZY2" if len(lower) >= SHORTEST_VERY_FUZZY else "FUZZY1": lower}}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class WordRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``word`` for every explained word in a message; its value is the word's id."""

    def __init__(self, library: Library) -> None:
        studies = library.studies.values()
        words = {word.id: word for study in studies for word in library.words(study).values()}
        self._matcher = WordMatcher(words.values())

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> WordRecognizer:
        """A recogniser for the words of the whole content folder; a new study needs no training."""
        return cls(load_library(Settings.from_environment().content))

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            found = [self._entity(span) for span in self._matcher.find(message.get("text") or "")]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    @staticmethod
    def _entity(span: Span) -> dict[str, Any]:
        return {"entity": ENTITY, "value": span.label_, "start": span.start_char, "end": span.end_char}
