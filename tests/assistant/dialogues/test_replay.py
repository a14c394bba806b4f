"""Dialogues are read, compared and written without a model: the assistant is played by hand here."""

import asyncio
from pathlib import Path
from xml.etree import ElementTree

import pytest

from trialog.assistant.dialogues.files import faults_in, read_dialogues
from trialog.assistant.dialogues.form import Dialogue, DialogueError, Turn, write_dialogue
from trialog.assistant.dialogues.names import unknown_names
from trialog.assistant.dialogues.play import Played, faults_of, play
from trialog.assistant.dialogues.promises import Promises
from trialog.assistant.dialogues.report import difference, junit, update
from trialog.assistant.message import Message
from trialog.content.model import Library

COST = Message(
    "The page says nothing about costs. Your doctor can help.", "not_on_page", "cost", buttons=[{"title": "More", "payload": "/x"}]
)
AGE = Message("How old is your child?", "question", "elig_start", criterion="age")

WRITTEN = """\
# What a nurse wrote.
- - say: "what does it cost"
    topic: location
    kind: not_on_page
    words: ["doctor"]
  - {press: "/elig_start", criterion: age}
- voice: a father
  turns:
  - {say: "no", never: ["Goodbye"]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "costs.yml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


async def played(dialogue: Dialogue) -> Played:
    async def say(turn: Turn) -> list[Message]:
        return [AGE if turn.press else COST]

    return await play(say, dialogue)


def test_both_forms_of_a_dialogue_are_read_with_their_lines(file: Path) -> None:
    first, second = read_dialogues([file.parent])
    assert (first.number, first.line, [turn.text for turn in first.turns]) == (1, 2, ["what does it cost", "/elig_start"])
    assert (second.number, second.line, second.turns) == (2, 7, (Turn(say="no", never=("Goodbye",)),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("say: hello\n", "this is no list of dialogues"),
        ("- - {say: hi, topics: greet}\n", ":1: turn 1: there is no 'topics'. Is it topic? There are: say, press,"),
        ("- - {topic: greet}\n", "turn 1: exactly one of these must be given: 'say' or 'press'"),
        ("- title: x\n  turns:\n  - say: hi\n  - say: ho\n    words: no list\n", ":5: turn 2: words: 'no list' is not a list"),
        ("- voice: x\n  turn: []\n", ":2: there is no 'turn'. Is it turns?"),
        ("- - {say: 7}\n", "turn 1: say: '7' is not a text"),
        ("- - {say: hi\n", "not valid YAML"),
    ],
)
def test_what_is_no_dialogue_is_told_with_its_file(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DialogueError) as error:
        read_dialogues([file])
    assert str(error.value).startswith(str(file))
    assert told in str(error.value)


def test_every_dialogue_that_is_none_is_told_with_its_line(file: Path) -> None:
    (file.parent / "a.yml").write_text("- - {say: hi}\n- - {say: hi, topics: x}\n- - {topic: greet}\n", encoding="utf-8")
    (file.parent / "b.yml").write_text("say: hello\n", encoding="utf-8")
    (file.parent / "c.yml").write_text("- [\n", encoding="utf-8")
    told = faults_in([file.parent, file.parent / "nothing.yml"])
    assert [line.removeprefix(f"{file.parent}/").partition(": ")[0] for line in told] == [
        "a.yml:2",
        "a.yml:3",
        "b.yml",
        "c.yml:2",
        "nothing.yml",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DialogueError, match="no such file"):
        read_dialogues([tmp_path / "nothing.yml"])


@pytest.mark.parametrize(
    ("expected", "faults"),
    [
        ({"topic": "cost", "kind": "not_on_page", "words": ("doctor",), "buttons": ("More",)}, []),
        ({"topic": "location"}, ["topic: expected location, got cost"]),
        ({"kind": "answer"}, ["kind: expected answer, got not_on_page"]),
        ({"criterion": "age"}, ["criterion: expected age, got None"]),
        ({"outcome": "unclear"}, ["outcome: expected unclear, got None"]),
        ({"language": "nl"}, ["language: expected nl, got None"]),
        ({"words": ("nurse",)}, ["words missing: nurse"]),
        ({"never": ("costs",)}, ["words that must not be there: costs"]),
        ({"not_kinds": ("not_on_page",)}, ["kind that must not be there: not_on_page"]),
        ({"buttons": ("Less",)}, ["button missing: Less"]),
    ],
)
def test_every_expectation_can_fail(expected: dict[str, object], faults: list[str]) -> None:
    assert list(faults_of(Turn(say="x", **expected), [COST])) == faults  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turn", "replies", "broken"),
    [
        (Turn(say="x"), [], ["silence"]),
        (Turn(say="x"), [Message(" ", "smalltalk")], ["silence"]),
        (Turn(say="x"), [COST, COST, COST], ["a reply word for word a third time"]),
        (Turn(say="x"), [AGE], ["a questionnaire that nobody wanted"]),
        (Turn(say="x"), [Message("It costs nothing.", "answer", "cost")], ["an answer without the doctor"]),
        (Turn(say="x"), [Message("There are 3 to go.", "answer", "elig_start")], []),
        (Turn(say="x", criterion="age"), [AGE], []),
        (Turn(press="/elig_start"), [AGE], []),
    ],
)
def test_what_every_conversation_keeps_need_not_be_written_down(turn: Turn, replies: list[Message], broken: list[str]) -> None:
    assert Promises().broken_by(turn, replies) == broken


def test_danger_lasts_until_it_is_over() -> None:
    promises, alarm = Promises(), Message("Please call 112 now.", "safety", "emergency")
    assert promises.broken_by(Turn(say="x"), [alarm]) == []
    assert promises.broken_by(Turn(say="y"), [COST]) == ["something else while danger lasts"]
    assert promises.broken_by(Turn(say="z", over=True), [COST]) == []


async def test_a_fault_is_shown_under_the_reply_it_is_about(file: Path) -> None:
    first, second = read_dialogues([file])
    result = await played(first)
    assert not result.passed
    assert list(difference(result)) == [
        f"{file}:2: {first.name}",
        "    family: what does it cost",
        "    replies [not_on_page cost]: The page says nothing about costs. Your doctor can help.",
        "  ! topic: expected location, got cost",
    ]
    assert (await played(second)).passed


async def test_build_servers_are_told_in_xml(file: Path) -> None:
    results = [await played(dialogue) for dialogue in read_dialogues([file])]
    suite = ElementTree.fromstring(junit(results))  # noqa: S314 -- written a moment ago
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.find("failure") is not None for case in suite] == [True, False]


def test_what_was_answered_is_written_into_the_turn_and_comments_stay(file: Path) -> None:
    first, second = read_dialogues([file])
    update(asyncio.run(played(first)), 0)
    assert file.read_text(encoding="utf-8").startswith("# What a nurse wrote.\n")
    new, same = read_dialogues([file])
    assert new.turns[0] == Turn(say="what does it cost", topic="cost", kind="not_on_page", words=("doctor",))
    assert new.turns[1] == first.turns[1]
    assert same.turns == second.turns
    assert asyncio.run(played(new)).passed


def test_a_saved_conversation_can_be_read_again_whatever_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "saved.yml"
    turns = [{"say": "no", "topic": "cost"}, {"say": '7: "yes" # é', "kind": "answer"}]
    write_dialogue(path, turns)
    write_dialogue(path, turns[:1])
    first, second = read_dialogues([path])
    assert first.turns == (Turn(say="no", topic="cost"), Turn(say='7: "yes" # é', kind="answer"))
    assert second.turns == first.turns[:1]


def test_names_that_there_are_not_are_told_without_playing(file: Path, library: Library) -> None:
    file.write_text(
        "- - {say: hi, topic: greet, kind: smalltalk}\n- - {say: ho, topic: gret, criterion: ages, not_kinds: [ansver]}\n", "utf-8"
    )
    assert [fault.removeprefix(f"{file.as_posix()}:") for fault in unknown_names(read_dialogues([file]), library)] == [
        "2: there is no topic 'gret' (“ho”).",
        "2: there is no criterion 'ages' (“ho”).",
        "2: there is no kind 'ansver' (“ho”).",
    ]
