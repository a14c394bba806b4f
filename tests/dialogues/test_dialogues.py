"""Whole conversations against the trained model, each ending in the words said to the family.

The form and the runner are those of ``trialog replay`` (docs/staff.md): a file named after its topic, with a list of dialogues.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ask
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.form import Dialogue
from trialog.assistant.dialogues.play import play
from trialog.assistant.dialogues.report import difference
from trialog.content.model import Library

FOLDER = Path(__file__).parent

FIRST_QUESTIONS = ["What the study is about", "Who can take part", "How the drug works", "See if the study might fit"]


def dialogues() -> list[Any]:
    return [pytest.param(dialogue, id=dialogue.name.removeprefix(f"{FOLDER.as_posix()}/")) for dialogue in read_dialogues([FOLDER])]


@pytest.mark.parametrize("dialogue", dialogues())
async def test_dialogue(dialogue: Dialogue, ask: Ask) -> None:
    played = await play(lambda turn: ask(turn.text), dialogue)
    assert played.passed, "\n".join(difference(played))


def test_they_are_many() -> None:
    assert len(read_dialogues([FOLDER])) >= 500


def test_every_topic_has_a_dialogue(library: Library) -> None:
    words = library.words(library.studies["itcc-059"])
    expected = {f"{topic}.yml" for topic in library.topics} | {f"term/{word}.yml" for word in words}
    assert expected - {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.yml")} == set()


async def test_unclear_questions_offer_at_most_three_topics_or_the_first_questions(ask: Ask) -> None:
    offered = [await ask(text) for text in ("with or without", "sometimes the other way", "other than before")]
    unclear = [reply for (reply,) in offered if reply.kind == "fallback" and reply.topic is None]
    assert unclear, "none of these vague messages was asked back"
    offers = [[button["title"] for button in reply.buttons] for reply in unclear]
    assert all(1 <= len(titles) <= 3 or titles == FIRST_QUESTIONS for titles in offers)
