"""The questions and families of a study's folder: read with every fault, and what they leave out is known."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.content.files import ContentReader
from trialog.content.model import Library
from trialog.content.proof import Proof, check_proof, read_proof, untried

STUDY = "itcc-059"
QUESTIONS = "questions:\n- topic: {topic}\n  ask:\n  - Why?\n  - What?\n"
FAMILIES = """
families:
- {{title: One, who: my son, why: so, outcome: unclear, answers: {{{criterion}: [yes it is, no]}}, verdicts: {{age: fits}}}}
"""

Checked = Callable[..., tuple[Proof, list[str]]]


@pytest.fixture
def checked(tmp_path: Path, library: Library) -> Checked:
    def check(**files: str) -> tuple[Proof, list[str]]:
        for name, text in files.items():
            (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
        reader = ContentReader(tmp_path)
        return check_proof(reader, library, library.studies[STUDY], tmp_path), [str(fault) for fault in reader.faults]

    return check


def test_what_is_there_is_read(checked: Checked) -> None:
    proof, faults = checked(questions=QUESTIONS.format(topic="cost"), families=FAMILIES.format(criterion="cd22"))
    assert faults == []
    assert proof.questions[0].ask == ("Why?", "What?")
    (family,) = proof.families
    assert family.runs == 2
    assert [family.answer("cd22", run) for run in (0, 1)] == ["yes it is", "no"]
    assert family.answer("age", 0) is None


def test_what_is_not_there_proves_nothing(checked: Checked) -> None:
    assert checked() == (Proof(), [])


def test_a_topic_or_a_point_that_is_not_there_is_a_fault_with_its_line(checked: Checked) -> None:
    _, faults = checked(questions=QUESTIONS.format(topic="moon"), families=FAMILIES.format(criterion="moon"))
    questions, families = (fault.split("/")[-1] for fault in faults)
    assert questions == "questions.yml:2: the topic 'moon' does not exist."
    assert families == "families.yml:3: there is no point of entry 'moon' in criteria.yml."


def test_a_question_without_words_is_a_fault(checked: Checked) -> None:
    proof, (fault,) = checked(questions="questions: [{topic: cost, ask: []}]\n")
    assert "at 'questions[0].ask': '[]' is not a list of one text or more." in fault
    assert proof.questions == ()


def test_what_nothing_tries_is_known(library: Library) -> None:
    study = library.studies[STUDY]
    topics, points = untried(library, study, Proof())
    assert "cost" in topics
    assert "healthy_cells" not in topics  # not every study must answer it
    assert "age: does_not_fit" in points


def test_the_first_study_tries_all_that_it_must_answer(library: Library) -> None:
    folder = ROOT / "content" / "trials" / STUDY
    reader = ContentReader(ROOT / "content")
    proof = check_proof(reader, library, library.studies[STUDY], folder)
    assert reader.faults == []
    assert untried(library, library.studies[STUDY], proof) == ([], [])
    assert proof == read_proof(ContentReader(ROOT / "content"), folder)
