"""The docs hold true: each command, setting and topic they name exists, and each that exists is named."""

import dataclasses
import re

import rasa_stand_ins

from tests.conftest import ROOT
from trialog.cli.main import VERBS
from trialog.content.model import Library
from trialog.settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs").glob("*.md")}
EVERYTHING = README + "".join(DOCS.values())


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_make_target_named_exists_and_the_reverse() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", EVERYTHING, re.MULTILINE))
    assert named <= make_targets(), "docs name a target that does not exist"
    in_readme = set(re.findall(r"make ([a-z]+)", README)) | set(re.findall(r"`([a-z]+)`", README))
    assert make_targets() <= in_readme


def test_every_verb_named_exists_and_the_reverse() -> None:
    assert set(re.findall(r"\btrialog ([a-z]+)\b", DOCS["developer.md"])) == set(VERBS)


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
    for page, text in {"README.md": README, **{f"docs/{name}": text for name, text in DOCS.items()}}.items():
        for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (ROOT / page).parent.joinpath(link).exists(), f"{page}: {link}"
        for path in re.findall(r"`((?:content|data|docs|scripts|stubs|tests|trialog)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{page}: {path}"


def test_every_test_named_as_proof_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", DOCS["security.md"])
    assert len(named) > 20
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
