"""``trialog import-registry`` as a nurse runs it: a record is kept, a later one compared, and the page stays the only source."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from trialog.cli.main import main
from trialog.content.load import load_library

RECORD = ROOT / "tests" / "content" / "registry" / "invented.json"
STUDY = "itcc-059"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def trials(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content" / "trials"


@pytest.fixture
def trialog(trials: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("TRIALOG_CONTENT", str(trials.parent))

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["trialog", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out + err

    return run


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return changed(tmp_path, date="2026-09-01", state="COMPLETED")


def changed(folder: Path, date: str, state: str = "RECRUITING", number: str = "NCT00000000") -> Path:
    data: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    data["protocolSection"]["statusModule"] |= {"lastUpdatePostDateStruct": {"date": date}, "overallStatus": state}
    data["protocolSection"]["identificationModule"]["nctId"] = number
    file = folder / f"{number}-{date}.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_a_draft_is_filled_with_drafts(trialog: Run, trials: Path) -> None:
    trialog("new-study", "moon-1", trials / STUDY / "page.txt")
    status, said = trialog("import-registry", RECORD, "--study", "moon-1")
    assert status == 0
    assert (
        "as of 2026-05-01; sites: 2.\nFilled in study.yml, as drafts:\n  called.study\n  called.tested\n  called.disease\n  status.state\n"
        in said
    )
    study = (trials / "moon-1" / "study.yml").read_text(encoding="utf-8")
    assert "- '[[draft]] NCT00000000'\n" in study
    assert "state: '[[draft]] recruiting'" in study
    assert study.startswith("# DRAFT")
    assert "moon-1" not in load_library(trials.parent).studies


def test_a_study_that_is_served_stays_as_it_is_and_is_told_where_it_disagrees(trialog: Run, trials: Path) -> None:
    before = {file: file.read_bytes() for file in (trials / STUDY).rglob("*.yml")}
    status, said = trialog("import-registry", RECORD, "--study", STUDY)
    assert status == 1
    assert "criteria.yml: to_years is 18; the register says 9 Years\n" in said
    assert "study.yml: status.state is not there; the register says RECRUITING (verified 2026-04), which is recruiting here\n" in said
    assert "study.yml: called.study does not know NCT00000000, MOON-1, 2020-000000-00\n" in said
    assert {file: file.read_bytes() for file in before} == before
    assert STUDY in load_library(trials.parent).studies


def test_a_newer_record_shows_what_has_drifted_and_changes_nothing_unless_asked(trialog: Run, trials: Path, newer: Path) -> None:
    trialog("import-registry", RECORD, "--study", STUDY)
    kept = (trials / STUDY / "registry.yml").read_bytes()
    status, said = trialog("import-registry", newer)
    assert status == 1
    assert "says otherwise of NCT00000000 than on 2026-05-01 (this record is of 2026-09-01):\n  state: RECRUITING -> COMPLETED\n" in said
    assert "Nothing was changed; --write brings" in said
    assert (trials / STUDY / "registry.yml").read_bytes() == kept
    trialog("import-registry", newer, "--write")
    assert "state: COMPLETED\n" in (trials / STUDY / "registry.yml").read_text(encoding="utf-8")
    assert "says the same of NCT00000000 as on 2026-09-01." in trialog("import-registry", newer)[1]
    assert "older than what is kept (2026-09-01)" in trialog("import-registry", RECORD)[1]


def test_the_study_is_found_by_a_number_that_its_folder_has(trialog: Run, trials: Path, tmp_path: Path) -> None:
    file = changed(tmp_path, date="2026-05-01", number="NCT02637687")
    assert f"{trials / 'larotrectinib-scout' / 'registry.yml'} holds" in trialog("import-registry", file)[1]


def test_what_cannot_be_placed_or_read_is_refused(trialog: Run, trials: Path, tmp_path: Path) -> None:
    assert trialog("import-registry", RECORD)[0] == 2
    assert "no study has the number NCT00000000: say with --study which one it is" in trialog("import-registry", RECORD)[1]
    assert "there is no study 'mars'" in trialog("import-registry", RECORD, "--study", "mars")[1]
    assert "cannot be read: No such file" in trialog("import-registry", tmp_path / "nothing.json")[1]
    assert "is no record of one study" in trialog("import-registry", ROOT / "README.md")[1]
    trialog("import-registry", RECORD, "--study", STUDY)
    other = changed(tmp_path, date="2026-09-01", number="NCT11111111")
    assert "it is about NCT11111111, and this study is NCT00000000" in trialog("import-registry", other, "--study", STUDY)[1]
    (trials / STUDY / "registry.yml").write_text("records: none\n", encoding="utf-8")
    assert "registry.yml:1: at 'records': 'none' is not a list" in trialog("import-registry", RECORD, "--study", STUDY)[1]
