"""What is answered otherwise is told as better, worse or otherwise, by topic and language."""

from pathlib import Path

from trialog.assistant.dialogues.compare import compared, shown, table
from trialog.assistant.dialogues.form import Dialogue, Turn
from trialog.assistant.dialogues.play import Played, PlayedTurn, faults_of
from trialog.assistant.message import Message

TURNS = (
    Turn(say="what does it cost", topic="cost"),
    Turn(say="how does it work", topic="drug_how"),
    Turn(say="hallo"),
    Turn(say="where is it"),
)
DIALOGUE = Dialogue(Path("a.yml"), 1, 3, TURNS)

COST, HOW = Message("The page says nothing of costs.", "not_on_page", "cost"), Message("It sticks to CD22.", "answer", "drug_how")
NOTE = Message("Die Seite gibt es nur auf Englisch.", "fallback", "other_language", language="de")
LONG = "One of the longest answers that there are, with words enough for a whole line and some more "


def played(*replies: list[Message]) -> Played:
    return Played(DIALOGUE, tuple(PlayedTurn(turn, said, tuple(faults_of(turn, said))) for turn, said in zip(TURNS, replies, strict=True)))


BEFORE = played([COST], [COST], [NOTE, COST], [Message(f"{LONG}in Utrecht.", "answer", "location")])
AFTER = played([HOW], [HOW], [NOTE, HOW], [Message(f"{LONG}in Leiden.", "answer", "location")])


def test_what_a_turn_expects_says_if_it_is_better_or_worse() -> None:
    every = compared([BEFORE], [AFTER])
    assert [one.how for one in every] == ["worse", "better", "otherwise", "otherwise"]
    assert {one.how for one in compared([BEFORE], [BEFORE])} == {"same"}


def test_a_turn_is_shown_with_both_answers_and_what_is_wrong_with_them() -> None:
    first, _, _, last = compared([BEFORE], [AFTER])
    assert list(shown(first)) == [
        "a.yml:3: worse",
        "    family: what does it cost",
        "    before [not_on_page cost]: The page says nothing of costs.",
        "    after [answer drug_how]: It sticks to CD22.",
        "  ! after: topic: expected cost, got drug_how",
    ]
    # Two that begin alike are told from where they part.
    assert [line.partition(": ")[2] for line in shown(last)][-2:] == ["... Utrecht.", "... Leiden."]


def test_topics_and_languages_are_counted() -> None:
    every = compared([BEFORE, BEFORE], [AFTER, BEFORE])
    assert list(table(every, lambda one: one.topic, "topic")) == [
        "topic     turns  better  worse  otherwise",
        "cost          4       0      1          1",
        "drug_how      2       1      0          0",
        "location      2       0      0          1",
    ]
    languages = table(every, lambda one: one.language, "language")
    assert [line.split()[:2] for line in languages] == [
        ["language", "turns"],
        ["de", "2"],
        ["en", "6"],
    ]
