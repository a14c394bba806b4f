"""What is told rests on the page: a changed page shows which answers to read again."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.content.check.page import check_page, without_an_answer
from trialog.content.files import ContentReader
from trialog.content.load import load_library
from trialog.content.model import Library

STUDY = "itcc-059"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content" / "trials" / STUDY


def faults_of(folder: Path) -> list[str]:
    root = folder.parent.parent
    reader = ContentReader(root)
    check_page(reader, folder, load_library(root).studies[STUDY])
    return [str(fault) for fault in sorted(reader.faults)]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_study_rests_on_its_page(library: Library) -> None:
    for study in library.studies.values():
        reader = ContentReader(ROOT / "content")
        folder = ROOT / "content" / "trials" / study.id
        assert (folder / "page.txt").is_file()
        check_page(reader, folder, study)
        assert reader.faults == []


def test_no_sentence_of_the_first_page_is_without_an_answer(library: Library) -> None:
    assert list(without_an_answer(ROOT / "content" / "trials" / STUDY, library.studies[STUDY])) == []


def test_a_changed_sentence_shows_all_that_rests_on_it_and_what_it_may_be_now(folder: Path) -> None:
    change(folder / "page.txt", "Age: 1-18 years", "Age: 1-17 years")
    faults = faults_of(folder)
    told = {fault.split(":")[0].removeprefix(f"content/trials/{STUDY}/") for fault in faults}
    assert told == {"answers/who_can_enter.yml", "answers/age_limits.yml", "answers/other_conditions.yml", "criteria.yml"}
    assert all(fault.endswith("read again what rests on it: “Age: 1-18 years” It may be: “Age: 1-17 years”") for fault in faults)
    lines = (folder / "answers" / "age_limits.yml").read_text(encoding="utf-8").splitlines()
    (number,) = (int(fault.split(":")[1]) for fault in faults if "age_limits" in fault)
    assert lines[number - 1] == "- 'Age: 1-18 years'"


def test_a_new_sentence_is_one_that_nothing_rests_on(folder: Path) -> None:
    change(folder / "page.txt", "Age: 1-18 years", "Age: 1-18 years\n  • No infection")
    assert faults_of(folder) == []
    study = load_library(folder.parent.parent).studies[STUDY]
    assert list(without_an_answer(folder, study)) == [("Who can enter", "No infection")]


@pytest.mark.parametrize(
    ("file", "rest"),
    [("answers/how_to_join.yml", "rests_on:\n- In order"), ("criteria.yml", "  rests_on:\n  - 'Age: 1-18 years'\n")],
)
def test_what_does_not_say_on_what_it_rests_is_a_fault(folder: Path, file: str, rest: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    before, found, after = text.partition(rest)
    assert found
    (folder / file).write_text(before + (after if file == "criteria.yml" else ""), encoding="utf-8")
    (fault,) = faults_of(folder)
    assert fault.startswith(f"content/trials/{STUDY}/{file}")
    assert "'rests_on' is missing" in fault


def test_a_page_of_another_encoding_is_a_fault_and_one_with_a_mark_of_its_own_is_not(folder: Path) -> None:
    page = (folder / "page.txt").read_text(encoding="utf-8")
    (folder / "page.txt").write_text(page, encoding="utf-8-sig")
    assert faults_of(folder) == []
    (folder / "page.txt").write_bytes(page.encode("cp1252"))
    assert faults_of(folder) == [f"content/trials/{STUDY}/page.txt: this is not UTF-8 text."]


def test_without_a_page_nothing_is_asked_for(folder: Path) -> None:
    (folder / "page.txt").unlink()
    assert faults_of(folder) == []
