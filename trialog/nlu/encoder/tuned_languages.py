"""What the encoder of all languages was taught: upper layers that learned topics, acts and danger (``trialog.training.tuning``).

``scripts/tune-encoder languages`` writes ``tuned_languages.npz``: matrices as int8 with one scale an output, all else as 32-bit numbers.
docs/decisions/0022-other-languages.md has what it brought.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialog.nlu.encoder.arrays import MOST, Array, Weights
from trialog.nlu.encoder.base import Layer
from trialog.nlu.encoder.tuned import LINES

FILE = Path(__file__).parent / "tuned_languages.npz"

# The layers below stay as they were published: tuning takes half the time, and they know all languages alike.
FIRST_TUNED = 6

# A layer's arrays in the order in which PyTorch has them: query, key and value on top of each other, then these.
_ATTENDS = ("query", "key", "value")
_OTHERS = ("attention", "inner", "outer", "attention_norm", "outer_norm")
_NAMES = [f"{part}.{kind}" for part in ("attends", *_OTHERS) for kind in ("weight", "bias")]


def in_order(layer: Layer) -> list[Array]:
    """The arrays of a ``layer`` of the base model in that order."""
    attends = [np.concatenate([layer[f"{part}.{kind}"] for part in _ATTENDS]) for kind in ("weight", "bias")]
    return attends + [layer[f"{part}.{kind}"] for part in _OTHERS for kind in ("weight", "bias")]


def as_stored(number: int, arrays: Sequence[Array]) -> dict[str, NDArray[Any]]:
    """The ``arrays`` of a tuned layer, in that order, in the form and under the names in which the file keeps them."""
    stored: dict[str, NDArray[Any]] = {}
    for name, array in zip(_NAMES, arrays, strict=True):
        if array.ndim == 1:
            stored[f"{number}.{name}"] = array.astype(np.float32)
        else:
            scales = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-9).astype(np.float32) / MOST
            stored |= {f"{number}.{name}": np.round(array / scales).astype(np.int8), f"{number}.{name}.scales": scales}
    return stored


def tuned_layer(weights: Weights, number: int) -> Layer:
    """A layer out of the file's ``weights``, as ``BaseModel.layer`` gives it."""
    layer: Layer = {}
    for name in _NAMES:
        array = weights[f"{number}.{name}"]
        whole = array.astype(np.float32) * weights[f"{number}.{name}.scales"] if array.dtype == np.int8 else array
        part, _, kind = name.partition(".")
        if part == "attends":
            layer |= {f"{one}.{kind}": third for one, third in zip(_ATTENDS, np.split(whole, len(_ATTENDS)), strict=True)}
        else:
            layer[name] = whole
    return layer


def tuned_weights() -> Weights:
    """All arrays of the file that belong to a layer."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays if name != LINES}


def tuned_from() -> NDArray[np.uint32]:
    """The marks of the lines in other languages that it was tuned on."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return np.asarray(arrays[LINES])
