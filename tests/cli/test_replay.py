"""``trialog replay`` as staff runs it."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, in_a_process, trialog  # noqa: F401 -- the fixture


def test_a_file_that_holds_no_dialogues_is_told_in_one_line(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.yml").write_text("- - {say: hi, topics: greet}\n", encoding="utf-8")
    result = trialog("replay", str(tmp_path / "a.yml"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "a.yml:1: Object contains unknown field `topics`" in result.err


@pytest.mark.slow
def test_what_went_otherwise_is_shown_and_written_when_it_is_right(tmp_path: Path) -> None:
    file = tmp_path / "monday.yml"
    file.write_text('- - say: "How does the drug work?"\n    topic: location\n', encoding="utf-8")
    result = in_a_process("replay", str(file), "--update", "--junit", str(tmp_path / "r.xml"), said="y\n")
    assert result.returncode == 1, result.stderr
    assert "! topic: expected location, got drug_how" in result.stdout
    assert "topic: drug_how" in file.read_text(encoding="utf-8")
    assert 'failures="1"' in (tmp_path / "r.xml").read_text(encoding="utf-8")
    assert in_a_process("replay", str(file)).returncode == 0
