"""The bank of answers in many voices: its shape, and how much of it the questionnaire reads rightly.

Read rightly: exactly what the bank says is noted, with its verdict. Noted wrongly: anything else is noted without asking.
When the bank was written, keywords were taken out of sentences. By the words alone, without the classifier, that read
58 % of the 698 lines rightly and noted 31 % wrongly (28 % as a point that fits or does not). Now that the whole message
counts, 72 % are read rightly and 5 % noted wrongly; the price is that of the 315 lines that a careful nurse notes at once,
most of them long, half are asked back first (23 % before). `FLOORS` has it by class.
"""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.banks import held_out
from tests.eligibility.test_flow import COURSE, READER, STUDY
from trialog.content.criteria import UNKNOWN, Verdict
from trialog.eligibility.questionnaire import Questionnaire
from trialog.eligibility.turn import Heard
from trialog.eligibility.verdicts import verdict_of
from trialog.language.assertion import parts_of

# By class of assertion: the fewest lines read rightly and the most noted wrongly, two lines short of what was measured.
# A ratchet for the reading of whole messages: whoever reads better tightens it, and never loosens it. It was loosened once, for
# what is stated and denied, when asking back took the place of guessing (decision 21).
FLOORS = {
    "stated": (92, 4),  # of 166
    "denied": (21, 5),  # of 39
    "ruled_out": (20, 4),  # of 38
    "doubted": (34, 2),  # of 37
    "feared": (32, 3),  # of 36
    "supposed": (34, 2),  # of 36
    "to_come": (6, 4),  # of 38
    "past": (20, 8),  # of 37
    "other_person": (31, 6),  # of 39
    "asked": (37, 3),  # of 40
    "ironic": (29, 6),  # of 36
    "one_of_several": (29, 3),  # of 36
    "contradiction": (26, 8),  # of 36
    "no_answer": (38, 2),  # of 43
    "own_unknown": (31, 2),  # of 41
}

TODAY = date(2026, 11, 29)

Line = dict[str, Any]


def lines_of(name: str) -> list[Line]:
    return [{**line, "voice": voice} for voice, lines in held_out(name).items() for line in lines]


FIRST, SECOND = lines_of("assertions"), lines_of("assertions_second")


def noted(question: str, say: str) -> dict[str, str]:
    """The verdicts noted without asking when ``say`` is typed at the open ``question``, or in passing ("none")."""
    parts = parts_of(say)
    before: dict[str, str] = {}
    if question == "none":
        after = READER.stated(parts.stated, TODAY)
    else:
        names = list(STUDY.criteria)
        before = dict.fromkeys(names[: names.index(question)], UNKNOWN)
        turn = COURSE.take(Questionnaire(person="child", answers=before), Heard(say, parts.stated, parts.asks), TODAY)
        after = dict(turn.questionnaire.answers)
    return {name: verdict_of(STUDY.criteria[name], answer).value for name, answer in after.items() if before.get(name) != answer}


@pytest.fixture(scope="module")
def read() -> list[tuple[Line, dict[str, str]]]:
    """Every line, and what is noted of it."""
    return [(line, noted(line["question"], line["say"])) for line in FIRST]


def is_clear(line: Line) -> bool:
    return bool(line["notes"]) and "ask_back" not in line


@pytest.mark.parametrize("assertion", FLOORS)
def test_reading_gets_no_worse(assertion: str, read: list[tuple[Line, dict[str, str]]]) -> None:
    of_class = [(line, found) for line, found in read if line["assertion"] == assertion]
    least_right, most_wrong = FLOORS[assertion]
    assert sum(found == line["notes"] for line, found in of_class) >= least_right
    assert sum(not found.items() <= line["notes"].items() for line, found in of_class) <= most_wrong


def test_clear_answers_are_not_asked_again_more_often(read: list[tuple[Line, dict[str, str]]]) -> None:
    clear = [found for line, found in read if is_clear(line)]
    assert sum(not found for found in clear) / len(clear) <= 0.51


def test_every_class_is_there_in_many_voices() -> None:
    classes = Counter(line["assertion"] for line in FIRST)
    assert classes.keys() == FLOORS.keys()
    assert min(classes.values()) >= 35
    assert len({line["voice"] for line in FIRST}) >= 40
    assert sum(map(is_clear, FIRST)) >= 200


def test_every_criterion_is_there_in_almost_every_class() -> None:
    there = {(line["question"], line["assertion"]) for line in FIRST}
    # Nobody rules out an age or waits for the name of the disease.
    assert {(name, kind) for name in STUDY.criteria for kind in FLOORS} - there <= {("age", "ruled_out"), ("diagnosis", "to_come")}


def test_another_study_has_the_same_classes_and_criteria_of_its_own() -> None:
    classes = Counter(line["assertion"] for line in SECOND)
    assert classes.keys() == FLOORS.keys()
    assert min(classes.values()) >= 3
    names = {name for line in SECOND for name in (line["question"], *line["notes"])} - {"none"}
    assert all(name.startswith("second/") for name in names)
    assert len(names) >= 5


def test_notes_are_verdicts_and_what_is_asked_back_is_not_noted() -> None:
    verdicts = {verdict.value for verdict in Verdict}
    assert [line for line in FIRST + SECOND if not set(line["notes"].values()) <= verdicts] == []
    assert [line for line in FIRST + SECOND if line.get("ask_back") and line["question"] in line["notes"]] == []


def test_only_what_the_family_leaves_open_is_noted_as_not_known() -> None:
    lines = FIRST + SECOND
    unknown = [line["notes"] for line in lines if line["assertion"] == "own_unknown"]
    assert all(set(notes.values()) == {Verdict.NOT_KNOWN.value} for notes in unknown)
    no_answer = [line["notes"] for line in lines if line["assertion"] == "no_answer"]
    assert all(set(notes.values()) <= {Verdict.NOT_KNOWN.value} for notes in no_answer)
    in_passing = [line["notes"] for line in lines if line["question"] == "none"]
    assert all(Verdict.NOT_KNOWN.value not in notes.values() for notes in in_passing)


def test_no_line_stands_twice() -> None:
    says = Counter(line["say"].lower() for line in FIRST + SECOND)
    assert [say for say, count in says.items() if count > 1] == []
