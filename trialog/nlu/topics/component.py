"""The topic classifier of the pipeline, as a Rasa graph component.

Its classes are full retrieval intents (``ask/study_goal``). It sets no intent: it says how likely each topic is.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
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
from trialog.language.spelling import Spelling
from trialog.nlu.at_hand import ForStudies
from trialog.nlu.elsewhere.model import elsewhere_model
from trialog.nlu.encoder import encoder
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.encoder.tuned import FILE
from trialog.nlu.evidence import MEANS, Embedding, PersonalEvidence, get, moment_of, put
from trialog.nlu.topics import model as topic_model
from trialog.nlu.topics.meanings import asked_meaning
from trialog.nlu.topics.model import TopicModel
from trialog.nlu.topics.reading import rankings
from trialog.nlu.topics.second_opinion import Topics, TwoOpinions
from trialog.nlu.topics.spelt import read_as_meant, spelling_of
from trialog.nlu.topics.spoken import Spoken
from trialog.nlu.words import ENTITY as WORD


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Adds ``TopicEvidence`` to every message that has text; stands after the recognition of personal data."""

    def __init__(self, storage: ModelStorage, resource: Resource, sentence_encoder: Encoder) -> None:
        self._storage = storage
        self._resource = resource
        self._encoder = sentence_encoder
        self._model: Topics | None = None
        self._spoken: ForStudies[Spoken] | None = None
        self._spelling: Spelling | None = None

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa train anew when the model's code or the encoder changed; by itself it looks at this class alone."""
        code = encoder.code() + Path(topic_model.__file__).read_bytes()
        return hashlib.sha256(code + FILE.read_bytes() + Deployment.current().settings.encoder.encode()).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicClassifier:
        """A new component, not trained yet."""
        return cls(model_storage, resource, Encoder.from_settings(Deployment.current().settings))

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> TopicClassifier:
        """The trained component out of ``model_storage``."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            model = TopicModel.load(folder, component._encoder)
        component._model = TwoOpinions(model, elsewhere_model(Deployment.current().settings.models))
        component._spelling = spelling_of(model)
        words = model.words
        component._spoken = ForStudies(lambda study: Spoken(study, words), Deployment.current().library)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn every intent example, with its full retrieval intent as the class."""
        lines = [
            (example.get("text"), example.get("intent_response_key") or example.get("intent")) for example in training_data.intent_examples
        ]
        # What a message does is learned by another component.
        texts, classes = zip(*((text, label) for text, label in lines if moment_of(label) is None), strict=True)
        vectors = KeptVectors(self._encoder, Deployment.current().settings.models).encode(texts)
        learned = TopicModel(self._encoder).fit(texts, classes, vectors)
        with self._storage.write_to(self._resource) as folder:
            learned.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component of the pipeline reads predictions of training examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the evidence to each message."""
        for message in messages:
            text = message.get("text")
            if text and self._model and self._spoken and self._spelling:
                personal = get(message, PersonalEvidence) or PersonalEvidence((), text)
                spoken = self._spoken.at_hand(message)[1]
                text = spoken.as_lines_say(text)
                embedding = Embedding(self._encoder.encode([text]))
                put(message, embedding)
                topics = read_as_meant(self._model, self._spelling, text, personal, embedding.vectors, spoken.words)
                put(message, replace(topics, meaning=self._meaning(message)))
        return messages

    def _meaning(self, message: Message) -> tuple[str, float] | None:
        """Whether the message asks after a word that no line explains."""
        model, spoken = self._model, self._spoken
        if model is None or spoken is None:
            return None
        _, names = spoken.at_hand(message)
        found = [entity for entity in message.get("entities", []) if entity["entity"] == WORD]
        text = message.get("text")
        # The lines explain a study, a drug and a disease, too.
        foreign = [entity for entity in found if f"{MEANS}{entity['value']}" not in model.classes]
        own = [entity for entity in foreign if not names.has(text[entity["start"] : entity["end"]])]
        return asked_meaning(text, own, lambda texts: rankings(model, [*map(names.as_lines_say, texts)]))
