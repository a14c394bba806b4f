"""The commands as a person runs them."""

import dataclasses
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.main import VERBS, main
from trialog.cli.train import fingerprint

pytestmark = pytest.mark.slow


@dataclasses.dataclass
class Result:
    """What a command ended with and what it wrote."""

    status: int
    out: str
    err: str


Trialog = Callable[..., Result]


@pytest.fixture
def trialog(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trialog:
    """Runs a command in this process, with what it reads from the environment."""

    def run(*arguments: str, **environment: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["trialog", *arguments])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
        return Result(int(end.value.code or 0), *capsys.readouterr())

    return run


def in_a_process(*arguments: str, said: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command with all that is written around it: warnings, and what libraries print."""
    command = [sys.executable, "-m", "trialog", *arguments]
    return subprocess.run(command, cwd=folder, input=said, capture_output=True, text=True, timeout=240, check=False)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, trialog: Trialog) -> None:
    result = trialog(verb, "--help")
    assert result.status == 0, result.err
    assert VERBS[verb][1:] in " ".join(result.out.split())


def test_an_unknown_verb_is_refused_with_the_list(trialog: Trialog) -> None:
    result = trialog("dance")
    assert result.status == 2
    assert "invalid choice: 'dance'" in result.err


def test_ctrl_c_ends_a_command_quietly(trialog: Trialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("trialog.cli.embed.run", interrupted)
    result = trialog("embed")
    assert (result.status, result.err) == (130, "")


def test_check_reports_faults_and_fails(trialog: Trialog, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content" / "trials" / "itcc-059" / "answers" / "cost.yml").unlink()
    (tmp_path / "dialogues").mkdir()
    (tmp_path / "dialogues" / "a.yml").write_text("- - {say: hi, topics: greet}\n", encoding="utf-8")
    nothing, dialogues = str(tmp_path / "nothing"), str(tmp_path / "dialogues")
    result = trialog("check", "--data", nothing, "--dialogues", dialogues, TRIALOG_CONTENT=str(tmp_path / "content"))
    assert result.status == 1
    assert "answers/cost.yml: this required topic has no file" in result.out
    assert "dialogues/a.yml:1: turn 1: there is no 'topics'. Is it topic?" in result.out
    assert result.out.endswith("2 faults\n")


def test_check_looks_again_when_a_file_was_saved(trialog: Trialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    study = tmp_path / "content" / "trials" / "itcc-059" / "study.yml"
    saved = iter([study.read_text(encoding="utf-8"), "id: ["])

    def save(_: float) -> None:
        text = next(saved, None)
        if text is None:
            raise KeyboardInterrupt
        study.write_text(text, encoding="utf-8")

    study.write_text("", encoding="utf-8")
    monkeypatch.setattr("trialog.operation.changed.sleep", save)
    result = trialog("check", "--watch", "--data", str(tmp_path / "nothing"), TRIALOG_CONTENT=str(tmp_path / "content"))
    ends = [line for line in result.out.splitlines() if re.fullmatch(r"\d+ faults|Content.*no faults\.", line)]
    assert (result.status, len(ends)) == (130, 3)
    assert "have no faults" in ends[1]


@pytest.mark.slow
def test_train_does_nothing_when_nothing_changed(trialog: Trialog) -> None:
    result = trialog("train")
    assert result.status == 0
    assert "The model is up to date." in result.out


# A project that Rasa trains in a moment, with a response that no rule uses.
SMALL = {
    "config.yml": """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
""",
    "domain.yml": """
version: "3.1"
intents: [greet, bye]
responses: {utter_hello: [{text: Hello.}], utter_unused: [{text: Unused.}]}
""",
    "data/nlu.yml": """
version: "3.1"
nlu:
- {intent: greet, examples: "- hello\\n- hi\\n"}
- {intent: bye, examples: "- bye\\n- see you\\n"}
""",
    "data/rules.yml": """
version: "3.1"
rules:
- {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
- {rule: bye, steps: [{intent: bye}, {action: utter_hello}]}
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_training_says_in_a_few_lines_what_it_does_and_shows_no_warning_of_anybody(small: Path) -> None:
    result = in_a_process("train", folder=small)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    training, checking, rasa, trained = result.stdout.splitlines()
    assert training == "Training the model, which takes about 3 minutes the first time."
    assert checking == "Checking the data and the rules ..."
    assert "trained and saved" in rasa
    assert re.fullmatch(r"Trained models/[\w-]+\.tar\.gz in \d+ s\.", trained)
    assert list((small / "models").glob("*.tar.gz"))


@pytest.mark.slow
def test_a_fault_of_the_data_is_shown_when_training(small: Path) -> None:
    (small / "data" / "empty.yml").write_text('version: "3.1"\nnlu:\n- intent: bye\n  examples: |\n', encoding="utf-8")
    assert "Intent 'bye' has no examples." in in_a_process("train", folder=small).stderr


@pytest.mark.slow
def test_training_that_cannot_be_done_says_why_in_one_sentence(small: Path) -> None:
    (small / "config.yml").write_text("pipeline: [", encoding="utf-8")
    result = in_a_process("train", folder=small)
    assert result.returncode == 1
    assert result.stderr.startswith("trialog cannot train: ")
    assert "Traceback" not in result.stderr
    assert not (small / "models" / "trained-from").exists()


def test_the_fingerprint_changes_with_every_ingredient(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yml").write_text("a")
    seen = {fingerprint(tmp_path)}
    (tmp_path / "data" / "a.yml").write_text("b")
    seen.add(fingerprint(tmp_path))
    (tmp_path / "data" / "a.yml").rename(tmp_path / "data" / "b.yml")
    seen.add(fingerprint(tmp_path))
    (tmp_path / "config.yml").write_text("b")
    seen.add(fingerprint(tmp_path))
    assert len(seen) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in seen)
