"""``trialog script`` as staff runs it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT

# Each reads all that can be said, some twice and out of git.
pytestmark = pytest.mark.slow


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    monkeypatch.setenv("TRIALOG_CONTENT", str(found))
    return found


def test_what_changed_since_a_script_that_was_kept(trialog: Trialog, content: Path, tmp_path: Path) -> None:  # noqa: F811
    assert trialog("script", "--out", str(tmp_path)).status == 0
    kept = str(tmp_path / "script.json")
    assert trialog("script", "--since", kept).out == "No sentence has changed.\n"
    file = content / "trials" / "itcc-059" / "answers" / "cost.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("what insurance pays", "what insurances pay"), encoding="utf-8")
    result = trialog("script", "--since", kept)
    assert result.status == 1
    key, gone, new, count = result.out.splitlines()
    assert key == "itcc-059/answers/cost"
    assert gone.startswith("  - ")
    assert new.startswith("  + ")
    assert "insurances" in new
    assert count.startswith("1 of ")
    (line,) = trialog("script", "--since", kept, "--json").out.splitlines()
    assert json.loads(line)["piece"] == "itcc-059/answers/cost"


def test_what_changed_since_a_git_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trialog: Trialog) -> None:  # noqa: F811
    for folder in ("content", "data/responses"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "first"]):
        subprocess.run(["git", *command], check=True)  # noqa: S607
    assert trialog("script", "--since", "HEAD").out == "No sentence has changed.\n"
    file = tmp_path / "data" / "responses" / "smalltalk.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("automatic", "mechanical"), encoding="utf-8")
    assert "general/smalltalk/bot_identity" in trialog("script", "--since", "HEAD", TRIALOG_CONTENT=str(tmp_path / "content")).out


@pytest.mark.parametrize("version", ["no-such-version", "pyproject.toml"])
def test_a_version_that_is_none_is_refused_in_one_line(trialog: Trialog, version: str) -> None:  # noqa: F811
    result = trialog("script", "--since", version)
    assert (result.status, len(result.err.splitlines())) == (2, 1)


def test_an_approval_is_noted_and_shown_by_the_check_when_it_ends(trialog: Trialog, content: Path) -> None:  # noqa: F811
    assert trialog("script", "--approve", "*", "--by", "The committee").status == 0
    assert trialog("script", "--unapproved").status == 0
    file = content / "trials" / "itcc-059" / "answers" / "cost.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("what insurance pays", "what insurances pay"), encoding="utf-8")
    result = trialog("script", "--unapproved")
    assert result.status == 1
    assert result.out.startswith("itcc-059/answers/cost: CHANGED since they were approved by The committee")
    again = trialog("check", "--data", str(content / "nothing"), TRIALOG_APPROVED_ONLY="on")
    assert "itcc-059/answers/cost: the words have CHANGED" in again.out
    assert "Kept from families in itcc-059: nobody approved the words of cost." in again.out
    assert "TRIALOG_APPROVED_ONLY: " not in again.out


def test_content_whose_words_for_danger_are_not_approved_is_not_handed_over(
    trialog: Trialog,  # noqa: F811
    content: Path,
    tmp_path: Path,
) -> None:
    switches = {"TRIALOG_APPROVED_ONLY": "on", "TRIALOG_SWITCHES": str(tmp_path / "switches.yml")}
    result = trialog("content", "reload", "--by", "A. Jansen", "--why", "a new page", **switches)
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "never kept back are not approved (general/" in result.err
    assert not (content / "taken_over.json").exists()


def test_who_approves_must_be_said_and_what_must_exist(trialog: Trialog, content: Path) -> None:  # noqa: F811
    assert "--by" in trialog("script", "--approve", "*").err
    assert "There is no piece nothing/like/it" in trialog("script", "--approve", "nothing/like/it", "--by", "me").err
    assert "approvals: []" in (content / "approvals.yml").read_text(encoding="utf-8")
