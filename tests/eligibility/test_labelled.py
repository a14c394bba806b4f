"""Messages like forms: the name of a point, and beside it a yes, a no or that it is not known."""

import pytest

from tests.eligibility.test_flow import COURSE, READER, STUDY, TODAY, answered, said
from trialog.eligibility.questionnaire import Stage
from trialog.eligibility.turn import Note


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("BCP-ALL, CD22: yes, relapse: yes, very high risk: no", None, "bcp_all positive yes no"),
        ("b-all, cd22 no, relapse no, very high risk yes", None, "bcp_all negative no yes"),
        ("relapse - no, cd22 - yes", None, "positive no"),
        ("very high risk? no. CD22? yes", None, "positive no"),
        ("relapsed, no cd22", None, "negative yes"),
        ("relapse: yes", "cd22", "yes"),
        ("it has not come back", "cd22", "no"),
        ("it has", "cd22", "positive"),
        ("CD22: no", "relapsed", "negative"),
        ("CD22? no clue", "relapsed", "unknown"),
        ("no idea about the risk", "cd22", "unknown"),
        ("relapse: not known", "cd22", "unknown"),
        ("relapse I don't know", "relapsed", "unknown"),
        ("it was a relapse, I do not know how quick", "very_high_risk", "yes unknown"),
    ],
)
def test_what_stands_beside_the_name_of_a_point_is_said_of_it(text: str, asked: str | None, expected: str) -> None:
    found = READER.read(READER.hear(text, asked, "son"), TODAY)
    assert " ".join(str(found[name].answer) for name in STUDY.criteria if name in found) == expected
    assert all(read.sure for read in found.values())


@pytest.mark.parametrize("text", ["CD22? no clue", "the test: unknown"])
def test_what_is_not_known_of_another_point_says_nothing_of_the_open_one(text: str) -> None:
    turn = COURSE.take(answered("age", "diagnosis", "cd22", "relapsed"), said(text, "questionnaire/unknown", 0.9), TODAY)
    assert "very_high_risk" not in turn.questionnaire.answers


def test_a_point_that_is_said_not_to_be_known_is_noted_or_asked_back() -> None:
    new = COURSE.take(answered("age", "diagnosis", "relapsed"), said("relapse, yes. very high risk? no clue"), TODAY)
    assert (new.note, new.questionnaire.answers["very_high_risk"]) == (Note.NOTED, "unknown")
    known = COURSE.take(answered("age", "diagnosis", "cd22"), said("CD22? no clue"), TODAY).questionnaire
    assert (known.reopened, known.unsure) == ("cd22", {"cd22": "unknown"})
    assert known.answers["cd22"] == "positive"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("fits my girl? 9 yrs, BCP-ALL, CD22 pos, relapsed", "108-119"),
        ("can my boy be in this or not, he's 22, BCP-ALL, relapsed", "264-275"),
        ("Run the check for their girl: 3, BCP-ALL, CD22+, early relapse", "36-47"),
    ],
)
def test_the_age_in_a_request_for_the_questions(text: str, age: str) -> None:
    assert COURSE.begin(said(text, "elig_start", 0.9), TODAY).questionnaire.answers["age"] == age


def test_a_summary_of_a_case_is_no_feeling() -> None:
    heard = said("CD22 is negative. It has come back. They call it very high risk.", "talk/bad_news", 0.95)
    turn = COURSE.take(answered("age", "diagnosis"), heard, TODAY)
    assert (turn.aside, turn.questionnaire.paused, turn.questionnaire.answers["cd22"]) == (None, False, "negative")


def test_who_is_back_does_not_go_back() -> None:
    turn = COURSE.take(answered("age", "diagnosis"), said("back. carry on with the questions", "questionnaire/go_on", 0.9), TODAY)
    assert turn.questionnaire.open_question(STUDY) == "cd22"
    assert COURSE.take(answered("age"), said("back"), TODAY).questionnaire.open_question(STUDY) == "age"


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("she is low risk", "relapsed", {"very_high_risk": "no"}),
        ("she is low risk", "cd22", {"very_high_risk": "no"}),
        ("They never said very high risk", "relapsed", {"very_high_risk": "no"}),
        ("the test for CD22 has come back positive", "cd22", {"cd22": "positive"}),
        ("the CD22 result came back, it was positive", "cd22", {"cd22": "positive"}),
        ("the scan came back fine", "relapsed", {}),
        ("after 2 years without it the illness is there once more", "relapsed", {"relapsed": "yes"}),
        ("of course", "very_high_risk", {"very_high_risk": "yes"}),
    ],
)
def test_words_of_one_point_answer_no_other(text: str, asked: str, expected: dict[str, str]) -> None:
    found = READER.read(READER.hear(text, asked, "daughter"), TODAY)
    assert {name: read.answer for name, read in found.items()} == expected


@pytest.mark.parametrize(
    ("text", "asked"), [("no it never went away", "very_high_risk"), ("the biopsy was negative but the blood showed CD22", "cd22")]
)
def test_what_may_be_said_of_two_points_or_two_samples_is_asked_back(text: str, asked: str) -> None:
    assert not READER.read(READER.hear(text, asked, "daughter"), TODAY)[asked].sure


@pytest.mark.parametrize("text", ["yes that is right", "Yes, that is right", "looks right", "right", "correct", "yes"])
@pytest.mark.parametrize("asked", STUDY.criteria)
def test_what_was_asked_back_is_confirmed(text: str, asked: str) -> None:
    others = [name for name in STUDY.criteria if name != asked]
    now = answered(*others).with_unsure(asked, "unknown")
    assert COURSE.take(now, said(text), TODAY).questionnaire.answers[asked] == "unknown"


def test_a_no_that_goes_on_about_another_point_takes_nothing_back() -> None:
    now = answered("age").with_unsure("diagnosis", "bcp_all")
    turn = COURSE.take(now, said("no come back, only first time"), TODAY)
    assert turn.questionnaire.unsure == {"diagnosis": "bcp_all"}


def test_somebody_else_after_a_result_begins_anew() -> None:
    result = answered(*STUDY.criteria, stage=Stage.RESULT)
    turn = COURSE.take(result, said("my niece is 14 and has AML"), TODAY)
    assert (turn.questionnaire.person, turn.questionnaire.answers) == ("niece", {"age": "168-179", "diagnosis": "aml"})
    other = COURSE.take(result, said("my other son is 5 and has B-ALL too"), TODAY).questionnaire
    assert (other.person, other.answers) == ("son", {"age": "60-71", "diagnosis": "bcp_all"})
    own = COURSE.take(result, said("my son is 10 since sunday"), TODAY).questionnaire
    assert (own.person, own.stage, own.answers["age"]) == ("son", Stage.REVIEW, "120-131")


def test_answers_that_do_not_agree_are_said_whatever_else_was_noted() -> None:
    turn = COURSE.take(answered("age", "diagnosis"), said("CD22 neg -> pos after relapse"), TODAY)
    assert (turn.note, set(turn.several)) == (Note.SEVERAL, {"negative", "positive"})


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("they could not find any CD22", "cd22", "negative"),
        ("we looked, and there is nothing on the cells", "cd22", "negative"),
        ("nobody could tell us if CD22 was positive", "cd22", "unknown"),
        ("no one can say how quickly", "very_high_risk", "unknown"),
    ],
)
def test_nothing_and_nobody_deny(text: str, asked: str, answer: str) -> None:
    assert READER.read(READER.hear(text, asked, "son"), TODAY)[asked].answer == answer


def test_what_is_said_and_denied_is_asked_back() -> None:
    heard = READER.hear("it was gone, and in june it wasn't gone any more", "relapsed", "son")
    assert not READER.read(heard, TODAY)["relapsed"].sure
