"""What speaks for danger and against it: the opinion of a model trained for nothing else, and the phrases of the content.

The model is a second pass of an encoder, so it is not asked where the topics leave no doubt (docs/decisions/0023-a-tuned-encoder.md).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.nlu.danger.model import DangerModel, without_doubt
from trialog.nlu.danger.signs import DangerFinder
from trialog.nlu.evidence import TopicEvidence, get, put


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerRecognizer(GraphComponent, IntentClassifier):
    """Adds ``DangerEvidence`` to every message that has text; stands after the topics."""

    def __init__(self, model: DangerModel, finder: DangerFinder) -> None:
        self._model = model
        self.finder = finder

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerRecognizer:
        """A recogniser with the weights of this package and the phrases of the content folder: neither needs a training of topics."""
        deployment = Deployment.current()
        return cls(DangerModel(deployment.settings.models), DangerFinder(deployment.library.danger))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the evidence to each message."""
        for message in messages:
            text = message.get("text")
            if text:
                topics = get(message, TopicEvidence)
                opinion = without_doubt(topics.whole) if topics else None
                put(message, self.finder.evidence(text, opinion or self._model.opinions([text])[0]))
        return messages
