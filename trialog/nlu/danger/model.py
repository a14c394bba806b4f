"""Tells danger from what only sounds like it: the sentence encoder with upper layers of its own, and three classes.

One sentence embedding, made for likeness of meaning, keeps too little of "now", "if", "was" and "not". So the upper
layers were trained on danger and its look-alikes (``trialog.training.tuning``); their weights stand in ``weights.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from trialog.content.model import DANGER
from trialog.nlu.encoder.arrays import Array, Weights
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.evidence import Ranking
from trialog.nlu.ranking import danger_share

WEIGHTS = Path(__file__).parent / "weights.npz"

HARMLESS = "harmless"
CLASSES = (HARMLESS, *DANGER)

# Arrays of the weights' file that are not layers of the encoder.
HEAD, BIAS, TRAINED_FROM = "head", "head_bias", "trained_from"


# Below it the topics leave no doubt that there is no danger: four of five harmless messages, and of 844 dangers nine, each with a sign.
DOUBT = 0.0003


class DangerModel:
    """Reads a message as harmless, an emergency or a crisis."""

    def __init__(self, cache: Path) -> None:
        """Load the model; ``cache`` is the folder in which a copy of the encoder with these layers is kept, made when missing.

        Raises ValueError if the weights do not belong to the installed encoder.
        """
        with np.load(WEIGHTS, allow_pickle=False) as arrays:
            self._head, self._bias = arrays[HEAD], arrays[BIAS]
            layers = layers_in(arrays)
        self._encoder = Encoder(cache=cache, weights=layers)

    def shares(self, texts: Sequence[str]) -> Array:
        """Shape (len(texts), 3), columns as in ``CLASSES``; each row sums to 1."""
        return np.asarray(softmax(self._encoder.encode(texts) @ self._head + self._bias, axis=1))

    def opinions(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text the probability of each class of danger."""
        return [dict(zip(DANGER, map(float, row[1:]), strict=True)) for row in self.shares(texts)]


def without_doubt(topics: Ranking) -> dict[str, float] | None:
    """What ``topics`` say of each class of danger if they leave no doubt that there is none; None where the model is to be asked.

    An opinion that agrees changes nothing.
    """
    return {name: share for name, share in topics if name in DANGER} if danger_share(topics) < DOUBT else None


def layers_in(weights: Weights) -> dict[str, NDArray[Any]]:
    """Those of the ``weights`` that take the place of the encoder's own."""
    return {name: weights[name] for name in weights if name not in (HEAD, BIAS, TRAINED_FROM)}


def trained_from() -> str:
    """The digest of the lines (``danger_lines.digest``) that the weights were trained on."""
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        return str(arrays[TRAINED_FROM])
