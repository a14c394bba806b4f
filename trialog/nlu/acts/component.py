"""The recogniser of speech acts, as a Rasa graph component.

Its classes are the intents below data/acts (``in_danger/alone``, ``talk/again``). It sets no intent: what a short message
means hangs on what was said before, which only the rules and actions know.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from trialog.content.deployment import Deployment
from trialog.nlu.acts import reading
from trialog.nlu.acts.reading import ActModel
from trialog.nlu.encoder import encoder
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.encoder.tuned import FILE
from trialog.nlu.evidence import SAFETY, ActEvidence, Embedding, get, put
from trialog.nlu.topics import model as topic_model

# How many acts of a moment are reported.
_REPORTED = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActRecognizer(GraphComponent, IntentClassifier):
    """Adds ``ActEvidence`` to every message that has text, and reports it in the output as ``acts``."""

    def __init__(self, storage: ModelStorage, resource: Resource, sentence_encoder: Encoder) -> None:
        self._storage = storage
        self._resource = resource
        self._encoder = sentence_encoder
        self._model: ActModel | None = None

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa train anew when the model's code or the encoder changed; by itself it looks at this class alone."""
        code = encoder.code() + b"".join(Path(module.__file__ or "").read_bytes() for module in (reading, topic_model))
        return hashlib.sha256(code + FILE.read_bytes() + Deployment.current().settings.encoder.encode()).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ActRecognizer:
        """A new component, not trained yet."""
        return cls(model_storage, resource, Encoder.from_settings(Deployment.current().settings))

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> ActRecognizer:
        """The trained component out of ``model_storage``."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._model = ActModel.load(folder, component._encoder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the acts of each moment."""
        examples = training_data.intent_examples
        texts = [example.get("text") for example in examples]
        labels = [example.get("intent_response_key") or example.get("intent") for example in examples]
        self._model = ActModel(self._encoder).fit(texts, labels, KeptVectors(self._encoder, Deployment.current().settings.models))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component of the pipeline reads predictions of training examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the evidence to each message."""
        for message in messages:
            text = message.get("text")
            if text and self._model:
                known = get(message, Embedding)
                evidence = self._model.read(text, known.vectors if known else None, by_steps=not _is_calm(message))
                put(message, evidence)
                message.set("acts", reported(evidence), add_to_output=True)
        return messages


def _is_calm(message: Message) -> bool:
    """True in a conversation that is known to have had no reply on danger: what each step of a message does is asked after danger alone."""
    return (message.get("metadata") or {}).get(SAFETY) == ""


def reported(evidence: ActEvidence) -> dict[str, Any]:
    """The likeliest acts by moment, and the acts of its steps, as plain data."""
    likely = {moment: [[name, share] for name, share in ranking[:_REPORTED]] for moment, ranking in evidence.whole.items()}
    return {**likely, "steps": [[name, share] for name, share in (ranking[0] for ranking in evidence.steps)]}
