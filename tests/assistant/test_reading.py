"""What of a message is read: bounded by the work it makes, and never without what tells of danger."""

import pytest

from trialog.assistant.reading import _PIECE, BUDGET, _weight, readable, shortened

SENTENCE = "We read about this study on the internet and wrote it all down."
LETTER = f"My daughter is nine. {' '.join([SENTENCE] * 40)} Can she take part?"


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  What   is\n it? ", "What is it?"),
        ("/restart", "restart"),
        ("// /restart", "restart"),
        ("a\x00b\x07c", "abc"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ud800half", "half"),
        ("cafe\u0301", "café"),
        ("half \ufdfa sign", "half sign"),
        ("", "…"),
        ("\x00\u200b\n", "…"),
        ("/", "…"),
    ],
)
def test_readable(typed: str, read: str) -> None:
    assert readable(typed) == read


def test_a_message_of_usual_length_is_read_whole() -> None:
    text = " ".join([SENTENCE] * 5)
    assert shortened(text, never) == text


def test_of_a_letter_the_beginning_and_the_end_are_read_in_whole_sentences() -> None:
    read = shortened(LETTER, never)
    assert read.startswith("My daughter is nine. We read")
    assert read.endswith("down. Can she take part?")
    assert read.count("We read") == read.count("all down.") < 40


def test_danger_in_the_middle_of_a_letter_is_read() -> None:
    sentences = [SENTENCE] * 40
    sentences[25] = "She is blue."
    assert "She is blue." in shortened(" ".join(sentences), lambda clause: "blue" in clause)


@pytest.mark.parametrize(
    "text",
    ["1 " * 1000, "a? " * 700, "2y " * 700, "one " * 500, "a; " * 700, "!," * 1000, "x" * 2000, "1,1," * 500, "\uac01 " * 1000, "é" * 2000],
)
def test_what_is_read_is_bounded_whatever_is_sent(text: str) -> None:
    read = shortened(readable(text[:2000]), never)
    assert read
    assert sum(_weight(piece[0]) for piece in _PIECE.finditer(read)) <= BUDGET


def test_reading_twice_changes_nothing() -> None:
    read = shortened(LETTER, never)
    assert shortened(read, never) == read
