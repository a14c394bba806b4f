"""What the figures of docs/hospital/ are counted from."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.evaluate import thresholds_in
from trialog.content.model import Library
from trialog.training.figures import Figures, counted, proofs, rows

pytestmark = pytest.mark.slow

THRESHOLDS = thresholds_in(ROOT / "config.yml")

# What the figures are counted in; docs/ is copied, because tests change it.
COUNTED = ("content", "data", "tests", "trialog")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in COUNTED:
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "docs" / "hospital", tmp_path / "docs" / "hospital")
    return tmp_path


def figures_with(house: Path, library: Library, evaluation: dict[str, object]) -> Figures:
    (house / "docs" / "evaluation.json").write_text(json.dumps(evaluation), encoding="utf-8")
    return counted(house, house / "content", library, dataclasses.replace(THRESHOLDS, danger=0.42))


def test_a_measured_figure_is_told_and_one_that_is_missing_says_how_to_get_it(house: Path, library: Library) -> None:
    banks = {
        "a": {"dangers": 900, "noticed": 890, "harmless": 600, "alarmed": 3},
        "b": {"dangers": 200, "noticed": 198, "harmless": 0, "alarmed": 0},
    }
    (house / "docs" / "hospital" / "hazards.md").write_text("| H1 | a | b | c | `tests/x.py::test_y` and `tests/x.py::test_y` | d |\n")
    (house / "docs" / "hospital" / "new.md").write_text("[hospital: ...] [hospital: who] [lawyer: what]")
    for page in ("README", "accessibility", "ai-act", "algorithm-register", "dpia", "intended-purpose", "model-card"):
        (house / "docs" / "hospital" / f"{page}.md").unlink()
    found = figures_with(house, library, {"examples": 12345, "voices": 7, "understood": 81.73, "danger banks": banks})
    assert "| of these lines are understood | 81.7 % |" in found["evaluation-table"]
    assert "| of these lines are asked back | not in the last evaluation: run `make evaluate` |" in found["evaluation-table"]
    assert "| dangers noticed, on all banks | 1,088 of 1,100 |" in found["evaluation-table"]
    assert "| harmless messages alarmed | 3 of 600 |" in found["evaluation-table"]
    assert (found["evaluated-lines"], found["evaluated-voices"], found["threshold-danger"]) == ("12,345", "7", "0.42")
    assert (found["hazards"], found["proofs"], found["blanks"], found["for-a-lawyer"]) == ("1", "1", "1", "1")


def test_hazards_and_their_proofs_are_read_from_the_log() -> None:
    log = "| no. | hazard |\n|---|---|\n| H1 | one | `tests/a/b.py::test_c` |\n| O1 | other | x |\nH2 is no row\n"
    assert rows(log) == [["H1", "one", "`tests/a/b.py::test_c`"]]
    assert proofs(log) == [("tests/a/b.py", "test_c")]
