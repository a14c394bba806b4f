"""Reads what is not in English, before it is decided."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.nlu.elsewhere.language import Languages
from trialog.nlu.elsewhere.model import ElsewhereModel, elsewhere_model
from trialog.nlu.elsewhere.reading import read_elsewhere
from trialog.nlu.evidence import TopicEvidence, get, put


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ElsewhereReader(GraphComponent, IntentClassifier):
    """Adds ``ElsewhereEvidence`` to every message that seems to be in another language; stands after the topics."""

    def __init__(self, model: ElsewhereModel, languages: Languages) -> None:
        self._model = model
        self._languages = languages

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ElsewhereReader:
        """A reader with the heads of this package."""
        return cls(elsewhere_model(Deployment.current().settings.models), Languages())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the evidence to the messages it concerns."""
        for message in messages:
            topics = get(message, TopicEvidence)
            found = read_elsewhere(message.get("text"), topics, self._model, self._languages) if topics else None
            if found:
                put(message, found)
        return messages
