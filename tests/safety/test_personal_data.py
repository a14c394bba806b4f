"""Personal data is noticed by its kind, never kept, and never in the way of an answer."""

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT, Ask
from trialog.engine import Engine
from trialog.nlu.personal_data import find, without_personal_data

BANK: dict[str, list[str]] = YAML(typ="safe").load((ROOT / "tests" / "safety" / "personal_data.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [text for kind, texts in BANK.items() if kind != "none" for text in texts])
def test_personal_data_is_noticed(text: str) -> None:
    assert find(text)


@pytest.mark.parametrize("text", BANK["none"])
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("My name is Anna, how does the drug work?", "how does the drug work?"),
        ("mail me at a@example.org", "mail me at"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_what_is_left_without_it(text: str, rest: str) -> None:
    assert without_personal_data(text) == rest


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


async def test_danger_is_told_without_a_note(ask: Ask) -> None:
    (reply,) = await ask("I'm Anna Berg and my son can't breathe")
    assert reply.topic == "emergency"
