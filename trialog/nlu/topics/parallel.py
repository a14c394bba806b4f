"""A matrix of embeddings and n-grams whose products are worked out on all processors, for the solver of the logistic regression."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

PROCESSORS = os.cpu_count() or 1

# How the work is cut does not hang on the number of processors, so what is learned does not either.
ROWS, COLUMNS = 2_048, 96

Numbers = NDArray[Any]


class ParallelMatrix(csr_matrix):
    """As ``csr_matrix``; columns on the left in which no row is empty are multiplied as the dense matrix they are.

    scikit-learn takes sparse matrices as they are or dense ones; ours are both, and as sparse ones take three times as long.
    """

    @cached_property
    def _parts(self) -> tuple[Numbers, csr_matrix]:
        """The full columns on the left, and all others."""
        matrix = csr_matrix(self)
        filled = np.bincount(matrix.indices, minlength=matrix.shape[1]) == matrix.shape[0]
        full = matrix.shape[1] if filled.all() else int(np.argmin(filled))
        return matrix[:, :full].toarray(), matrix[:, full:]

    @cached_property
    def _transposed(self) -> csr_matrix:
        return self._parts[1].T.tocsr()

    def __matmul__(self, dense: Numbers) -> Numbers:
        """``self @ dense``."""
        full, others = self._parts
        upper, lower = dense[: full.shape[1]], np.ascontiguousarray(dense[full.shape[1] :])
        return np.concatenate(_each(lambda rows: full[rows] @ upper + others[rows] @ lower, _slices(full.shape[0], ROWS)))

    def __rmatmul__(self, dense: Numbers) -> Numbers:
        """``dense @ self``."""
        full, turned = self._parts[0], np.ascontiguousarray(dense.T)
        left = _each(lambda columns: dense @ full[:, columns], _slices(full.shape[1], COLUMNS))
        right = _each(lambda rows: (self._transposed[rows] @ turned).T, _slices(self._transposed.shape[0], ROWS))
        return np.concatenate([*left, *right], axis=1)


def _slices(length: int, size: int) -> list[slice]:
    return [slice(start, start + size) for start in range(0, length, size)]


def _each(work: Callable[[slice], Numbers], slices: Sequence[slice]) -> list[Numbers]:
    """``work`` on each of ``slices``, as many at a time as there are processors."""
    with ThreadPoolExecutor(PROCESSORS) as pool:
        return cast(list[Numbers], list(pool.map(work, slices)))
