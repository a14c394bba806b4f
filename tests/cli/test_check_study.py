"""``trialog check --study``: what a nurse should look at, in one study's folder."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.check_study import check_study
from trialog.settings import Settings

pytestmark = pytest.mark.slow

STUDY, RESPONSES = "itcc-059", ROOT / "data" / "responses"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Content without what needs the assistant."""
    unplayed = shutil.ignore_patterns("questions.yml", "families.yml")
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=unplayed)
    return Settings(content=tmp_path / "content", models=tmp_path / "models")


def test_a_changed_page_shows_what_to_read_again(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    page = settings.content / "trials" / STUDY / "page.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("1-18 years", "1-17 years\n  • No infection"), encoding="utf-8")
    study = page.with_name("study.yml")
    about = "about: everything and all that doctors, nurses, parents, children, teenagers and schools might ever want to know of it"
    study.write_text(study.read_text(encoding="utf-8").replace("about: the drug inotuzumab", about), encoding="utf-8")
    assert check_study(STUDY, RESPONSES, settings) == 1
    said = capsys.readouterr().out
    assert "Faults, with file and line:\n  content/trials/itcc-059/answers/age_limits.yml:" in said
    assert "content/trials/itcc-059/study.yml:4: at 'about': it is told in a shared sentence, where at most 17 words fit." in said
    assert "The page says this, and nothing rests on it:\n  Who can enter: “Age: 1-17 years”\n  Who can enter: “No infection”\n" in said
    assert "questions.yml asks nothing about: study_overview, study_goal," in said
    assert "no family of families.yml is told: age: fits, age: does_not_fit," in said
    assert "Things to look at in itcc-059: " in said


def test_an_unknown_study_is_told_which_there_are(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("moon", "", "../general"):
        assert check_study(name, RESPONSES, settings) == 2
        assert f"There is no study '{name}'" in capsys.readouterr().err


def test_a_missing_page_and_a_study_that_is_left_out_are_told(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    other = settings.content / "trials" / "larotrectinib-scout"
    (other / "page.txt").unlink()
    assert check_study(other.name, RESPONSES, settings) == 1
    assert "page.txt is missing:\n  put the approved page there" in capsys.readouterr().out
    (other / "words.yml").unlink()
    assert check_study(other.name, RESPONSES, settings) == 1
    said = capsys.readouterr().out
    assert "content/trials/larotrectinib-scout/words.yml: this file is missing." in said
    assert "It is not served, and its questions and families are not tried, until these are mended.\n" in said
    assert said.endswith("Things to look at in larotrectinib-scout: 1.\n")


@pytest.mark.slow
def test_what_cannot_be_played_without_a_model_says_so(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "content" / "trials" / STUDY / "questions.yml", settings.content / "trials" / STUDY)
    assert check_study(STUDY, RESPONSES, settings) == 2
    assert "Not all of it could be checked: there is no trained model" in capsys.readouterr().err
