"""The shape of the house beside its floors; who may import whom is a contract of import-linter (pyproject.toml, `make check`)."""

from tests.conftest import ROOT

FILES = sorted([*(ROOT / "trialog").rglob("*.py"), *(ROOT / "actions").glob("*.py")])


# The longest line of a file that is not Python, as of a Python file.
LONGEST = 140


def test_lines_can_be_read_without_scrolling() -> None:
    files = [file for folder in ("content", "data", "tests") for file in (ROOT / folder).rglob("*.yml")]
    files += [file for kind in ("*.js", "*.css", "*.html", "*.typ") for file in (ROOT / "trialog" / "web").rglob(kind)]
    long = {
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST
    }
    assert long == set()


def test_actions_stay_flat() -> None:
    assert [path.name for path in (ROOT / "actions").iterdir() if path.is_dir() and path.name != "__pycache__"] == []


def test_python_files_stay_small() -> None:
    sizes = {file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_only_commands_and_the_deployment_of_plain_rasa_commands_read_the_environment() -> None:
    reading = {file.relative_to(ROOT) for file in FILES if "from_environment(" in file.read_text(encoding="utf-8")}
    elsewhere = {path.as_posix() for path in reading if path.parts[:2] != ("trialog", "cli")}
    assert elsewhere == {"trialog/settings.py", "trialog/content/deployment.py"}
