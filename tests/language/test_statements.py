"""How what a message says stands, with the words of the shipped content."""

import pytest

from trialog.content.model import Library
from trialog.language.manner import CUES, PLAIN
from trialog.language.phrases import PhraseMatcher
from trialog.language.statements import Message, Stance, Statements

# What is said in the sentences below; how it stands is what is read.
VALUE = PhraseMatcher({"value": ["positive", "CD22", "relapse", "relapsed", "AML", "it back", "is back", "it is in the marrow"]}, CUES)


@pytest.fixture(scope="module")
def statements(library: Library) -> Statements:
    words = library.statements
    return Statements(words.turning, words.frames, words.plain_words, words.lists)


def stances(statements: Statements, text: str) -> set[Stance]:
    span = VALUE.find(text)[0]
    return set(statements.read(text).stances(span.start, span.end)) - {Stance.AWAITED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("positive", set()),
        ("the doctor said positive", set()),
        ("my wife says it is positive", set()),
        ("not positive", {Stance.DENIED}),
        ("a relapse was ruled out", {Stance.DENIED}),
        ("they ruled AML out on Friday", {Stance.DENIED}),
        ("no sign of a relapse", {Stance.DENIED}),
        ("not sleeping well, positive", set()),
        ("they could not rule out a relapse", {Stance.DOUBTED}),
        ("maybe positive", {Stance.DOUBTED}),
        ("positive, I think", {Stance.DOUBTED}),
        ("no doubt positive", set()),
        ("I am so afraid that it is back", {Stance.FEARED}),
        ("we feared AML but it is something else", {Stance.FEARED}),
        ("it is something else but we feared AML", {Stance.FEARED}),
        ("positive as if anybody told us", {Stance.IRONIC}),
        ("positive at first", {Stance.PAST}),
        ("at first something else, now positive", {Stance.NOW}),
        ("tomorrow we hear if it is positive", {Stance.TO_COME}),
        ("my neighbour relapsed", {Stance.SOMEBODY}),
        ("the boy in the next bed is positive", {Stance.SOMEBODY}),
    ],
)
def test_how_a_statement_stands(statements: Statements, text: str, expected: set[Stance]) -> None:
    assert stances(statements, text) == expected


def test_whoever_it_is_about_is_nobody_else(statements: Statements) -> None:
    text = "my nephew relapsed"
    own = PhraseMatcher({"nephew": ["my nephew"]}, PLAIN).find(text)
    value = VALUE.find(text)[0]
    assert Stance.SOMEBODY in statements.read(text).stances(value.start, value.end)
    assert Stance.SOMEBODY not in statements.read(text, own).stances(value.start, value.end)


def left_over(message: Message, text: str) -> list[str]:
    return [message.doc[place].text for place in sorted(message.left_over((), VALUE.find(text)))]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Yes, the doctor told us yesterday: positive.", []),
        ("positive on flow in March, two months after the transplant", []),
        ("positive, but the appetite came back", ["appetite"]),
        ("positive, not that I understood it", ["not"]),
        ("positive and not", ["not"]),
        ("positive 19", ["19"]),
        ("positiv", ["positiv"]),
        ("the docter said positive, ETV6 fusion", []),
    ],
)
def test_what_nothing_explains_is_left_over(statements: Statements, text: str, left: list[str]) -> None:
    assert left_over(statements.read(text), text) == left if VALUE.find(text) else left == [text]
