"""A second opinion on topics: where the classifier is in doubt, the encoder of all languages is asked, too.

They learned from the same lines and err in different places. docs/decisions/0023-a-tuned-encoder.md has what it brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from trialog.content.model import DANGER
from trialog.nlu.elsewhere.model import ElsewhereModel
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.evidence import FOREIGN

# Below this probability of the likeliest topic a second opinion is asked: one message in ten.
DOUBT = 0.8

# How much its log odds count beside those of the first.
WEIGHT = 0.5

# Danger has a second opinion of its own, and what is another language the second does not know.
FIRST_ALONE = (*DANGER, FOREIGN)

# What the first declines stays declined: an answer to another question is worse than none.
DECLINED = "out_of_scope/"

_LEAST = 1e-9


class Topics(Protocol):
    """What gives topics to texts."""

    @property
    def classes(self) -> Sequence[str]:
        """The topics, in the order of the columns."""

    def probabilities(self, texts: Sequence[str], vectors: Array | None = None) -> Array:
        """Shape (len(texts), len(classes)); each row sums to 1."""


class TwoOpinions:
    """The topics of the first opinion, or of both together where it is in doubt."""

    def __init__(self, first: Topics, second: ElsewhereModel) -> None:
        self._first, self._second = first, second
        self.classes = first.classes

    def probabilities(self, texts: Sequence[str], vectors: Array | None = None) -> Array:
        """As ``Topics.probabilities``."""
        rows = self._first.probabilities(texts, vectors)
        for row, text in zip(rows, texts, strict=True):
            likeliest = self.classes[int(row.argmax())]
            if row.max() < DOUBT and likeliest not in FIRST_ALONE and not likeliest.startswith(DECLINED):
                self._weigh(row, dict(self._second.topics(text)))
        return rows

    def _weigh(self, row: Array, second: dict[str, float]) -> None:
        """Share out in ``row``, in another way, what topics have that both know."""
        both = [place for place, name in enumerate(self.classes) if name in second and name not in FIRST_ALONE]
        shares = np.array([second[self.classes[place]] for place in both])
        odds = np.log(np.maximum(row[both], _LEAST)) + WEIGHT * np.log(np.maximum(shares, _LEAST))
        # The mean of both, so that two who waver are no surer than one.
        weighed = np.exp((odds - odds.max()) / (1 + WEIGHT))
        row[both] = row[both].sum() * weighed / weighed.sum()
