"""Shared wording is about any study: what is tested has its own word, and nobody is taken for a child."""

import re

import pytest

from tests.conftest import ROOT
from tests.studies import THIRD, all_three
from trialog.content.model import Library
from trialog.content.replies import interview, study
from trialog.content.wording import Wording
from trialog.web.menu import menu_of

# What is said to a child who types, and to somebody who asks what we would do with a child of ours.
_SPEAKS_OF_A_CHILD = {"utter_talk_own_child", "utter_not_for_children"}


@pytest.fixture(scope="module")
def library(library: Library) -> Library:
    return all_three(library)


def test_no_shared_reply_says_drug_or_child_by_itself() -> None:
    wording = Wording.read(ROOT / "data" / "responses")
    found = {
        name: variation["text"]
        for name, variations in wording.responses.items()
        for variation in variations
        if name not in _SPEAKS_OF_A_CHILD
        and re.search(r"\b(?:drugs?|child|children)\b", variation["text"], re.IGNORECASE)
        # Children who type are told that children feel so, too.
        and {"name": "typing", "type": "slot", "value": "child"} not in variation.get("condition", [])
    }
    assert found == {}


def test_what_is_tested_is_called_by_its_own_word(library: Library) -> None:
    third, ours = library.studies[THIRD.name], library.study_of()
    assert library.title("drug_how", third) == "How the wrist band works"
    assert library.title("drug_how", ours) == "How the drug works"
    assert not [title for topic in library.topics if "{" in (title := library.title(topic, third))]
    assert not [title for topic in third.answers if "drug" in (title := library.title(topic, third))]


def test_a_topic_that_a_study_is_without_is_said_not_to_be_on_its_page(library: Library) -> None:
    reply = study.on_topic(library, library.studies[THIRD.name], "ingredients")
    assert reply.values["says"] == "The study page says nothing about this: what is in the wrist band."


def test_an_adult_is_offered_what_is_for_adults(library: Library) -> None:
    third, ours = library.studies[THIRD.name], library.study_of()
    starters = {about.id: [group["title"] for group in menu_of(library, about) if group["starter"]] for about in (third, ours)}
    assert starters == {third.id: ["For who may take part"], ours.id: ["For a parent", "For a teenager", "For a child"]}
    asked = {about.id: [one["title"] for one in interview.ask_who(library, about, "", {}).buttons] for about in (third, ours)}
    assert asked == {
        third.id: ["Myself", "A patient", "Someone else", "Stop"],
        ours.id: ["My child", "Myself", "A patient", "Someone else", "Stop"],
    }
