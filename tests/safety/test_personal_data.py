"""Personal data is noticed by its kind, never kept, and never in the way of an answer."""

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT, Ask
from trialog.assistant.engine import Engine
from trialog.content.model import Library
from trialog.nlu.personal_data.component import PersonalDataFinder, evidence_of


def bank(folder: str) -> dict[str, list[str]]:
    return dict(YAML(typ="safe").load((ROOT / "tests" / folder / "personal_data.yml").read_text(encoding="utf-8")))


def with_kind(texts_by_kind: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, texts in texts_by_kind.items() if kind != "none" for text in texts]


@pytest.fixture(scope="module")
def finder(library: Library) -> PersonalDataFinder:
    return PersonalDataFinder(library)


def kinds(finder: PersonalDataFinder, text: str) -> set[str]:
    return {kind for kind, _, _ in finder.find(text)}


BANK = bank("safety")


@pytest.mark.parametrize(("kind", "text"), with_kind(BANK))
def test_personal_data_is_noticed_by_its_kind(finder: PersonalDataFinder, kind: str, text: str) -> None:
    assert kind in kinds(finder, text)


def test_messages_written_before_the_recognition_are_understood(finder: PersonalDataFinder) -> None:
    held_out = bank("held_out")
    noticed = [kind in kinds(finder, text) for kind, text in with_kind(held_out)]
    assert sum(noticed) / len(noticed) >= 0.95
    assert sum(bool(finder.find(text)) for text in held_out["none"]) / len(held_out["none"]) <= 0.02


@pytest.mark.parametrize("text", BANK["none"])
def test_what_only_looks_like_it_is_not(finder: PersonalDataFinder, text: str) -> None:
    assert finder.find(text) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("My name is Anna, how does the drug work?", "how does the drug work?"),
        ("mail me at a@example.org", "mail me at"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_what_is_left_without_it(finder: PersonalDataFinder, text: str, rest: str) -> None:
    assert evidence_of(text, finder.find(text)).rest == rest


async def test_the_entity_says_the_kind_and_not_the_data(engine: Engine) -> None:
    result = await engine._agent.parse_message("call me on 07700 900416, what does it cost?")
    (entity,) = [entity for entity in result["entities"] if entity["entity"] == "personal_data"]
    assert entity["value"] == "phone"
    assert "900416" not in str({name: value for name, value in result.items() if name != "text"})


async def test_a_question_beside_it_is_answered_and_the_note_said(ask: Ask) -> None:
    replies = await ask("My name is Anna Berg. How does the drug work?")
    assert [reply.topic for reply in replies] == ["drug_how", "pii"]
    assert "I do not need names" in replies[1].text


@pytest.mark.parametrize("text", ["My name is Anna Berg", "Hello, I'm Anna Berg", "07700 900416", "anna@example.org"])
async def test_personal_data_alone_is_kindly_declined(ask: Ask, text: str) -> None:
    (reply,) = await ask(text)
    assert (reply.kind, reply.topic) == ("safety", "pii")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("How does the drug work?", "more please, my number is 07700 900416"),
        ("How does the drug work?", "why? my name is Anna Berg"),
        ("How does the drug work?", "and japan? I'm Anna Berg"),
        ("Hello", "I'm Anna Berg, are you a robot?"),
        ("Hello", "I'm Anna Berg. My son has a broken leg, which medicine for it?"),
        ("can my son take part?", "my son Ben Okafor"),
        ("can my son take part?", "I'm Anna Berg, are you a robot?"),
        ("can my son take part?", "he was born on 3 March 2016"),
        ("can my son take part?", "What does it cost? I'm Anna Berg"),
        ("can my son take part?", "why do you ask? his birthday is 3 March 2016"),
    ],
)
async def test_the_note_is_said_once_wherever_the_message_leads(ask: Ask, before: str, text: str) -> None:
    await ask(before)
    replies = await ask(text)
    assert [reply.topic for reply in replies].count("pii") == 1


async def test_a_follow_up_beside_it_is_answered(ask: Ask) -> None:
    await ask("How does the drug work?")
    replies = await ask("tell me more please, a@example.org")
    assert [reply.topic for reply in replies] == ["drug_how", "pii"]


@pytest.mark.parametrize("name", ["Inotuzumab Ozogamicin", "Acute Lymphoblastic Leukemia"])
def test_a_word_of_the_study_is_nobodys_name(finder: PersonalDataFinder, name: str) -> None:
    assert kinds(finder, f"this is {name}") == set()
    assert kinds(finder, "this is Anna Berg") == {"name"}


def test_a_telling_word_counts_more_than_a_check_digit(finder: PersonalDataFinder) -> None:
    assert kinds(finder, "X1234567A") == set(), "the letter does not fit"
    assert kinds(finder, "her NIE is X1234567A") == {"number"}
    assert kinds(finder, "77120") == set(), "too short"
    assert kinds(finder, "patient number 77120") == {"number"}


async def test_danger_is_told_without_a_note(ask: Ask) -> None:
    (reply,) = await ask("I'm Anna Berg and my son can't breathe")
    assert reply.topic == "emergency"
