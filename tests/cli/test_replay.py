"""``trialog replay`` as staff runs it."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, in_a_process, trialog  # noqa: F401 -- the fixture


def test_a_file_that_holds_no_dialogues_is_told_in_one_line(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.yml").write_text("- - {say: hi, topics: greet}\n", encoding="utf-8")
    result = trialog("replay", str(tmp_path / "a.yml"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "a.yml:1: turn 1: there is no 'topics'. Is it topic?" in result.err


def test_an_unknown_study_is_told_before_anything_is_played(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.yml").write_text("- - {say: hi}\n" * 300, encoding="utf-8")
    result = trialog("replay", "--study", "itcc-60", str(tmp_path / "a.yml"))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "there is no study 'itcc-60'. Is it itcc-059?" in result.err


@pytest.mark.slow
def test_what_went_otherwise_is_shown_and_written_when_it_is_right(
    tmp_path: Path,
    trialog: Trialog,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, passing = tmp_path / "monday.yml", '- - say: "Hello"\n    topic: greet\n'
    file.write_text('- - say: "How does the drug work?"\n    topic: location\n' + passing * 3, encoding="utf-8")
    result = in_a_process("replay", str(file), "--update", "--junit", str(tmp_path / "r.xml"), said="y\n")
    assert result.returncode == 1, result.stderr
    assert "! topic: expected location, got drug_how" in result.stdout
    assert "topic: drug_how" in file.read_text(encoding="utf-8")
    assert 'failures="1"' in (tmp_path / "r.xml").read_text(encoding="utf-8")
    # As written now it goes as expected; by two processes, in the order of the file.
    monkeypatch.setattr("trialog.cli.players.TURNS_A_PROCESS", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    file.write_text(file.read_text(encoding="utf-8") + passing.replace("greet", "bye"), encoding="utf-8")
    again = trialog("replay", str(file))
    assert (again.status, again.out.splitlines()[0]) == (1, f"{file}:9: {file.with_suffix('')}-5")
    assert again.out.endswith("4 of 5 dialogues went as expected.\n")
