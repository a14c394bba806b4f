"""A second opinion on danger: what the danger model reads is weighed with what the topic classifier thinks.

The two err in different places: the classifier knows the topics that danger is told beside, the danger model the tense,
the "if" and the "not". The chances each of them gives are averaged as log odds, so that a sure one outweighs an unsure one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, logit

from trialog.content.deployment import Deployment
from trialog.content.model import DANGER
from trialog.nlu.danger.model import DangerModel
from trialog.nlu.decider import Ranking, Thresholds, danger_share, decide, rank, without_danger
from trialog.nlu.prediction import set_prediction
from trialog.nlu.second_look import SecondLook

# No opinion is surer than this; else a rounding of 0.0 could never be outweighed.
SUREST = 0.999


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerReader(SecondLook):
    """Sets the probability of danger anew; stands after the topic classifier in the pipeline."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold`` as the classifier's; ``danger_threshold``: from it on danger wins over any other topic."""
        return {"threshold": 0.25, "danger_threshold": 0.35}

    def __init__(self, config: dict[str, Any], model: DangerModel) -> None:
        self._thresholds = Thresholds(config["threshold"], config["danger_threshold"])
        self._model = model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerReader:
        """A reader with the weights of this package: a training of topics does not change them."""
        return cls(config, DangerModel(Deployment.current().settings.models))

    def look(self, message: Message, text: str, ranking: Ranking) -> None:
        """Weigh the danger model's opinion with the ranking, and decide again."""
        (read,) = self._model.shares([text])
        weighed = with_opinion(ranking, dict(zip(DANGER, map(float, read[1:]), strict=True)))
        again = rank([name for name, _ in weighed], [share for _, share in weighed], self._thresholds)
        set_prediction(message, again, decide(again, self._thresholds))


def with_opinion(ranking: Ranking, opinion: dict[str, float]) -> Ranking:
    """``ranking`` with its probabilities of danger weighed with those of ``opinion``; adds up to 1 again."""
    old, own = danger_share(ranking), sum(opinion.values())
    danger = float(expit(np.mean(logit(np.clip([old, own], 1 - SUREST, SUREST)))))
    kinds = {name: share + opinion[name] for name, share in ranking if name in DANGER}
    whole = sum(kinds.values()) or 1.0
    harmless = [(name, share * (1 - danger)) for name, share in without_danger(ranking)]
    return [*harmless, *((name, share * danger / whole) for name, share in kinds.items())]
