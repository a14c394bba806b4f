"""What the encoder was taught: upper layers that learned topics, acts and danger together (``trialog.training.tuning``).

One sentence embedding, made for likeness of meaning, keeps too little of what families mean. ``scripts/tune-encoder topics``
writes ``tuned.npz``; docs/decisions/0023-a-tuned-encoder.md has what it brought.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trialog.nlu.encoder.arrays import Weights

FILE = Path(__file__).parent / "tuned.npz"

# The array of the file that is no layer: the marks (``lessons.marks_of``) of the lines it was tuned on.
LINES = "lines"


def tuned_layers() -> Weights:
    """The arrays that take the place of the encoder's own, by their names in its graph."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays if name != LINES}


def tuned_from() -> NDArray[np.uint32]:
    """The marks of all lines it was tuned on."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return np.asarray(arrays[LINES])
