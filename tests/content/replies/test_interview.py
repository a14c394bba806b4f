"""What the questionnaire says: its lists and its buttons."""

import dataclasses
from typing import Any

import msgspec
import pytest

from trialog.content.criteria import Verdict
from trialog.content.model import Library, Study
from trialog.content.replies import interview as replies
from trialog.content.replies.interview import Open, Point

PROGRESS = {"step": 1, "of": 5}


@pytest.fixture
def study(library: Library) -> Study:
    return library.studies["itcc-059"]


def points(study: Study, **verdicts: Verdict) -> list[Point]:
    return [Point(criterion, f"my {name}", verdicts.get(name, Verdict.FITS), f"{name}!") for name, criterion in study.criteria.items()]


@pytest.mark.parametrize(
    ("verdicts", "response", "topic", "asked"),
    [
        ({}, "utter_result_may_fit", "How to take part", ""),
        ({"age": Verdict.NOT_KNOWN}, "utter_result_unclear", "How to take part", "• Does the age fit this study?"),
        (
            {"age": Verdict.NOT_KNOWN, "cd22": Verdict.DOES_NOT_FIT},
            "utter_result_does_not_fit",
            "Other studies and treatments",
            "• Does the age fit this study?\n• The page asks for CD22. What other ways are there without it?",
        ),
    ],
)
def test_the_result(verdicts: dict[str, Verdict], response: str, topic: str, asked: str, library: Library, study: Study) -> None:
    reply = replies.result(library, study, points(study, **verdicts))
    assert (reply.response, reply.values["ask"]) == (response, asked)
    assert [button["title"] for button in reply.buttons] == [topic, "Change an answer", "For someone else"]
    assert reply.values["points"].splitlines()[:2] == ["• Age: my age. age!", "• Disease: my diagnosis. diagnosis!"]


def test_how_a_line_is_put_together_is_the_contents(library: Library, study: Study) -> None:
    lines = {"answer": "- {answer} ({title})", "point": "{reason} ({answer})", "question": "? {question}"}
    other = dataclasses.replace(library, interview=msgspec.structs.replace(library.interview, lines=lines))
    (first, *_) = told = points(study, age=Verdict.NOT_KNOWN)
    assert replies.answers(other, told[:2]) == "- my age (Age)\n- my diagnosis (Disease)"
    assert replies.result_line(other, first) == "age! (my age)"
    assert replies.result(other, study, told).values["ask"] == "? Does the age fit this study?"


@pytest.mark.parametrize(
    ("stands", "titles"),
    [
        ({}, ["Why do you ask?", "Stop"]),
        ({"can_go_back": True}, ["Why do you ask?", "Go back", "Stop"]),
        ({"can_go_back": True, "again": True}, ["Keep this answer", "Why do you ask?", "Go back", "Stop"]),
    ],
)
def test_the_buttons_of_a_question(stands: dict[str, Any], titles: list[str], library: Library, study: Study) -> None:
    now = Open(library.interview.people["son"], PROGRESS, **stands)
    buttons = replies.question(library, study, study.criteria["cd22"], now).buttons
    assert [button["payload"] for button in buttons[:3]] == [
        f'/questionnaire{{"answer": "cd22:{answer}"}}' for answer in ("positive", "negative", "unknown")
    ]
    assert [button["title"] for button in buttons[3:]] == titles


def test_a_question_asked_again_begins_with_the_answer_so_far(library: Library, study: Study) -> None:
    lead = replies.asked_again(library, points(study)[0])
    now = Open(library.interview.people["self"], PROGRESS, lead, hint=True)
    reply = replies.question(library, study, study.criteria["age"], now)
    assert (reply.response, reply.values["lead"]) == ("utter_question_after", "Your answer so far: my age.")
    assert reply.values["question"] == study.criteria["age"].hint


def test_an_unknown_placeholder_stays_and_nothing_breaks(library: Library, study: Study) -> None:
    criterion = msgspec.structs.replace(study.criteria["age"], question="How old {are} {they}, {person}?")
    reply = replies.question(library, study, criterion, Open(library.interview.people["son"], PROGRESS))
    assert reply.values["question"] == "How old {are} {they}, your son?"
