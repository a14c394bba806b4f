"""A placeholder that nothing is filled in for is a fault, with its line and the names there are."""

from pathlib import Path

from tests.content.check.test_content import STUDY, Faults, change

CRITERIA = f"content/{STUDY}/criteria.yml"


def test_an_unknown_form_of_a_person(content: Path, faults: Faults) -> None:
    change(content / STUDY / "criteria.yml", "question: How old {is} {person} now?", "question: How old are {they} now?")
    change(content / STUDY / "criteria.yml", "question: Which disease {does} {person} have?", "question: Which disease does {person} have?")
    assert faults() == [
        f"{CRITERIA}:27: the placeholder '{{they}}' stands for nothing: "
        "there are {person}, {persons}, {is}, {has}, {does}, {Person}, {Persons}, {Is}, {Has}, {Does}.",
        f"{CRITERIA}:49: 'does {{person}}' is wrong about “you”: {{is}}, {{has}} and {{does}} fit everybody.",
    ]


def test_a_placeholder_where_nothing_is_filled_in(content: Path, faults: Faults) -> None:
    change(content / STUDY / "criteria.yml", "ask: Does the age fit this study?", "ask: Does the age of {person} fit this study?")
    assert faults() == [f"{CRITERIA}:36: the placeholder '{{person}}' stands for nothing: nothing is filled in here."]


def test_a_placeholder_that_is_not_closed(content: Path, faults: Faults) -> None:
    change(content / STUDY / "criteria.yml", "question: How old {is} {person} now?", "question: How old {is} {person now?")
    assert faults() == [f"{CRITERIA}:27: a bracket of a placeholder is missing: '{{' and '}}' belong together."]
