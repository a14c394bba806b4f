"""Every Python of the environment knows before Rasa starts that nothing is reported and nobody else is listened to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import rasa_environment

# Each starts a Python of its own.
pytestmark = pytest.mark.slow

NLU = 'version: "3.1"\nnlu:\n' + "".join(f"- intent: {name}\n  examples: |\n    - a\n    - b\n    - c\n" for name in ("one", "two"))

REPORTED = '"event": "Training Data Split"'


def split_data(folder: Path, **environment: str) -> str:
    """What ``rasa data split nlu``, a small verb that Rasa reports, writes in a new home; reports are shown in place of sent."""
    (folder / "nlu.yml").write_text(NLU, encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name not in rasa_environment.DEFAULTS}
    command = [sys.executable, "-m", "rasa", "data", "split", "nlu", "--nlu", "nlu.yml", "--out", "split"]
    environment = {**bare, "HOME": str(folder), "RASA_TELEMETRY_DEBUG": "true", **environment}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert (folder / "split" / "test_data.yml").is_file(), result.stderr
    return result.stdout + result.stderr


def test_a_bare_rasa_command_in_a_new_home_reports_nothing(tmp_path: Path) -> None:
    written = split_data(tmp_path)
    assert REPORTED not in written
    assert "reports" not in written.lower()


def test_rasa_would_report_if_it_were_told_to(tmp_path: Path) -> None:
    assert REPORTED in split_data(tmp_path, RASA_TELEMETRY_ENABLED="true")


def test_the_environment_has_the_last_word() -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['SANIC_HOST'], os.environ['RASA_TELEMETRY_ENABLED'])"]
    environment = {"PATH": os.environ["PATH"], "SANIC_HOST": "0.0.0.0"}  # noqa: S104
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "0.0.0.0 false\n"
