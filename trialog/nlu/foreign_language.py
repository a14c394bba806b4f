"""Says in which language the reply should be, after the decision.

An entity ``language`` (ISO 639-1) fills the slot of that name, and the slot chooses the reply's variation.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER
from trialog.nlu.decider import Decision
from trialog.nlu.elsewhere.language import ENGLISH
from trialog.nlu.evidence import ElsewhereEvidence, get

ENTITY = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageIdentifier(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``language`` to every message in another language, and to danger in English; stands after the decider."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageIdentifier:
        """A component without parts of its own."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entity to the messages it concerns."""
        for message in messages:
            decision, elsewhere = get(message, Decision), get(message, ElsewhereEvidence)
            # The slot still holds the language of an earlier message, and danger has replies in many.
            if decision and (elsewhere or decision.topic in DANGER):
                language = elsewhere.language if elsewhere else ENGLISH
                found = [{"entity": ENTITY, "value": language, "start": 0, "end": len(message.get("text"))}]
                message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages
