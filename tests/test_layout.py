"""The shape of the house beside its floors; who may import whom is a contract of import-linter (pyproject.toml, `make check`)."""

from tests.conftest import ROOT

FILES = sorted([*(ROOT / "trialog").rglob("*.py"), *(ROOT / "actions").glob("*.py")])


def test_actions_stay_flat() -> None:
    assert [path.name for path in (ROOT / "actions").iterdir() if path.is_dir() and path.name != "__pycache__"] == []


def test_python_files_stay_small() -> None:
    sizes = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
