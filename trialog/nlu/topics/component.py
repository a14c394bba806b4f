"""The intent classifier of the pipeline, as a Rasa graph component.

Its classes are full retrieval intents (``ask/study_goal``); it sets the intent, the ranking, and the choice within
the retrieval intent in the form Rasa's own ResponseSelector uses, so that Rasa's rules and retrieval actions work
with it unchanged.
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
from trialog.content.model import DANGER
from trialog.language.sentences import questions_in
from trialog.nlu.decider import Ranking, Thresholds, decide, rank
from trialog.nlu.encoder import encoder
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.personal_data.component import ENTITY, PII, is_essentially_personal, without_personal_data
from trialog.nlu.prediction import set_prediction
from trialog.nlu.topics import model as topic_model
from trialog.nlu.topics.model import TopicModel

# Intents whose topics the content answers.
ANSWERED = ("ask/", "term/")

# What is answered although the message holds personal data, too.
BESIDE_PERSONAL_DATA = (*ANSWERED, "followup/", "elig_start", *DANGER)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Predicts the topic of a message, or ``nlu_fallback`` when no topic is likely enough."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold``: below it the best topic is not answered. ``danger_threshold``: from it on danger wins over any other
        topic. ``second_question_threshold``: from it on a second question in the message is answered, too.
        """
        return {"threshold": 0.25, "danger_threshold": 0.45, "second_question_threshold": 0.6}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, sentence_encoder: Encoder) -> None:
        self._config = config
        self._thresholds = Thresholds(config["threshold"], config["danger_threshold"])
        self._storage = storage
        self._resource = resource
        self._encoder = sentence_encoder
        self._model: TopicModel | None = None

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa train anew when the model's code or the encoder changed; by itself it looks at this class alone."""
        code = b"".join(Path(module.__file__ or "").read_bytes() for module in (encoder, topic_model))
        return hashlib.sha256(code + Deployment.current().settings.encoder.encode()).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicClassifier:
        """A new component, not trained yet."""
        return cls(config, model_storage, resource, Encoder.from_settings(Deployment.current().settings))

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> TopicClassifier:
        """The trained component out of ``model_storage``."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._model = TopicModel.load(folder, component._encoder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn every intent example, with its full retrieval intent as the class."""
        examples = training_data.intent_examples
        texts = [example.get("text") for example in examples]
        classes = [example.get("intent_response_key") or example.get("intent") for example in examples]
        vectors = KeptVectors(self._encoder, Deployment.current().settings.models).encode(texts)
        self._model = TopicModel(self._encoder).fit(texts, classes, vectors)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component of the pipeline reads predictions of training examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and response choice on every message that has text."""
        for message in messages:
            text = message.get("text")
            if text and self._model:
                ranking = self._heed_personal_data(message, text, self._rank(text, self._model))
                set_prediction(message, ranking, decide(ranking, self._thresholds))
                message.set("also_asked", self._also_asked(text, ranking, self._model), add_to_output=True)
        return messages

    def _also_asked(self, text: str, ranking: Ranking, model: TopicModel) -> list[str]:
        """The second study question of a message that holds two, as its class; else nothing."""
        questions = questions_in(text)
        if len(questions) < 2 or not ranking[0][0].startswith(ANSWERED):
            return []
        asked = [max(zip(row, model.classes, strict=True)) for row in model.probabilities(questions)]
        sure = {name: None for share, name in asked if share >= self._config["second_question_threshold"] and name.startswith(ANSWERED)}
        # Two sentences on one topic are one question, and more than two answers are a leaflet.
        return [name for name in sure if name != ranking[0][0]][:1] if len(sure) > 1 else []

    def _heed_personal_data(self, message: Message, text: str, ranking: Ranking) -> Ranking:
        """A question asked beside personal data is answered; personal data alone is told to be unneeded."""
        if not any(entity["entity"] == ENTITY for entity in message.get("entities", [])) or self._model is None:
            return ranking
        decision = decide(ranking, self._thresholds)
        if decision == PII:
            questions = questions_in(text_without := without_personal_data(text, message.get("entities"))) or [text_without]
            asked = self._rank(questions[-1], self._model)
            is_sure = asked[0][1] >= self._config["second_question_threshold"] and asked[0][0].startswith(BESIDE_PERSONAL_DATA)
            return asked if is_sure else ranking
        if is_essentially_personal(decision):
            return [(PII, 1.0), *((name, 0.0) for name, _ in ranking if name != PII)]
        return ranking

    def _rank(self, text: str, model: TopicModel) -> Ranking:
        (row,) = model.probabilities([text])
        return rank(model.classes, row, self._thresholds)
