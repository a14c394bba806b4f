"""Whole conversations against the trained model, each ending in the words said to the family.

A dialogue is a list of turns in a YAML file named after its topic. A turn has ``say`` (what the family types) or
``press`` (a button's payload), and what the reply must have: ``topic``, ``kind``, ``words``, ``language`` and titles of ``buttons``.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import Ask
from trialog.content.model import Library

FOLDER = Path(__file__).parent

FIRST_QUESTIONS = ["What the study is about", "Who can take part", "How the drug works", "See if the study might fit"]


def dialogues() -> list[Any]:
    found = []
    # The families of the questionnaire are not lists of turns.
    for file in sorted(file for file in FOLDER.rglob("*.yml") if file.parent.name != "questionnaire"):
        for number, turns in enumerate(YAML(typ="safe").load(file.read_text(encoding="utf-8"))):
            found.append(pytest.param(turns, id=f"{file.relative_to(FOLDER).with_suffix('')}-{number + 1}"))
    return found


@pytest.mark.parametrize("turns", dialogues())
async def test_dialogue(turns: list[dict[str, Any]], ask: Ask) -> None:
    for turn in turns:
        replies = await ask(turn.get("press") or turn["say"])
        said = "\n".join(reply.text for reply in replies)
        if "topic" in turn:
            assert turn["topic"] in [reply.topic for reply in replies], said
        if "kind" in turn:
            assert turn["kind"] in [reply.kind for reply in replies], said
        if "language" in turn:
            assert [reply.language for reply in replies] == [turn["language"]], said
        assert [word for word in turn.get("words", []) if word not in said] == [], said
        titles = [button["title"] for reply in replies for button in reply.buttons]
        assert [title for title in turn.get("buttons", []) if title not in titles] == [], titles


def test_every_topic_has_a_dialogue(library: Library) -> None:
    words = library.words(library.studies["itcc-059"])
    expected = {f"{topic}.yml" for topic in library.topics} | {f"term/{word}.yml" for word in words}
    assert expected - {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.yml")} == set()


async def test_unclear_questions_offer_at_most_three_topics_or_the_first_questions(ask: Ask) -> None:
    offered = [
        await ask(text) for text in ("it depends on the other thing", "between the two of them", "the first", "what comes now", "europe")
    ]
    unclear = [reply for (reply,) in offered if reply.kind == "fallback" and reply.topic is None]
    assert unclear, "none of these vague messages was asked back"
    offers = [[button["title"] for button in reply.buttons] for reply in unclear]
    assert all(1 <= len(titles) <= 3 or titles == FIRST_QUESTIONS for titles in offers)
