"""Products on all processors are the same to the last bit, so what is learned does not depend on the machine's."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, random
from sklearn.linear_model import LogisticRegression

from trialog.nlu.topics import parallel
from trialog.nlu.topics.parallel import ParallelMatrix

CHANCE = np.random.default_rng(0)
SPARSE = csr_matrix(random(300, 70, 0.1, random_state=0))


@pytest.mark.parametrize("processors", [1, 2, 7])
def test_products_are_those_of_scipy(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PROCESSORS", processors)
    matrix, right, left = ParallelMatrix(SPARSE), CHANCE.normal(size=(70, 9)), CHANCE.normal(size=(9, 300))
    assert np.array_equal(matrix @ right, SPARSE @ right)
    assert np.array_equal(left @ matrix, left @ SPARSE)


def test_a_regression_learns_the_very_same_and_by_these_products(monkeypatch: pytest.MonkeyPatch) -> None:
    products = []
    product = parallel._product

    def counted(blocks: Sequence[csr_matrix], dense: NDArray[Any]) -> NDArray[Any]:
        products.append(dense.shape)
        return product(blocks, dense)

    monkeypatch.setattr(parallel, "_product", counted)
    classes = CHANCE.integers(0, 5, 300)
    learned = LogisticRegression(C=20).fit(ParallelMatrix(SPARSE), classes)
    assert products, "scikit-learn must not turn the matrix into another"
    assert np.array_equal(learned.coef_, LogisticRegression(C=20).fit(SPARSE, classes).coef_)
