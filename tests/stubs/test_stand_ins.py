"""Rasa runs without TensorFlow and the chat clients, and says so clearly when somebody asks for them."""

import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rasa_stand_ins
from rasa.__main__ import create_argument_parser
from rasa_stand_ins import NotInstalledError

from tests.conftest import ROOT
from tests.server import Server

VERBS = ["init", "run", "shell", "train", "interactive", "telemetry", "test", "visualize", "data", "export", "x", "evaluate", "--version"]


def rasa(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "rasa", *arguments], cwd=folder, capture_output=True, text=True, timeout=240, check=False)


@pytest.mark.parametrize("verb", ["run", "shell", "train", "test", "data", "visualize", "export", "interactive", "telemetry"])
def test_every_rasa_verb_starts(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        create_argument_parser().parse_args([verb, "--help"])
    assert f"usage: rasa {verb}" in capsys.readouterr().out


@pytest.mark.parametrize("name", rasa_stand_ins.PACKAGES)
def test_a_stand_in_can_be_imported_annotated_with_and_subclassed(name: str) -> None:
    module = importlib.import_module(f"{name}.some.deep.module")
    base = module.Model
    child = type("Child", (base,), {"field": base.inner | None})
    with pytest.raises(NotInstalledError, match=f"'{name}.some.deep.module.Model' is part of a package that this project leaves out"):
        base()
    with pytest.raises(NotInstalledError):
        child()


@pytest.mark.parametrize("name", rasa_stand_ins.PACKAGES)
def test_each_package_has_its_stand_in_and_is_excluded_from_the_lock(name: str) -> None:
    module = importlib.import_module(name)
    assert "Stand-in" in (module.__doc__ or "")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert f"\n{name.lower().replace('_', '-')}==" not in lock


def test_what_a_server_is_spared_says_so_when_it_would_have_to_run() -> None:
    with pytest.raises(NotInstalledError, match=r"'sklearn\.svm\.SVC' is not loaded in a server"):
        rasa_stand_ins.answers_for("sklearn.svm")("SVC")()


def test_a_server_loads_nothing_of_what_it_is_spared(server: Server) -> None:
    mapped = Path(f"/proc/{server.process.pid}/maps").read_text(encoding="utf-8")
    assert "/numpy/" in mapped
    assert [name for name in ("sklearn", "matplotlib", "cryptography") if f"/{name}/" in mapped] == []


def test_errors_of_a_stand_in_can_be_caught() -> None:
    from botocore.exceptions import ClientError

    assert issubclass(ClientError, Exception)


def test_a_stand_in_has_no_dunder_attributes() -> None:
    import tensorflow

    assert not hasattr(tensorflow, "__version__")
    assert not hasattr(tensorflow.keras.Model, "__iter__")  # type: ignore[attr-defined]


@pytest.mark.slow
def test_every_module_of_rasa_can_be_imported() -> None:
    import rasa

    failed = {}
    for module in pkgutil.walk_packages(rasa.__path__, "rasa."):
        if module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            failed[module.name] = str(error)
    # Rasa's optional extra `transformers` is not installed by Rasa itself either.
    assert set(failed) <= {"rasa.nlu.utils.hugging_face.registry"}, failed


@pytest.mark.slow
def test_a_config_with_diet_fails_with_one_clear_sentence(tmp_path: Path) -> None:
    shutil.copy(ROOT / "domain.yml", tmp_path)
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: test\nlanguage: en\n"
        "pipeline:\n- name: WhitespaceTokenizer\n- name: CountVectorsFeaturizer\n- name: DIETClassifier\n  epochs: 1\n"
        "policies:\n- name: RulePolicy\n",
        encoding="utf-8",
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: elig_start\n  examples: |\n    - can my son join\n    - does she fit\n'
        "- intent: nlu_fallback\n  examples: |\n    - something else\n    - what now\n",
        encoding="utf-8",
    )
    result = rasa("train", "nlu", folder=tmp_path)
    said = result.stdout + result.stderr
    assert result.returncode != 0
    assert "is part of a package that this project leaves out" in said
    assert "DIETClassifier" in said
    assert "Traceback" not in said
