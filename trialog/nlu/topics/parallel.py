"""A sparse matrix whose products are worked out on all processors, for the solver of the logistic regression."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

PROCESSORS = os.cpu_count() or 1


class ParallelMatrix(csr_matrix):
    """As ``csr_matrix``, and the same to the last bit: each number is summed up in the same order, whole rows in parallel."""

    @cached_property
    def _blocks(self) -> list[csr_matrix]:
        return _blocks(csr_matrix(self))

    @cached_property
    def _transposed_blocks(self) -> list[csr_matrix]:
        return _blocks(csr_matrix(self).T.tocsr())

    def __matmul__(self, dense: NDArray[Any]) -> NDArray[Any]:
        """``self @ dense``."""
        return _product(self._blocks, dense)

    def __rmatmul__(self, dense: NDArray[Any]) -> NDArray[Any]:
        """``dense @ self``."""
        return _product(self._transposed_blocks, dense.T).T


def _blocks(matrix: csr_matrix) -> list[csr_matrix]:
    """The rows of ``matrix`` in as many blocks as there are processors, each with about as many numbers."""
    ends = np.searchsorted(matrix.indptr, np.linspace(0, matrix.nnz, PROCESSORS + 1)[1:-1])
    bounds = [0, *ends, matrix.shape[0]]
    return [matrix[start:end] for start, end in itertools.pairwise(bounds)]


def _product(blocks: Sequence[csr_matrix], dense: NDArray[Any]) -> NDArray[Any]:
    dense = np.ascontiguousarray(dense)
    with ThreadPoolExecutor(len(blocks)) as pool:
        return np.concatenate(list(pool.map(lambda block: block @ dense, blocks)))
