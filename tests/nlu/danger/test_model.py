"""The model that tells danger from its look-alikes, and the lines it was trained on."""

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT
from trialog.nlu.danger import model as danger_model
from trialog.nlu.danger.model import CLASSES, DangerModel, trained_from, without_doubt
from trialog.training.danger_lines import as_danger, danger_lines, digest
from trialog.training.examples import Example

LINES = ROOT / "data" / "danger"
HARMLESS, EMERGENCY, CRISIS = CLASSES


@pytest.fixture(scope="module")
def reader_of_danger(tmp_path_factory: pytest.TempPathFactory) -> DangerModel:
    return DangerModel(tmp_path_factory.mktemp("models"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is burning up and shaking all over", EMERGENCY),
        ("What do we do if he burns up and shakes during the study?", HARMLESS),
        ("My grandson is lying on the floor and I cannot wake him", EMERGENCY),
        ("My grandson slept on the floor of the ward, I could hardly wake him for school, lazy boy", HARMLESS),
        ("I have decided that I do not want to be here any more after tonight", CRISIS),
        ("I do not want to be here any more, this waiting room is freezing", HARMLESS),
    ],
)
def test_what_a_message_is_read_as(reader_of_danger: DangerModel, text: str, expected: str) -> None:
    (shares,) = reader_of_danger.shares([text])
    assert CLASSES[shares.argmax()] == expected


def test_the_shares_of_a_message_add_up_to_one(reader_of_danger: DangerModel) -> None:
    shares = reader_of_danger.shares(["he cannot breathe", "thanks", ""])
    assert shares.shape == (3, 3)
    assert np.allclose(shares.sum(axis=1), 1)


def test_the_model_is_not_asked_where_topics_leave_no_doubt() -> None:
    sure = [("ask/side_effects", 0.9998), (EMERGENCY, 0.0001), (CRISIS, 0.00005)]
    assert without_doubt(sure) == {EMERGENCY: 0.0001, CRISIS: 0.00005}
    assert without_doubt([("ask/side_effects", 0.9996), (EMERGENCY, 0.0002), (CRISIS, 0.0002)]) is None, "danger of any kind counts"


def test_the_encoder_is_made_once_and_then_found_again(tmp_path: Path) -> None:
    first = DangerModel(tmp_path).shares(["he fell"])
    (file,) = tmp_path.glob("encoder-*.onnx")
    written = file.stat().st_mtime_ns
    assert np.array_equal(DangerModel(tmp_path).shares(["he fell"]), first)
    assert file.stat().st_mtime_ns == written


def test_weights_of_another_encoder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with np.load(danger_model.WEIGHTS) as arrays:
        np.savez(tmp_path / "other.npz", **arrays, **{"inner.encoder.layer.7.output.dense.bias": np.zeros(384, np.float32)})
    monkeypatch.setattr(danger_model, "WEIGHTS", tmp_path / "other.npz")
    with pytest.raises(ValueError, match=r"do not belong to this encoder.*layer\.7"):
        DangerModel(tmp_path)


def test_the_weights_were_trained_on_the_lines_as_they_are() -> None:
    assert trained_from() == digest(LINES), "data/danger has changed: run scripts/tune-encoder danger"


def test_the_digest_changes_with_a_line_and_with_a_class(tmp_path: Path) -> None:
    seen = set()
    for content in ("emergency: [he fell]", "harmless: [he fell]", "emergency: [he fell down]"):
        (tmp_path / "lines.yml").write_text(f"mother:\n  {content}\n", encoding="utf-8")
        seen.add(digest(tmp_path))
    assert len(seen) == 3


def test_a_class_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "lines.yml").write_text("mother:\n  emergencies: [he fell]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lines\.yml: mother has lines under emergencies"):
        list(danger_lines(tmp_path))


def test_every_other_intent_is_harmless() -> None:
    examples = [Example("what is it", "ask/study_goal", "father"), Example("he fell", EMERGENCY, "father")]
    assert [example.label for example in as_danger(examples)] == [HARMLESS, EMERGENCY]
