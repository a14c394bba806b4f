"""Training lines held out by voice: one author's lines are alike, so a random split would flatter the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from trialog.training.examples import Example

# With five, nearly all lines in other languages are held out together.
FOLDS = 4

Places = NDArray[np.int64]


def folds(examples: Sequence[Example], count: int) -> Iterator[tuple[Places, Places]]:
    """The places of the lines to learn from and of those held out, ``count`` times; a voice is on one side only.

    Voices that speak of the same classes go to different folds as far as can be: were all that write of danger held out
    together, they would be read by a model that has hardly heard of it.
    """
    labels, voices = [example.label for example in examples], [example.voice for example in examples]
    yield from StratifiedGroupKFold(count).split(labels, labels, voices)
