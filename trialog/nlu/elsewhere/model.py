"""Reads a message in another language: multilingual-e5-small as published, with one head for the topic and one for danger.

The heads are regressions on the vectors of lines in English and in the languages themselves (``trialog.training.elsewhere``); they stand
in ``heads.npz`` with the numbers of the word pieces that are kept.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.special import softmax

from trialog.content.model import DANGER
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.multilingual import PREFIX, MultilingualEncoder, multilingual
from trialog.nlu.evidence import Ranking
from trialog.nlu.ranking import by_share
from trialog.operation.memory import give_memory_back

HEADS = Path(__file__).parent / "heads.npz"

HARMLESS = "harmless"
DANGER_CLASSES = (HARMLESS, *DANGER)

# Arrays of the file: the kept pieces, the mean of all vectors, weights (one row a number of the vector, the last the intercepts).
KEPT, MEAN, TOPICS, TOPIC_HEAD, DANGER_HEAD, TRAINED_FROM = "kept", "mean", "topics", "topic_head", "danger_head", "trained_from"


class ElsewhereModel:
    """Gives the topics and the danger of a text in any of the languages."""

    def __init__(self, cache: Path) -> None:
        """``cache`` is the folder in which the encoder is kept, put together when missing."""
        with np.load(HEADS, allow_pickle=False) as arrays:
            kept, self._mean = arrays[KEPT].astype(np.int64), arrays[MEAN]
            self._topics, self._topic_head, self._danger_head = arrays[TOPICS].tolist(), arrays[TOPIC_HEAD], arrays[DANGER_HEAD]
        # Not with the first message that needs it: that may be a cry for help.
        self._encoder = MultilingualEncoder(multilingual(cache, kept))
        give_memory_back()

    def read(self, text: str) -> tuple[Ranking, dict[str, float]]:
        """The topics of ``text``, the likeliest first, and the probability of each class of danger."""
        vector = self._encoder.encode([PREFIX + text]) - self._mean
        (topics,), (dangers,) = shares(vector, self._topic_head), shares(vector, self._danger_head)
        ranking = by_share(list(zip(self._topics, map(float, topics), strict=True)))
        return ranking, dict(zip(DANGER, map(float, dangers[1:]), strict=True))


def shares(vectors: Array, head: Array) -> Array:
    """Probabilities of the classes, one row a vector; the last row of ``head`` are the intercepts."""
    return np.asarray(softmax(vectors @ head[:-1] + head[-1], axis=1))


def trained_from() -> str:
    """The digest of the lines that the heads were trained on."""
    with np.load(HEADS, allow_pickle=False) as arrays:
        return str(arrays[TRAINED_FROM])
