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


def trialog(*arguments: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "trialog", *arguments],
        cwd=ROOT,
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
        assert f"http://127.0.0.1:{port}" in line
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
