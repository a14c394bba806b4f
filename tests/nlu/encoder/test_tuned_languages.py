"""Tuned layers are kept in steps of int8, and come back as the layers of the base model are."""

import numpy as np
import pytest

from trialog.nlu.encoder.tuned_languages import FIRST_TUNED, as_stored, in_order, tuned_layer, tuned_weights

WIDTH, INNER = 4, 8
SHAPES = dict.fromkeys(("query", "key", "value", "attention"), (WIDTH, WIDTH)) | {"inner": (INNER, WIDTH), "outer": (WIDTH, INNER)}


@pytest.fixture
def layer() -> dict[str, np.ndarray]:
    chance = np.random.default_rng(0)
    found = {f"{part}.weight": chance.normal(size=shape).astype(np.float32) for part, shape in SHAPES.items()}
    found |= {f"{part}.bias": chance.normal(size=shape[0]).astype(np.float32) for part, shape in SHAPES.items()}
    norms = [f"{norm}.{kind}" for norm in ("attention_norm", "outer_norm") for kind in ("weight", "bias")]
    return found | {name: chance.normal(size=WIDTH).astype(np.float32) for name in norms}


def test_a_layer_comes_back_as_it_was_kept(layer: dict[str, np.ndarray]) -> None:
    stored = as_stored(7, in_order(layer))
    back = tuned_layer(stored, 7)
    assert back.keys() == layer.keys()
    for name, array in layer.items():
        assert back[name].shape == array.shape
        # Half a step of 63 to either side of the largest in the row.
        assert np.abs(back[name] - array).max() <= np.abs(array).max() / 63 / 2 + 1e-6, name
    assert all(array.dtype == np.int8 for name, array in stored.items() if array.ndim == 2 and not name.endswith(".scales"))


def test_the_file_has_all_layers_from_the_first_tuned_one_on() -> None:
    weights = tuned_weights()
    assert {int(name.partition(".")[0]) for name in weights} == set(range(FIRST_TUNED, 12))
    assert tuned_layer(weights, 11)["inner.weight"].shape == (1536, 384)
