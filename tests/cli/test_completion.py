"""The shell completes verbs, their options, the words they take, studies and files."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT

BASH = shutil.which("bash")


def completed(script: str, *words: str) -> set[str]:
    """What bash offers for the last of ``words``."""
    typed = " ".join(f"'{word}'" for word in words)
    asked = f"{script}\nCOMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _trialog; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    result = subprocess.run([str(BASH), "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return set(result.stdout.split())


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_bash_completes_verbs_options_words_studies_and_files(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    script = trialog("completion", "bash").out
    assert completed(script, "trialog", "re") == {"replay", "report"}
    assert completed(script, "trialog", "check", "--wa") == {"--watch"}
    assert completed(script, "trialog", "content", "rel") == {"reload"}
    assert completed(script, "trialog", "replay", "--study", "itcc") == {"itcc-059"}
    assert completed(script, "trialog", "replay", "tests/dialogues/cost") == {"tests/dialogues/cost.yml"}
    assert trialog("completion", "zsh").out == f"autoload -U +X bashcompinit && bashcompinit\n{script}"
