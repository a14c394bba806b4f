"""What phrases find in what families type."""

import pytest

from trialog.language.manner import ANSWERS, PLAIN, SIGNS, words
from trialog.language.phrases import PhraseMatcher

LISTS = {"who": ["he", "she"], "fever": r"/(3[89]|4\d)([.,]\d+)?/"}


@pytest.mark.parametrize(
    ("phrase", "found", "not_found"),
    [
        ("cant breathe", "He CAN'T breathe!", "he can breathe"),
        ("(cant|cannot) breathe", "cannot breathe", "breathe"),
        ("(as white as|like) chalk", "he is as white as chalk", "white chalk"),
        ("(as white as|like) chalk", "looks like chalk", "as chalk"),
        ("is [very] pale", "she is pale", "she is not pale"),
        ("is [very] pale", "she is very pale", "she is so very pale"),
        ("is [as white as] chalk", "is as white as chalk", "is as white chalk"),
        ("not ... breathing", "not at all breathing", "not one two three four five breathing"),
        ("{who} fell", "she fell", "they fell"),
        ("({who}|they) fell", "they fell", "it fell"),
        ("temp {fever}", "temp 39,4", "temp 37.4"),
        ("breaths {number} a minute", "breaths 60 a minute", "breaths many a minute"),
        ("choking~", "chokin on it", "joking here"),
        ("convulsion~", "convulson", "conclusion"),
        ("^ does it", "does it bleed", "why does it bleed"),
        ("arm", "árm", "harm"),
    ],
)
def test_a_sign_of_danger(phrase: str, found: str, not_found: str) -> None:
    matcher = PhraseMatcher({"sign": [phrase]}, SIGNS, LISTS)
    assert matcher.stand_in(found)
    assert not matcher.stand_in(not_found)


@pytest.mark.parametrize(
    ("phrase", "found", "not_found"),
    [
        ("came ... back", "it came right back", "it came one two three four five back"),
        ("cd22 ... positive", "cd22 was positive", "cd22 was not positive"),
        ("cd22 ... positive", "cd22 is positive", "cd22, positive"),
        ("{number} months", "seven months", "some months"),
        ("{number} months", "7 months", "months"),
        (r"cd22 \( - \)", "cd22 (-)", "cd22 -"),
        ("refractory", "it is refractry", "it is a factory"),
        ("phase", "which phase", "which phrase"),
        ("phase~", "which phrase", "which face"),
    ],
)
def test_an_answer(phrase: str, found: str, not_found: str) -> None:
    matcher = PhraseMatcher({"answer": [phrase]}, ANSWERS)
    assert matcher.stand_in(found)
    assert not matcher.stand_in(not_found)


def test_exact_phrases_are_found_letter_by_letter() -> None:
    matcher = PhraseMatcher({"all": ["leukaemia"]}, ANSWERS, exact={"all": ["ALL"]})
    assert [span.text for span in matcher.find("lukaemia, they call it ALL; we all do")] == ["lukaemia", "ALL"]


def test_what_is_found_carries_its_label_and_the_longest_wins() -> None:
    matcher = PhraseMatcher({"risk": ["high risk"], "very": ["very high risk"]}, PLAIN)
    assert [(span.label_, span.start_char, span.end_char) for span in matcher.find("a very high risk")] == [("very", 2, 16)]


def test_the_labels_of_all_that_stands_there_also_where_phrases_overlap() -> None:
    matcher = PhraseMatcher({"risk": ["high risk"], "very": ["very high risk"], "none": ["no risk"]}, SIGNS)
    assert matcher.labels_in("a very high risk") == {"risk", "very"}
    assert matcher.labels_in("nothing") == PhraseMatcher({"empty": []}, SIGNS).labels_in("nothing") == frozenset()


def test_marks_in_a_row_take_no_time_and_hide_nothing() -> None:
    matcher = PhraseMatcher({"back": ["came back"]}, ANSWERS)
    assert [(span.start_char, span.end_char) for span in matcher.find("?" * 5000 + " it came back")] == [(5004, 5013)]


def test_words() -> None:
    assert words("He's 39.4°C, señor") == ["hes", "39.4", "c", "senor"]


def test_where_nothing_is_looked_for_nothing_is_found_and_nobody_is_warned() -> None:
    nothing = PhraseMatcher({"empty": []}, ANSWERS)
    assert nothing.find("any text") == []
    assert not nothing.stand_in("any text")
