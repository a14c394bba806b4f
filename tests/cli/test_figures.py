"""``trialog figures`` as a person runs it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("content", "data", "tests", "trialog", "config.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "docs" / "hospital" / "README.md"


def test_a_stale_figure_is_written_anew(readme: Path, trialog: Trialog) -> None:  # noqa: F811
    today = readme.read_text(encoding="utf-8")
    readme.write_text(today.replace("<!-- figure: pieces -->", "<!-- figure: pieces -->9"), encoding="utf-8")
    result = trialog("figures")
    assert (result.status, result.out) == (0, "docs/hospital/README.md has other figures now.\n")
    assert readme.read_text(encoding="utf-8") == today


def test_a_figure_that_nothing_counts_is_told_in_one_line(readme: Path, trialog: Trialog) -> None:  # noqa: F811
    readme.write_text("<!-- figure: beauty -->1<!-- /figure -->", encoding="utf-8")
    result = trialog("figures")
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "README.md: nothing counts the figure 'beauty'" in result.err
