"""A study's folder is played: what goes as expected is silent, what does not is told."""

import msgspec
import pytest

from tests.conftest import ROOT
from trialog.assistant.dialogues.proof import otherwise_ended, otherwise_understood
from trialog.assistant.engine import Engine
from trialog.content.criteria import Outcome, Verdict
from trialog.content.files import ContentReader
from trialog.content.model import Study
from trialog.content.proof import Asked, Family, Proof, read_proof

STUDY = "itcc-059"

# Of its questions, as many must be understood as expected.
UNDERSTOOD = 0.97


@pytest.fixture
def study(engine: Engine) -> Study:
    return engine.library.studies[STUDY]


@pytest.fixture
def proof() -> Proof:
    return read_proof(ContentReader(ROOT / "content"), ROOT / "content" / "trials" / STUDY)


async def test_the_questions_of_the_folder_are_understood(engine: Engine, study: Study, proof: Proof) -> None:
    wrong = [found for asked in proof.questions for found in await otherwise_understood(engine, study, asked)]
    asked = sum(len(one.ask) for one in proof.questions)
    assert asked > 100
    assert len(wrong) <= (1 - UNDERSTOOD) * asked, wrong


async def test_every_family_of_the_folder_is_told_what_is_right(engine: Engine, study: Study, proof: Proof) -> None:
    assert [found for family in proof.families for found in await otherwise_ended(engine, study, family)] == []


async def test_another_topic_and_missing_words_are_told(engine: Engine, study: Study) -> None:
    asked = Asked("cost", ("How does the drug work?", "What does it cost?"), words=("free of charge",))
    other, missing = await otherwise_understood(engine, study, asked)
    assert other == "“How does the drug work?”: expected cost, answered as answer drug_how"
    assert missing == "“What does it cost?”: the answer does not say “free of charge”"


async def test_another_result_and_another_verdict_are_told(engine: Engine, study: Study, proof: Proof) -> None:
    family: Family = msgspec.structs.replace(proof.families[1], outcome=Outcome.MAY_FIT, verdicts={"age": Verdict.FITS})
    first, *_ = found = await otherwise_ended(engine, study, family)
    assert first.endswith("in its words 1: expected may_fit, was told does_not_fit")
    assert [one for one in found if "age: expected fits, was told does_not_fit" in one]


async def test_a_family_that_cannot_be_read_comes_to_no_result_and_to_no_end_of_turns(engine: Engine, study: Study, proof: Proof) -> None:
    answers = dict.fromkeys(study.criteria, ("potato potato",))
    family = msgspec.structs.replace(proof.families[0], answers=answers)
    found = await otherwise_ended(engine, study, family)
    assert all("it came to no result" in one or "expected may_fit" in one or "expected fits" in one for one in found)
    assert found
    lost = msgspec.structs.replace(proof.families[0], answers={**proof.families[0].answers, "age": ("I want to kill myself",)})
    first, *_ = await otherwise_ended(engine, study, lost)
    assert ": at the question age it said “I want to kill myself”; it came to no result, but to safety crisis" in first


async def test_every_conversation_is_forgotten(engine: Engine, study: Study) -> None:
    before = await engine.conversations.count()
    await otherwise_understood(engine, study, Asked("cost", ("What does it cost?",)))
    assert await engine.conversations.count() == before
