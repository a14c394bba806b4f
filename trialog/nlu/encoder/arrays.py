"""The arrays that models are made of and give."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

# Arrays by their names in the model's graph.
Weights = Mapping[str, NDArray[Any]]

# Seven of eight bits: where a processor has no int8 dot product of its own, the sum of two products must fit 16 bits.
MOST = 63
