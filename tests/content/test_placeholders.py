import pytest

from trialog.content.model import Library
from trialog.content.placeholders import fill, placeholders_in


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("How old {is} {person}?", "How old is your son?"),
        ("{Person} {is} 9.", "Your son is 9."),
        ("Did {they} say {person}?", "Did {they} say your son?"),
        ("{person", "{person"),
        ("a set {1, 2}, an empty {} and {{person}}", "a set {1, 2}, an empty {} and {your son}"),
    ],
)
def test_what_is_known_is_put_in_and_the_rest_stays(text: str, filled: str) -> None:
    assert fill(text, {"person": "your son", "Person": "Your son", "is": "is"}) == filled


def test_a_value_is_put_in_as_it_is() -> None:
    assert fill("{one} {two}", {"one": "{two}", "two": 2}) == "{two} 2"


def test_names_of_placeholders() -> None:
    assert placeholders_in("{person} and {they}, {} {a b}") == ["person", "they"]


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("self", "Do you know, and have you relapsed? Your doctor knows. You are 9."),
        ("son", "Does your son know, and has your son relapsed? Your son’s doctor knows. Your son is 9."),
        ("patient", "Does the patient know, and has the patient relapsed? The patient’s doctor knows. The patient is 9."),
    ],
)
def test_a_sentence_about_a_person_follows_the_grammar_of_the_content(person: str, said: str, library: Library) -> None:
    text = "{Does} {person} know, and {has} {person} relapsed? {Persons} doctor knows. {Person} {is} 9."
    assert library.interview.speak_of(library.interview.people[person], text) == said


def test_every_placeholder_of_the_grammar_is_named(library: Library) -> None:
    names = {"person", "persons", "is", "has", "does", "Person", "Persons", "Is", "Has", "Does"}
    assert {*library.interview.placeholders} == names
    asked = {name for study in library.studies.values() for c in study.criteria.values() for name in placeholders_in(c.question + c.hint)}
    assert asked <= names
    assert asked, "the shipped questions speak of a person"
