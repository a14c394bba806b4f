"""The commands as a person runs them, in a process of their own."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.cli.main import VERBS
from trialog.cli.train import fingerprint


def trialog(*arguments: str, said: str = "", folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "trialog", *arguments],
        cwd=folder,
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    result = trialog(verb, "--help")
    assert result.returncode == 0, result.stderr
    assert VERBS[verb][1:] in " ".join(result.stdout.split())


def test_an_unknown_verb_is_refused_with_the_list() -> None:
    result = trialog("dance")
    assert result.returncode == 2
    assert "invalid choice: 'dance'" in result.stderr


def test_check_finds_no_fault_in_the_shipped_content() -> None:
    result = trialog("check")
    assert (result.returncode, result.stdout) == (0, "Content and training data have no faults.\n")


def test_check_reports_faults_and_fails(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content" / "trials" / "itcc-059" / "answers" / "cost.yml").unlink()
    result = trialog("check", TRIALOG_CONTENT=str(tmp_path / "content"))
    assert result.returncode == 1
    assert "answers/cost.yml: this required topic has no file" in result.stdout
    assert result.stdout.endswith("1 faults\n")


def test_chat_answers_and_presses_buttons() -> None:
    result = trialog("chat", said="How does the drug work?\n1\n\n/quit\n")
    assert result.returncode == 0, result.stderr
    assert "I am an automatic assistant, not a doctor" in result.stdout
    assert "calicheamicin" in result.stdout
    assert "Inotuzumab ITCC-059, Background, 2024-09-16" in result.stdout
    assert "That is how the drug finds the cells" in " ".join(result.stdout.split())


def test_chat_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    result = trialog("chat", TRIALOG_MODELS=str(tmp_path))
    assert result.returncode == 1
    assert "run `make train`" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"TRIALOG_PORT": "eighty"}, "TRIALOG_PORT must be a whole number above 0, not 'eighty'"),
        ({"TRIALOG_CONTENT": "nowhere"}, "nowhere/topics.yml: this file is missing"),
        ({"TRIALOG_MODELS": "nowhere"}, "no trained model in 'nowhere'"),
    ],
)
def test_serve_says_why_it_cannot_start(environment: dict[str, str], reason: str) -> None:
    result = trialog("serve", **environment)
    assert result.returncode == 1
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_serve_answers_and_stops_when_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "trialog", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        while not (line := server.stdout.readline()).startswith("Trialog is ready"):
            assert server.poll() is None, server.stderr.read() if server.stderr else ""
        assert f"http://localhost:{port}" in line
        time.sleep(0.5)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/api/conversations", b"{}", {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            assert json.load(response)["messages"][0]["kind"] == "welcome"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=15) == 0


def test_train_does_nothing_when_nothing_changed() -> None:
    result = trialog("train")
    assert result.returncode == 0
    assert "The model is up to date." in result.stdout


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


def test_training_says_in_a_few_lines_what_it_does_and_shows_no_warning_of_anybody(small: Path) -> None:
    result = trialog("train", folder=small)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    training, checking, rasa, trained = result.stdout.splitlines()
    assert training == "Training the model, which takes about 3 minutes the first time."
    assert checking == "Checking the data and the rules ..."
    assert "trained and saved" in rasa
    assert re.fullmatch(r"Trained models/[\w-]+\.tar\.gz in \d+ s\.", trained)
    assert list((small / "models").glob("*.tar.gz"))


def test_a_fault_of_the_data_is_shown_when_training(small: Path) -> None:
    (small / "data" / "empty.yml").write_text('version: "3.1"\nnlu:\n- intent: bye\n  examples: |\n', encoding="utf-8")
    assert "Intent 'bye' has no examples." in trialog("train", folder=small).stderr


def test_training_that_cannot_be_done_says_why_in_one_sentence(small: Path) -> None:
    (small / "config.yml").write_text("pipeline: [", encoding="utf-8")
    result = trialog("train", folder=small)
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
