"""Reads a message in any language: multilingual-e5-small with tuned upper layers, and heads for the topic and for danger.

They learned from the vectors of lines in English and in the languages themselves (``trialog.training.elsewhere``), and stand in
``heads.npz`` with the numbers of the word pieces that are kept. Topic and kind of danger are regressions; whether there is danger at all
tells a support vector machine: how near a message is to dangers and to their look-alikes matters more than the side of a plane it lies on.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
from scipy.special import expit, softmax

from trialog.content.model import DANGER
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.multilingual import PREFIX, MultilingualEncoder, multilingual
from trialog.nlu.evidence import Ranking
from trialog.nlu.ranking import by_share
from trialog.operation.memory import give_memory_back

HEADS = Path(__file__).parent / "heads.npz"

HARMLESS = "harmless"
DANGER_CLASSES = (HARMLESS, *DANGER)

# Arrays of the file: the kept pieces, the mean of all vectors, weights (one row a number of the vector, the last the intercepts); of the
# machine for danger its support vectors with their weights, and its numbers: gamma, intercept, and slope and shift to log odds.
KEPT, MEAN, TOPICS, TOPIC_HEAD, DANGER_HEAD, TRAINED_FROM = "kept", "mean", "topics", "topic_head", "danger_head", "trained_from"
SUPPORT, SUPPORT_WEIGHTS, NUMBERS = "support", "support_weights", "numbers"


@functools.cache  # other languages are read by it, and doubtful topics in English
def elsewhere_model(cache: Path) -> ElsewhereModel:
    """The one model of this process, its encoder kept in the folder ``cache``."""
    return ElsewhereModel(cache)


class ElsewhereModel:
    """Gives the topics and the danger of a text in any of the languages."""

    def __init__(self, cache: Path) -> None:
        """``cache`` is the folder in which the encoder is kept, put together when missing."""
        with np.load(HEADS, allow_pickle=False) as arrays:
            kept, self._mean = arrays[KEPT].astype(np.int64), arrays[MEAN]
            self._topics, self._topic_head, self._danger_head = arrays[TOPICS].tolist(), arrays[TOPIC_HEAD], arrays[DANGER_HEAD]
            self._danger = DangerMachine(arrays[SUPPORT].astype(np.float32), arrays[SUPPORT_WEIGHTS], arrays[NUMBERS])
        # Not with the first message that needs it: that may be a cry for help.
        self._encoder = MultilingualEncoder(multilingual(cache, kept))
        give_memory_back()

    def read(self, text: str) -> tuple[Ranking, dict[str, float]]:
        """The topics of ``text``, the likeliest first, and the probability of each class of danger."""
        vector = self._vector(text)
        (kinds,) = shares(vector, self._danger_head)
        danger = self._danger.share(vector[0]) * kinds[1:] / kinds[1:].sum()
        return self._ranking(vector), dict(zip(DANGER, map(float, danger), strict=True))

    def topics(self, text: str) -> Ranking:
        """The topics of ``text``, the likeliest first."""
        return self._ranking(self._vector(text))

    def _vector(self, text: str) -> Array:
        return np.asarray(self._encoder.encode([PREFIX + text]) - self._mean)

    def _ranking(self, vector: Array) -> Ranking:
        (topics,) = shares(vector, self._topic_head)
        return by_share(list(zip(self._topics, map(float, topics), strict=True)))


class DangerMachine:
    """A support vector machine with radial kernel: danger, or anything else."""

    def __init__(self, support: Array, weights: Array, numbers: Array) -> None:
        """``support`` has a row a support vector, ``weights`` one weight each; ``numbers`` as the file has them."""
        self._support, self._weights = support, weights
        self._gamma, self._intercept, self._slope, self._shift = map(float, numbers)
        self._squares = np.einsum("ij,ij->i", support, support)

    def share(self, vector: Array) -> float:
        """The probability of danger, for a vector as the encoder gives it less the mean."""
        distances = self._squares - 2 * (self._support @ vector) + vector @ vector
        decision = np.exp(-self._gamma * distances) @ self._weights + self._intercept
        return float(expit(self._slope * decision + self._shift))


def shares(vectors: Array, head: Array) -> Array:
    """Probabilities of the classes, one row a vector; the last row of ``head`` are the intercepts."""
    return np.asarray(softmax(vectors @ head[:-1] + head[-1], axis=1))


def trained_from() -> str:
    """The digest of the lines that the heads were trained on."""
    with np.load(HEADS, allow_pickle=False) as arrays:
        return str(arrays[TRAINED_FROM])
