"""Whatever in a file does not fit its shape is named: all of it at once, each with its place and a plain sentence."""

from datetime import date
from typing import Any, Literal

import pytest

from trialog.content.criteria import Criterion
from trialog.content.general import Problem
from trialog.content.groups import Group
from trialog.content.misfits import line_of, misfits
from trialog.content.model import Answer, FollowUp, Page, StudyWord
from trialog.content.shape import Exactly, Shape, fitted

TEXTS = ("section", "title", "says", "hint", "why", "meaning", "fits", "does_not_fit", "not_known")
AGE = {
    **dict.fromkeys(TEXTS, "A text."),
    "id": "age",
    "kind": "age",
    "question": "How old?",
    "ask": "Fits?",
    "ask_misfit": "Else?",
    "from_years": 1,
    "to_years": 18,
}
YES = {"id": "positive", "title": "Yes", "verdict": "fits"}
NO = {"id": "negative", "title": "No", "verdict": "does_not_fit"}
MARKER = {name: value for name, value in AGE.items() if not name.endswith("_years")} | {"kind": "yes_no", "choices": [YES, NO]}
KG = {"name": "kg", "words": ["kilo"]}
WEIGHT = {name: value for name, value in AGE.items() if not name.endswith("_years")} | {"kind": "amount", "at_least": 45, "units": [KG]}
TOLD = ("id", "section", "title", "says", "fits", "does_not_fit", "not_known", "ask", "ask_misfit")
GROUP = {name: AGE[name] for name in TOLD} | {"any_of": [["age"], ["weight", "marker"]]}
OPEN_ABOVE = AGE | {"to_years": None, "on": date(2027, 1, 1)}
PAGE = {"id": "a-1", "title": "A", "about": "a", "last_reviewed": date(2024, 9, 16), "sections": ["S"], "suggested": ["t"]}
PAGE |= {"called": {"study": ["A"]}}
ANSWER = {"topic": "cost", "section": "S", "text": "It is free.", "doctor": "Ask."}
WORD = {"id": "cd22", "name": "CD22", "text": "A protein.", "doctor": "Ask.", "spellings": ["cd22"], "section": "S"}

AGES = "an age has 'from_years' or 'from_months', and 'to_years' or 'to_months' unless it is open above."
NO_LIMIT = "an amount has 'units', and 'at_least', 'at_most' or both."
NO_CHOICES = "a question that is answered by a choice has two 'choices' or more."
ONE_ANSWER = "exactly one of these must be given: 'text' and 'doctor' or 'not_on_page'."
ONE_WAY = "exactly one of these must be given: 'text' or 'topic'."


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (AGE, Criterion),
        (OPEN_ABOVE, Criterion),
        (WEIGHT, Criterion),
        (GROUP, Group),
        (MARKER, Criterion),
        (PAGE, Page),
        (ANSWER, Answer),
        (WORD, StudyWord),
    ],
)
def test_what_fits_has_no_misfits(data: dict[str, Any], shape: type[Shape]) -> None:
    assert list(misfits(data, shape)) == []


@pytest.mark.parametrize(
    ("shape", "data", "expected"),
    [
        (Criterion, AGE | {"from_years": None}, AGES),
        (Criterion, AGE | {"from_months": 12}, AGES),
        (Criterion, AGE | {"to_months": 12}, AGES),
        (Criterion, AGE | {"to_years": 0}, "the upper limit is below the lower one."),
        (Criterion, AGE | {"choices": [YES, NO], "at_most": 1}, "a question of kind age has no 'at_most' and no 'choices'."),
        (Criterion, WEIGHT | {"at_least": None}, NO_LIMIT),
        (Criterion, WEIGHT | {"units": []}, NO_LIMIT),
        (Criterion, WEIGHT | {"at_least": -1}, "at 'at_least': '-1' is not a number from 0 on."),
        (Criterion, WEIGHT | {"units": [KG | {"times": 0}]}, "at 'units[0].times': '0' is not a number above 0."),
        (Group, GROUP | {"any_of": [["age"]]}, "at 'any_of': '[['age']]' is not a list of two ways in or more, each a list of ids."),
        (Group, {name: value for name, value in GROUP.items() if name != "ask"}, "a group is told in its own words: ask."),
        (Criterion, AGE | {"to_years": 180}, "at 'to_years': '180' is not a number of years from 0 to 120."),
        (Criterion, AGE | {"to_years": "18"}, "at 'to_years': '18' is not a number of years from 0 to 120."),
        (Criterion, AGE | {"id": "who"}, "at 'id': 'who' is not an id (not “who”)."),
        (Criterion, AGE | {"kind": "ages"}, "at 'kind': 'ages' is not one of: age, amount, yes_no, choice."),
        (Criterion, AGE | {"ask": "Fits."}, "at 'ask': 'Fits.' is not a question that ends in a question mark."),
        (Criterion, AGE | {"title": ""}, "at 'title': '' is not a text."),
        (Criterion, AGE | {"named": "how old"}, "at 'named': 'how old' is not a list."),
        (Criterion, AGE | {"named": ["how old", 3]}, "at 'named[1]': '3' is not a text."),
        (Criterion, MARKER | {"from_years": 0}, "a question of kind yes_no has no 'from_years'."),
        (Criterion, MARKER | {"choices": [YES]}, NO_CHOICES),
        (Criterion, MARKER | {"choices": [YES, YES]}, "at 'choices': two of them have the same id."),
        (Criterion, MARKER | {"choices": YES}, "at 'choices': '{'id': 'positive', 'title': 'Yes', 'verdict': 'fits'}' is not a list."),
        (Criterion, MARKER | {"choices": [YES, NO | {"id": "unknown"}]},
         "at 'choices[1].id': 'unknown' is not an id (not “unknown”, “declined” or “conflict”)."),
        (Criterion, MARKER | {"choices": [YES, NO | {"vague": "yes"}]}, "at 'choices[1].vague': 'yes' is not true or false."),
        (Criterion, MARKER | {"choices": [YES, NO | {"means": "maybe"}]}, "at 'choices[1].means': 'maybe' is not one of: yes, no."),
        (Criterion, MARKER | {"choices": [YES, NO | {"button": "x" * 41}]},
         f"at 'choices[1].button': '{'x' * 41}' is not a text of at most 40 characters."),
        (Page, PAGE | {"last_reviewed": "2024-09-31"}, "at 'last_reviewed': '2024-09-31' is not a day written like 2024-09-16."),
        (Page, PAGE | {"suggested": list("abcde")}, "at 'suggested': '['a', 'b', 'c', 'd', 'e']' is not a list of one to four topics."),
        (Page, PAGE | {"url": "hospital.example"}, "at 'url': 'hospital.example' is not an address that begins with https://."),
        (Page, [], "'[]' is not a group of keys."),
        (Answer, {"topic": "cost", "section": "S"}, ONE_ANSWER),
        (Answer, ANSWER | {"not_on_page": {"says": "Nothing.", "ask": "What?"}}, ONE_ANSWER),
        (Answer, ANSWER | {"why": ["t"]}, "at 'why': '['t']' is not a text or a group of keys."),
        (Answer, ANSWER | {"why": {"topic": "t", "text": "So."}}, "at 'why.topic': this key is not known."),
        (FollowUp, {"words": ["japan"]}, ONE_WAY),
        (FollowUp, {"words": ["japan"], "text": "There.", "topic": "t"}, ONE_WAY),
        (FollowUp, {"words": [], "topic": "t"}, "at 'words': '[]' is not a list of one text or more."),
        (StudyWord, {**WORD, "section": None}, "at least one of these must be given: 'section' or 'source'."),
        (StudyWord, WORD | {"source": {"title": "A dictionary"}}, "at 'source': a key is missing: 'url'."),
        (Problem, {"status": 200, "title": "Fine", "detail": "Fine."}, "at 'status': '200' is not a status from 400 to 599."),
    ],
)  # fmt: skip
def test_a_misfit(shape: type[Shape], data: Any, expected: str) -> None:
    assert [str(misfit) for misfit in misfits(data, shape)] == [expected]


def test_every_misfit_is_named_at_once() -> None:
    data = MARKER | {"titel": "CD22", "kind": "no", "choices": [{"id": "positive", "verdict": "maybe"}, NO | {"words": [""]}]}
    del data["title"]
    assert [misfit.place for misfit in misfits(data, Criterion)] == [
        (), ("titel",), ("kind",), ("choices", 0), ("choices", 0, "verdict"), ("choices", 1, "words", 0),
    ]  # fmt: skip


def test_names_that_must_be_there_and_no_others() -> None:
    shape = Exactly[Literal["noted", "changed"], str]
    found = list(misfits({"noted": "I noted it.", "chagned": "I changed it."}, shape))
    assert [str(misfit) for misfit in found] == ["a key is missing: 'changed'.", "at 'chagned': this key is not known."]
    assert fitted({"changed": "I changed it.", "noted": "I noted it."}, shape)["noted"] == "I noted it."


def test_things_are_found_by_their_id_in_the_order_of_the_file() -> None:
    assert list(fitted({**MARKER, "choices": [NO, YES]}, Criterion).choices) == ["negative", "positive"]


@pytest.mark.parametrize(
    ("place", "line"),
    [((), 0), (("id",), 1), (("choices",), 2), (("choices", 1), 4), (("choices", 1, "words"), 5), (("choices", 1, "words", 1), 6)]
)  # fmt: skip
def test_the_line_of_a_place(place: tuple[str | int, ...], line: int) -> None:
    text = "id: cd22\nchoices:\n- id: positive\n- id: negative\n  words: [none,\n    absent]\n"
    assert line_of(place, text) == line
