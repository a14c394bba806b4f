"""``trialog new-study`` as a nurse runs it: drafts that are not served, and clear refusals."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.check_study import check_study
from trialog.cli.main import main
from trialog.cli.study import StudyError, draft_note, library_with
from trialog.content.load import load_library
from trialog.settings import Settings

PAGE = ROOT / "content" / "trials" / "itcc-059" / "page.txt"

Begin = Callable[..., tuple[int, str, str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def begin(content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Begin:
    monkeypatch.setenv("TRIALOG_CONTENT", str(content))

    def run(name: str, page: Path = PAGE) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trialog", "new-study", name, str(page)])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0), *capsys.readouterr()

    return run


def test_a_study_is_begun_and_not_served_and_all_that_is_missing_is_listed(
    begin: Begin, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, _ = begin("moon-1")
    folder = content / "trials" / "moon-1"
    assert status == 0
    assert (folder / "page.txt").read_bytes() == PAGE.read_bytes()
    assert "  Goal: answers/study_goal.yml\n" in said
    assert (
        "  study.yml: title, about, takes_part, tested.kind, called.study, called.tested,\n    called.disease, names, suggested\n" in said
    )
    library = load_library(content)
    assert "moon-1" not in library.studies
    (reason,) = library.left_out["moon-1"]
    assert str(reason) == (
        "content/trials/moon-1/study.yml:4: this study is a draft and not served; `trialog check --study moon-1` lists what is missing."
    )
    with pytest.raises(StudyError) as refused:
        library_with(Settings(content=content), "moon-1")
    told = str(refused.value).splitlines()
    assert told[0].startswith("moon-1 is a draft that cannot be tried yet (")
    assert told[1].startswith("  content/trials/moon-1/answers/")
    assert told[-1] == "`trialog check --study moon-1` lists all of them."
    assert check_study("moon-1", ROOT / "data" / "responses", Settings(content=content)) == 1
    listed = capsys.readouterr().out
    assert "content/trials/moon-1/answers/cost.yml:6: at 'not_on_page.says': this is a draft: make it plain," in listed
    number = said.split("Missing (")[1].split(")")[0]
    assert "moon-1 is a draft: it is served when 'draft' is taken away from its study.yml.\n" in listed
    assert listed.endswith(f"Things to look at in moon-1: {number}.\n")


def test_what_is_still_open_keeps_a_study_from_being_served_without_the_word_draft(begin: Begin, content: Path) -> None:
    begin("moon-1")
    file = content / "trials" / "moon-1" / "study.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    library = load_library(content)
    assert "moon-1" not in library.studies
    assert len(library.left_out["moon-1"]) > 100


def test_a_draft_that_is_whole_can_be_tried_and_is_served_once_the_word_is_taken_away(content: Path) -> None:
    folder = content / "trials" / "moon-1"
    shutil.copytree(PAGE.parent, folder)
    file = folder / "study.yml"
    whole = file.read_text(encoding="utf-8").replace("id: itcc-059", "id: moon-1")
    file.write_text(f"draft: true\n{whole}", encoding="utf-8")
    settings = Settings(content=content)
    assert "moon-1" not in load_library(content).studies
    assert "moon-1" in library_with(settings, "moon-1").studies
    assert draft_note(settings, "moon-1") == "moon-1 is a draft: you can try it here, and it is served to nobody."
    file.write_text(whole, encoding="utf-8")
    assert "moon-1" in load_library(content).studies
    assert draft_note(settings, "moon-1") == draft_note(settings, "") == ""
    (folder / "words.yml").unlink()
    with pytest.raises(StudyError, match=r"moon-1 is left out \(1 to mend\):\n  content/trials/moon-1/words.yml: this file is missing"):
        library_with(settings, "moon-1")


@pytest.mark.parametrize("name", ["itcc-059", "Moon", "../moon", "_moon", ""])
def test_a_study_that_is_there_and_a_name_that_is_none_are_refused(begin: Begin, content: Path, name: str) -> None:
    before = sorted(content.rglob("*"))
    status, _, said = begin(name)
    assert status == 2
    assert "is there already, and nothing is written over" in said or "is no name for a study" in said
    assert sorted(content.rglob("*")) == before


@pytest.mark.parametrize(
    ("held", "reason"),
    [(None, "No such file"), (b"\xff\xfe\x00", "it is another kind of file"), (b"Only a title\n", "holds no page"), (b"", "holds no page")],
)
def test_a_page_that_is_none_is_refused_and_leaves_nothing_behind(
    begin: Begin, content: Path, tmp_path: Path, held: bytes | None, reason: str
) -> None:
    page = tmp_path / "page.txt"
    if held is not None:
        page.write_bytes(held)
    status, _, said = begin("moon-1", page)
    assert status == 2
    assert said.startswith("Nothing was begun: ")
    assert reason in said
    assert not [path for path in (content / "trials").iterdir() if "moon" in path.name or path.name.startswith(".")]


def test_the_page_for_nurses_shows_what_is_really_said(begin: Begin, content: Path, tmp_path: Path) -> None:
    told = (ROOT / "docs" / "add-a-study.md").read_text(encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text(told.split("```text\n")[1].split("```")[0], encoding="utf-8")
    _, said, _ = begin("moon-1", page)
    shown = told.split("$ .venv/bin/trialog new-study moon-1 page.txt\n")[1].split("```")[0].splitlines()
    lines = said.replace(str(content), "content").splitlines()
    for line in shown:
        assert line.strip() == "..." or line in lines
    assert check_study("moon-1", ROOT / "data" / "responses", Settings(content=content)) == 1
