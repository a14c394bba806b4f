"""Products on all processors are those of scipy, and do not depend on how many processors there are."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, random
from sklearn.linear_model import LogisticRegression

from trialog.nlu.topics import parallel
from trialog.nlu.topics.parallel import ParallelMatrix

pytestmark = pytest.mark.slow

CHANCE = np.random.default_rng(0)
SPARSE = csr_matrix(random(300, 70, 0.1, random_state=0))
MIXED = csr_matrix(hstack([csr_matrix(CHANCE.normal(size=(300, 40))), SPARSE]))
FULL = csr_matrix(CHANCE.normal(size=(300, 40)))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ROWS", 64)
    monkeypatch.setattr(parallel, "COLUMNS", 16)


@pytest.mark.parametrize("processors", [1, 2, 7])
@pytest.mark.parametrize("plain", [SPARSE, MIXED, FULL], ids=["sparse", "mixed", "full"])
def test_products_are_those_of_scipy(plain: csr_matrix, processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PROCESSORS", processors)
    matrix, right, left = ParallelMatrix(plain), CHANCE.normal(size=(plain.shape[1], 9)), CHANCE.normal(size=(9, 300))
    assert np.allclose(matrix @ right, plain @ right, rtol=1e-12, atol=1e-12)
    assert np.allclose(left @ matrix, left @ plain, rtol=1e-12, atol=1e-12)


def test_the_number_of_processors_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    right, left, seen = CHANCE.normal(size=(MIXED.shape[1], 9)), CHANCE.normal(size=(9, 300)), set()
    for processors in (1, 2, 7):
        monkeypatch.setattr(parallel, "PROCESSORS", processors)
        matrix = ParallelMatrix(MIXED)
        seen.add((matrix @ right).tobytes() + (left @ matrix).tobytes())
    assert len(seen) == 1


def test_a_regression_learns_the_same_and_by_these_products(monkeypatch: pytest.MonkeyPatch) -> None:
    products = []
    each = parallel._each

    def counted(work: Callable[[slice], NDArray[Any]], slices: Sequence[slice]) -> list[NDArray[Any]]:
        products.append(len(slices))
        return each(work, slices)

    monkeypatch.setattr(parallel, "_each", counted)
    classes = CHANCE.integers(0, 5, 300)
    learned = LogisticRegression(C=20, max_iter=500, tol=1e-8).fit(ParallelMatrix(MIXED), classes)
    assert products, "scikit-learn must not turn the matrix into another"
    same = LogisticRegression(C=20, max_iter=500, tol=1e-8).fit(MIXED, classes)
    assert (learned.predict(MIXED) == same.predict(MIXED)).all()
    assert np.allclose(learned.coef_, same.coef_, atol=1e-2)
