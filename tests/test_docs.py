"""The docs hold true: each command, setting and topic they name exists, and each that exists is named."""

import dataclasses
import json
import re
import tomllib

import pytest
import rasa_stand_ins
from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.cli.evaluate import thresholds_in
from trialog.cli.main import VERBS
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.training.figures import counted, proofs, rows
from trialog.training.marks import filled, named

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs").glob("*.md")}
CONTRIBUTING, CHANGELOG, SECURITY = (
    (ROOT / f"{name}.md").read_text(encoding="utf-8") for name in ("CONTRIBUTING", "CHANGELOG", "SECURITY")
)
DECISIONS = {file.name: file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs" / "decisions").glob("*.md"))}
HOSPITAL = {file.name: file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs" / "hospital").glob("*.md"))}
PAGES = {
    "README.md": README,
    "CONTRIBUTING.md": CONTRIBUTING,
    "CHANGELOG.md": CHANGELOG,
    "SECURITY.md": SECURITY,
    **{f"docs/{name}": text for name, text in DOCS.items()},
    **{f"docs/decisions/{name}": text for name, text in DECISIONS.items()},
    **{f"docs/hospital/{name}": text for name, text in HOSPITAL.items()},
}
EVERYTHING = "".join(PAGES.values())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_make_target_named_exists_and_the_reverse() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", EVERYTHING, re.MULTILINE))
    assert named <= make_targets(), "docs name a target that does not exist"
    in_readme = set(re.findall(r"make ([a-z-]+)", README)) | set(re.findall(r"`([a-z-]+)`", README))
    assert make_targets() <= in_readme


def test_every_verb_named_exists_and_the_reverse() -> None:
    assert set(re.findall(r"\btrialog ([a-z]+(?:-[a-z]+)*)\b", DOCS["developer.md"])) == set(VERBS)


def test_every_setting_is_in_the_operators_table_and_the_reverse() -> None:
    named = set(re.findall(r"`TRIALOG_([A-Z_]+)`", DOCS["operator.md"]))
    assert named == {field.name.upper() for field in dataclasses.fields(Settings)}


def test_the_defaults_in_the_table_are_the_real_ones() -> None:
    for name, default in re.findall(r"\| `TRIALOG_([A-Z_]+)` \| `([^`]+)` \|", DOCS["operator.md"]):
        assert str(getattr(Settings(), name.lower())) == default


def test_every_problem_is_documented_and_the_reverse(library: Library) -> None:
    table = dict(re.findall(r"^\| `([a-z_]+)` \| (\d{3}) \|", DOCS["api.md"], re.MULTILINE))
    assert table == {name: str(problem.status) for name, problem in library.problems.items()}


def test_every_kind_of_topic_is_named(library: Library) -> None:
    assert all(f"`{topic.kind}`" in DOCS["study-staff.md"] for topic in library.topics.values())


def test_topics_named_as_examples_exist(library: Library) -> None:
    for name in re.findall(r"(?:why: |topic: )([a-z0-9_]+)", DOCS["study-staff.md"]):
        assert name in library.topics


def test_every_direct_dependency_has_its_line() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    sections = re.findall(r"(?:dependencies|dev) = \[\n(.*?)\]", project, re.DOTALL)
    names = {name for section in sections[:2] for name in re.findall(r'"([A-Za-z0-9.-]+)[><=]', section)}
    assert {"rasa", "aiohttp", "pytest"} <= names
    assert {name for name in names if f"`{name}`" not in DOCS["dependencies.md"]} == set()


def test_every_stand_in_is_named() -> None:
    assert {name for name in rasa_stand_ins.PACKAGES if f"`{name}`" not in DOCS["dependencies.md"]} == set()


def test_links_and_paths_lead_somewhere() -> None:
    for page, text in PAGES.items():
        for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (ROOT / page).parent.joinpath(link).exists(), f"{page}: {link}"
        # A decision and a change stay as they were written, also when what they name has moved.
        if page == "CHANGELOG.md" or "decisions/" in page:
            continue
        for path in re.findall(r"`((?:content|data|docs|scripts|stubs|tests|trialog|\.github)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{page}: {path}"


def test_pages_that_are_read_first_stay_short() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "docs/developer.md"):
        assert len(PAGES[page].splitlines()) < 150, page


def test_every_decision_has_its_line_in_the_index() -> None:
    lines = [f"- [{text.splitlines()[0].removeprefix('# ')}]({name})" for name, text in DECISIONS.items() if name != "README.md"]
    assert [line for line in DECISIONS["README.md"].splitlines() if line.startswith("- ")] == lines


def test_every_decision_says_what_led_to_it_and_what_was_decided() -> None:
    for name, text in DECISIONS.items():
        if name != "README.md":
            assert re.match(rf"# {int(name[:4])}\. \w", text), name
            assert {"Context", "Decision"} <= set(re.findall(r"^## (.+)", text, re.MULTILINE)), name


def test_the_version_is_the_same_everywhere() -> None:
    newest = re.findall(r"^## \[([\d.]+)\]", CHANGELOG, re.MULTILINE)[0]
    api = json.loads((ROOT / "trialog" / "web" / "openapi.json").read_text(encoding="utf-8"))["info"]["version"]
    assert newest == api == PROJECT["project"]["version"]


def test_every_path_that_has_an_owner_exists() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert [path for path in owned if path != "*" and not (ROOT / path.strip("/")).exists()] == []


def test_the_hooks_download_nothing() -> None:
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}


def test_every_test_named_as_proof_exists() -> None:
    assert min(len(proofs(DOCS["security.md"])), len(proofs(HOSPITAL["hazards.md"]))) > 20
    for file, test in proofs("".join((DOCS["security.md"], *HOSPITAL.values()))):
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_hazard_has_its_number_a_control_a_test_and_what_is_left() -> None:
    hazards = rows(HOSPITAL["hazards.md"])
    assert [hazard[0] for hazard in hazards] == [f"H{number}" for number in range(1, len(hazards) + 1)]
    assert len(hazards) > 20
    for number, *cells in hazards:
        assert len(cells) == 5, number
        assert all(cells), number
        assert proofs(cells[3]), f"{number} has no test"
    numbers = {hazard[0] for hazard in hazards} | set(re.findall(r"^\| (O\d+) \|", HOSPITAL["hazards.md"], re.MULTILINE))
    assert set(re.findall(r"\b[HO]\d+\b", "".join(HOSPITAL.values()))) <= numbers


@pytest.mark.slow
def test_the_figures_of_the_hospitals_file_are_those_of_today(library: Library) -> None:
    figures = counted(ROOT, ROOT / "content", library, thresholds_in(ROOT / "config.yml"))
    assert {name for name, page in HOSPITAL.items() if filled(page, figures) != page} == set(), "run `trialog figures`"
    assert set.union(*map(named, HOSPITAL.values())) == figures.keys(), "a figure that no page tells"


def test_pages_of_the_hospitals_file_are_short_listed_and_say_what_is_left_open() -> None:
    assert set(re.findall(r"^\| \[([\w-]+\.md)\]", HOSPITAL["README.md"], re.MULTILINE)) == HOSPITAL.keys() - {"README.md"}
    for name, page in HOSPITAL.items():
        assert len(page.splitlines()) < 150, name
        assert "[hospital: " in page, name
        # In the middle of a paragraph a line that begins with a comment would no longer be read as Markdown.
        assert re.findall(r"^<!-- figure: [a-z-]+ -->.+", page, re.MULTILINE) == [], name
        # What it is not, and what would make it a medical device (docs/hospital/intended-purpose.md).
        assert "triage" not in page.lower(), name
