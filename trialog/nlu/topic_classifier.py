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

from trialog.nlu import encoder, topic_model
from trialog.nlu.decision import FALLBACK, Ranking, Thresholds, decide, rank
from trialog.nlu.encoder import Encoder
from trialog.nlu.sentences import questions_in
from trialog.nlu.topic_model import TopicModel
from trialog.settings import Settings

# Intents whose topics the content answers.
ANSWERED = ("ask/", "term/")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Predicts the topic of a message, or ``nlu_fallback`` when no topic is likely enough."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold``: below it the best topic is not answered. ``danger_threshold``: from it on danger wins over any other
        topic. ``second_question_threshold``: from it on a second question in the message is answered, too.
        ``ranking_length``: how many topics are reported.
        """
        return {"threshold": 0.25, "danger_threshold": 0.3, "second_question_threshold": 0.6, "ranking_length": 10}

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
        return hashlib.sha256(code + Settings.from_environment().encoder.encode()).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicClassifier:
        """A new component, not trained yet."""
        return cls(config, model_storage, resource, Encoder.from_settings(Settings.from_environment()))

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
        self._model = TopicModel(self._encoder).fit(
            [example.get("text") for example in examples],
            [example.get("intent_response_key") or example.get("intent") for example in examples],
        )
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
                ranking = self._rank(text, self._model)
                self._set(message, ranking)
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

    def _rank(self, text: str, model: TopicModel) -> Ranking:
        (row,) = model.probabilities([text])
        return rank(model.classes, row, self._thresholds)

    def _set(self, message: Message, ranking: Ranking) -> None:
        confidence = ranking[0][1]
        intent_ranking = _by_intent(ranking)
        decision = decide(ranking, self._thresholds)
        choice = {"name": decision.partition("/")[0], "confidence": 1 - confidence if decision == FALLBACK else confidence}
        if decision == FALLBACK:
            intent_ranking.insert(0, choice)
        message.set("intent", choice, add_to_output=True)
        message.set("intent_ranking", intent_ranking, add_to_output=True)
        reported = _reported(ranking, self._config["ranking_length"], message.get("entities", []))
        message.set("response_selector", _response_selector(reported), add_to_output=True)


def _by_intent(ranking: Ranking) -> list[dict[str, Any]]:
    """The topics' probabilities summed up by intent, as Rasa reports a ranking."""
    shares: dict[str, float] = {}
    for name, share in ranking:
        intent = name.partition("/")[0]
        shares[intent] = shares.get(intent, 0.0) + share
    return [{"name": name, "confidence": share} for name, share in sorted(shares.items(), key=lambda pair: -pair[1])]


def _reported(ranking: Ranking, length: int, entities: list[dict[str, Any]]) -> Ranking:
    """The first ``length`` of the ranking, and the words that the message names, wherever they stand in it."""
    named = {f"term/{entity['value']}" for entity in entities if entity["entity"] == "word"}
    return ranking[:length] + [pair for pair in ranking[length:] if pair[0] in named]


def _response_selector(ranking: Ranking) -> dict[str, Any]:
    """The output of Rasa's ResponseSelector for the best topic, with the other topics as its ranking."""
    best, confidence = ranking[0]
    return {
        "all_retrieval_intents": sorted({name.partition("/")[0] for name, _ in ranking if "/" in name}),
        "default": {
            "response": {"intent_response_key": best, "confidence": confidence, "utter_action": f"utter_{best}", "responses": []},
            "ranking": [{"intent_response_key": name, "confidence": share} for name, share in ranking],
        },
    }
