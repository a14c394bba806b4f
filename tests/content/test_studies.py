"""Which studies there are: never the wrong one for lack of a choice, and a broken one takes itself out alone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.content.files import ContentError
from trialog.content.load import load_library

FIRST, SECOND = "moon-1", "sun-2"

Studies = Callable[..., Path]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def studies(tmp_path: Path) -> Studies:
    """Content with copies of a study under other ids, and no default."""

    def make(*ids: str) -> Path:
        content = tmp_path / "content"
        shutil.copytree(ROOT / "content", content, ignore=lambda folder, _: ["trials"] if folder.endswith("content") else [])
        for study in ids:
            shutil.copytree(ROOT / "content" / "trials" / "itcc-059", content / "trials" / study)
            change(content / "trials" / study / "study.yml", "id: itcc-059", f"id: {study}")
        return content

    return make


def refused(content: Path, default: str = "") -> str:
    with pytest.raises(ContentError) as error:
        load_library(content, default)
    return str(error.value)


def test_the_only_study_is_the_default(studies: Studies) -> None:
    assert load_library(studies(SECOND)).study_of().id == SECOND


def test_of_several_studies_none_is_taken_by_chance(studies: Studies) -> None:
    said = refused(studies(FIRST, SECOND))
    assert "content/trials: there are 2 studies: name the one to begin with in default.yml, or in TRIALOG_TRIAL." in said


def test_the_file_names_the_default_and_the_setting_outranks_it(studies: Studies) -> None:
    content = studies(FIRST, SECOND)
    (content / "trials" / "default.yml").write_text(f"study: {SECOND}\n", encoding="utf-8")
    assert load_library(content).study_of().id == SECOND
    assert load_library(content, FIRST).study_of().id == FIRST
    assert load_library(content, FIRST).study_of(SECOND).id == SECOND


@pytest.mark.parametrize("source", ["default.yml", "TRIALOG_TRIAL"])
def test_a_default_that_is_not_there_is_a_fault(studies: Studies, source: str) -> None:
    content = studies(FIRST, SECOND)
    if source == "default.yml":
        (content / "trials" / "default.yml").write_text("study: mars\n", encoding="utf-8")
    said = refused(content, "mars" if source == "TRIALOG_TRIAL" else "")
    assert f"content/trials: {source} names the study 'mars', which is not there. There are: moon-1, sun-2." in said


def test_a_copied_folder_that_keeps_its_id_is_left_out(studies: Studies) -> None:
    content = studies(FIRST, SECOND)
    change(content / "trials" / SECOND / "study.yml", f"id: {SECOND}", f"id: {FIRST}")
    library = load_library(content, FIRST)
    assert list(library.studies) == [FIRST]
    assert [fault.sentence for fault in library.left_out[SECOND]] == ["the id 'moon-1' must be the name of its folder, 'sun-2'."]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("study.yml", "title: Inotuzumab ITCC-059", "title: ''"),
        ("answers/cost.yml", "section: Summary", "section: [Summary"),
        # It would stop whatever looks for phrases.
        ("words.yml", "spellings: [efficacy,", "spellings: ['efficacy ...',"),
    ],
)
def test_a_broken_study_takes_out_itself_alone(studies: Studies, file: str, old: str, new: str, caplog: pytest.LogCaptureFixture) -> None:
    content = studies(FIRST, SECOND)
    change(content / "trials" / SECOND / file, old, new)
    library = load_library(content, FIRST)
    assert list(library.studies) == [FIRST]
    (fault,) = library.left_out[SECOND]
    assert fault.path == f"content/trials/{SECOND}/{file}"
    (logged,) = caplog.messages
    assert logged.startswith(f"the study {SECOND} is left out until this is mended: content/trials/{SECOND}/{file}:")


def test_a_broken_default_study_is_an_error(studies: Studies) -> None:
    content = studies(FIRST, SECOND)
    (content / "trials" / FIRST / "words.yml").unlink()
    assert f"content/trials/{FIRST}/words.yml: this file is missing." in refused(content, FIRST)


@pytest.mark.parametrize("name", [".git", "_draft"])
def test_a_hidden_folder_is_no_study(studies: Studies, name: str) -> None:
    content = studies(FIRST)
    (content / "trials" / name).mkdir()
    library = load_library(content)
    assert (list(library.studies), dict(library.left_out)) == ([FIRST], {})
