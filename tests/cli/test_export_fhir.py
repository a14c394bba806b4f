"""``trialog export-fhir`` as a person runs it."""

import json
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.main import main
from trialog.content.model import Library


@pytest.fixture(autouse=True)
def _content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["trialog", "export-fhir", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def test_a_study_is_shown_or_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(monkeypatch, "--study", "itcc-059") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [entry["resource"]["resourceType"] for entry in shown["entry"]] == ["ResearchStudy", "Questionnaire"]
    file = tmp_path / "study.json"
    assert run(monkeypatch, "--study", "itcc-059", "--out", str(file)) == 0
    assert capsys.readouterr().out == f"{file} holds a ResearchStudy and a Questionnaire (FHIR R5).\n"
    assert json.loads(file.read_text(encoding="utf-8")) == shown


def test_what_cannot_be_exported_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, library: Library
) -> None:
    assert run(monkeypatch, "--study", "mars") == 2
    assert f"no study 'mars' is served. There are: {', '.join(sorted(library.studies))}." in capsys.readouterr().err
    assert run(monkeypatch, "--study", "itcc-059", "--out", str(tmp_path)) == 2
    assert "cannot be written: Is a directory." in capsys.readouterr().err
    monkeypatch.setenv("TRIALOG_CONTENT", str(tmp_path))
    assert run(monkeypatch, "--study", "itcc-059") == 2
    assert "Nothing was exported: the content has faults" in capsys.readouterr().err
