"""Recognises the words the content explains, through typing errors, as entities ``word``."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Span

from trialog.content.deployment import Deployment
from trialog.content.model import Library
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher

ENTITY = "word"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class WordRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``word`` for every explained word in a message; its value is the word's id."""

    def __init__(self, library: Library) -> None:
        words = [word for study in library.studies.values() for word in library.words(study).values()]
        self._matcher = PhraseMatcher({word.id: word.spellings for word in words}, ANSWERS, exact={word.id: word.exact for word in words})

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> WordRecognizer:
        """A recogniser for the words of the whole content folder; a new study needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            found = [self._entity(span) for span in self._matcher.find(message.get("text") or "")]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    @staticmethod
    def _entity(span: Span) -> dict[str, Any]:
        return {"entity": ENTITY, "value": span.label_, "start": span.start_char, "end": span.end_char}
