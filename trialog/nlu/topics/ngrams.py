"""Parts of words and of lines, and what each weighs in a text: what scikit-learn's ``TfidfVectorizer`` learned, read without it.

scikit-learn takes 45 MB of a server, and a tenth of a millisecond a call beside the work; it is loaded where something is learned.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trialog.nlu.encoder.arrays import Array

Cut = Callable[[str], Iterator[str]]

# Characters of a part of a word, from and to.
SHORTEST, LONGEST = 2, 5

_WORD = re.compile(r"\b\w\w+\b")


def parts_of_words(text: str) -> Iterator[str]:
    """Parts of the words of ``text``, a gap at either end among them; of a word that is shorter than a part, the word once."""
    for word in text.lower().split():
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            yield padded[:length]
            if len(padded) <= length:
                break
            yield from (padded[start : start + length] for start in range(1, len(padded) - length + 1))


def words_and_pairs(text: str) -> Iterator[str]:
    """The words of ``text`` that have two letters or more, and each with the next."""
    words = _WORD.findall(text.lower())
    yield from words
    yield from map(" ".join, pairwise(words))


class Ngrams:
    """Known parts with the weight of each; the rarer it is among the lines that were learned, the more it weighs."""

    def __init__(self, cut: Cut, known: Sequence[str], weights: NDArray[np.float64]) -> None:
        """``cut`` gives the parts of a text; of these the ``known`` count."""
        self._cut = cut
        self._places = {name: place for place, name in enumerate(known)}
        self.weights = weights

    def __len__(self) -> int:
        return len(self._places)

    @property
    def known(self) -> list[str]:
        """The parts, in the order of their weights."""
        return list(self._places)

    def shares(self, text: str) -> tuple[NDArray[np.intp], Array]:
        """The places of the known parts in ``text``, and the share of each, so that their squares sum to 1."""
        counts = Counter(place for part in self._cut(text) if (place := self._places.get(part)) is not None)
        places = np.array(sorted(counts), dtype=np.intp)
        # What stands there twice tells more than once, and less than twice as much.
        often = np.array([1.0 + math.log(counts[place]) for place in places.tolist()])
        weighed = often * self.weights[places]
        return places, (weighed / (np.sqrt(weighed @ weighed) or 1.0)).astype(np.float32)
