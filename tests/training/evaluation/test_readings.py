"""Lines read by the real components, held out by voice, and the report written of them."""

import dataclasses
import io
from pathlib import Path

import pytest

from tests.training.evaluation.readings import THRESHOLDS
from trialog.content.model import Library
from trialog.operation.progress import shown_on
from trialog.settings import Settings
from trialog.training.evaluation import banks
from trialog.training.evaluation.measures import measure
from trialog.training.evaluation.readings import Pipeline, Reading
from trialog.training.evaluation.report import draw, report
from trialog.training.examples import Example

pytestmark = pytest.mark.slow

LINES = {
    "ask/cost": ["what does it cost", "who pays for it", "is it free", "is it paid for"],
    "ask/location": ["which hospital is it", "which city is it", "is it near us", "where is it"],
    "safety/emergency": ["he can't breathe", "she won't wake up", "he is having a seizure", "my name is Anna Berg, she fell off a ladder"],
}
EXAMPLES = [Example(line, label, voice) for label, lines in LINES.items() for line, voice in zip(lines, ["uncle", "aunt"] * 2, strict=True)]


@pytest.fixture(scope="module")
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(scope="module")
def readings(settings: Settings, library: Library, said: io.StringIO, tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    models = tmp_path_factory.mktemp("models")
    with shown_on(said):
        return Pipeline(dataclasses.replace(settings, models=models), library).read_held_out(EXAMPLES, 2)


def test_every_line_is_read_once_with_the_evidence_of_all_components(readings: list[Reading]) -> None:
    assert sorted(reading.example.text for reading in readings) == sorted(example.text for example in EXAMPLES)
    found = {reading.example.text: reading.evidence for reading in readings}
    assert found["he can't breathe"].danger.sign
    assert sum(found["he can't breathe"].danger.opinion.values()) > 0.5
    assert found["my name is Anna Berg, she fell off a ladder"].personal.kinds == ["name"]
    assert {name for name, _ in found["is it free"].topics.whole} == set(LINES)


def test_progress_names_the_voices_held_out(readings: list[Reading], said: io.StringIO) -> None:
    folds = [line.partition(": ")[2] for line in said.getvalue().splitlines() if line.startswith("Fold")]
    assert sorted(folds) == ["6 lines to learn, 6 held out (aunt) ...", "6 lines to learn, 6 held out (uncle) ..."]


def test_the_report_tells_all_of_it(readings: list[Reading], tmp_path: Path) -> None:
    figures = {
        **measure(readings, THRESHOLDS),
        "questions of strangers understood": banks.understood(readings, THRESHOLDS),
        "danger banks": banks.danger_banks({"held_out/some.yml": readings}, THRESHOLDS),
        "ablation": banks.ablation(readings, THRESHOLDS),
        "danger curve": banks.danger_curve(readings, THRESHOLDS),
        "personal data": {"held_out/some.yml": banks.personal_data(readings)},
        "thresholds": {"refusal": 0.4, "danger": 0.25},
        "folds": 2,
    }
    page = report(figures)
    assert "12 lines, 2 voices, 2 folds" in page
    assert "| held_out/some.yml | 0 | 0 |" in page, "labels of training lines are no groups of a bank"
    assert "| the signs alone |" in page
    assert "| ask/cost | 4 |" in page
    draw(figures, tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 10_000
