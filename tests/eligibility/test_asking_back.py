"""What is not said clearly is asked back before it counts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.eligibility.test_flow import COURSE, STUDY
from trialog.content.criteria import CONFLICT, UNKNOWN, Verdict
from trialog.eligibility.hearing import hear
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import Heard, Note, Turn
from trialog.eligibility.verdicts import age_answer, verdict_of

TODAY = date(2026, 11, 29)
BEFORE = {"age": "108-119", "diagnosis": "bcp_all"}


def asked(criterion: str, **more: object) -> Questionnaire:
    names = list(STUDY.criteria)
    answers = {"age": "108-119", "diagnosis": "bcp_all", "cd22": "positive", "relapsed": "yes"}
    return Questionnaire(person="child", answers={name: answers[name] for name in names[: names.index(criterion)]}, **more)  # type: ignore[arg-type]


def say(now: Questionnaire, *texts: str) -> Turn:
    turn = Turn(now)
    for text in texts:
        turn = COURSE.take(turn.questionnaire, hear(text, "", 0.0, turn.questionnaire), TODAY)
    return turn


@pytest.mark.parametrize(
    ("criterion", "text", "understood"),
    [
        ("cd22", "I believe the letter said positive", "positive"),
        ("cd22", "positive when he fell ill, back in 2023", "positive"),
        ("cd22", "yes, like her gloves", "positive"),
        ("relapsed", "I am so scared that it is back", "yes"),
        ("diagnosis", "B-ALL?", "bcp_all"),
        ("diagnosis", "pre-B, or so we heard", "bcp_all"),
        ("very_high_risk", "very fast, haha", "yes"),
        ("age", "maybe 9", "108-119"),
        ("age", "his shoe size is 12", "144-155"),
    ],
)
def test_what_is_not_sure_is_asked_back(criterion: str, text: str, understood: str) -> None:
    turn = say(asked(criterion), text)
    assert turn.questionnaire.answers == asked(criterion).answers
    assert turn.questionnaire.unsure == {criterion: understood}
    assert turn.questionnaire.open_question(STUDY) == criterion


@pytest.mark.parametrize(
    ("reply", "noted"),
    [
        ("yes", "positive"),
        ("that's right", "positive"),
        ("positive I think", "positive"),
        ("no, it is negative", "negative"),
        ("I don't know", UNKNOWN),
    ],
)
def test_the_reply_to_what_was_asked_back_counts(reply: str, noted: str) -> None:
    turn = say(asked("cd22"), "positive I think", reply)
    assert (turn.questionnaire.answers["cd22"], turn.questionnaire.unsure) == (noted, {})


def test_a_no_to_what_was_asked_back_asks_anew() -> None:
    turn = say(asked("cd22"), "positive I think", "no")
    assert (turn.note, turn.questionnaire.unsure, turn.questionnaire.is_doubtful("cd22")) == (Note.MISREAD, {}, True)
    assert say(turn.questionnaire, "no").questionnaire.answers["cd22"] == "negative"


def test_its_buttons_do_the_same() -> None:
    unsure = say(asked("age"), "maybe 9").questionnaire
    yes = COURSE.take(unsure, Heard(pressed={"answer": "age:108-119"}), TODAY)
    assert yes.questionnaire.answers == {"age": "108-119"}
    no = COURSE.take(unsure, Heard(pressed={"command": "misread"}), TODAY)
    assert (no.questionnaire.answers, no.questionnaire.unsure) == ({}, {})


def test_two_answers_are_named_and_then_left_open() -> None:
    first = say(asked("diagnosis"), "one doctor says B-ALL and the other says T-ALL")
    assert (first.note, first.several) == (Note.SEVERAL, ("bcp_all", "t_all"))
    assert say(first.questionnaire, "B-ALL").questionnaire.answers["diagnosis"] == "bcp_all"
    second = say(first.questionnaire, "one doctor says B-ALL and the other says T-ALL").questionnaire
    assert second.answers["diagnosis"] == CONFLICT
    assert verdict_of(STUDY.criteria["diagnosis"], CONFLICT) == Verdict.NOT_KNOWN


@pytest.mark.parametrize(
    "text", ["I have to ask my wife", "let me check the letter", "yes but not now, maybe tomorrow", "one moment please"]
)
def test_whoever_needs_time_gets_it(text: str) -> None:
    turn = say(asked("cd22"), text)
    assert (turn.questionnaire.paused, turn.questionnaire.answers) == (True, BEFORE)


@pytest.mark.parametrize(
    "text",
    [
        "my neighbour's child had T-cell ALL",
        "what happens if it came back after 2 years",
        "if it were AML, would that be bad?",
        "is strong?",
        "so no?",
        "so tired",
    ],
)
def test_what_is_no_answer_notes_nothing(text: str) -> None:
    for criterion in STUDY.criteria:
        assert say(asked(criterion), text).questionnaire.answers == asked(criterion).answers


def test_what_cannot_be_read_is_asked_twice_more_and_then_left_open() -> None:
    first, second = say(asked("cd22"), "what a day"), say(asked("cd22"), "what a day", "the usual")
    assert (first.note, second.note) == (Note.UNREAD, Note.UNREAD)
    third = say(asked("cd22"), "what a day", "the usual", "the usual")
    assert (third.note, third.questionnaire.answers["cd22"]) == (Note.LEFT_OPEN, UNKNOWN)


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("0%", "negative"),
        ("less than 1%", "weak"),
        ("only 2%", "weak"),
        ("50%", "weak"),
        ("more than 50%", "positive"),
        ("98 % of the cells", "positive"),
        ("CD22 +/-", "weak"),
        ("CD19 100%, CD22 20%", "weak"),
        ("half of the cells", "weak"),
    ],
)
def test_shares_count_with_their_sign(text: str, noted: str) -> None:
    assert say(asked("cd22"), text).questionnaire.answers.get("cd22") == noted


MORE = st.sampled_from(["", ", dear", " thank you", " the doctor said", ", sorry it took so long"])


@settings(max_examples=200)
@given(st.integers(0, 30), st.integers(0, 11), MORE)
def test_an_age_is_judged_at_its_limits(years: int, months: int, more: str) -> None:
    text = f"{years} years and {months} months{more}" if months else f"he is {years} years old{more}"
    answer = say(asked("age"), text).questionnaire.answers.get("age")
    if answer is None:
        return
    least = 12 * years + months
    assert verdict_of(STUDY.criteria["age"], answer) == (Verdict.FITS if 12 <= least < 19 * 12 else Verdict.DOES_NOT_FIT)
    assert answer == age_answer(least, least if months else least + 11)


def test_a_doubt_at_the_review_opens_the_point_again() -> None:
    done = asked("very_high_risk").with_answer("very_high_risk", "yes")
    review = Turn(COURSE.take(done, Heard("hm"), TODAY).questionnaire).questionnaire
    assert review.stage == Stage.REVIEW
    turn = say(review, "wait, I think CD22 was negative")
    assert (turn.questionnaire.open_question(STUDY), turn.questionnaire.unsure) == ("cd22", {"cd22": "negative"})


def test_what_the_page_does_not_name_is_carried_along_and_never_judged() -> None:
    turn = say(asked("cd22"), "CD22 positive, she had CAR-T cells and has Down syndrome")
    assert (turn.beside, turn.questionnaire.answers["cd22"]) == (("car_t", "down"), "positive")
    assert say(turn.questionnaire, "it came back after the CAR-T cells").beside == ()


@pytest.mark.parametrize(
    "text", ["no infection, it came back", "the neighbour's boy had a stem cell transplant", "is Down syndrome a problem?"]
)
def test_what_is_not_told_of_the_patient_is_not_carried_along(text: str) -> None:
    assert say(asked("relapsed"), text).questionnaire.beside == ()


def test_whoever_stopped_goes_on_by_the_buttons_own_words() -> None:
    stopped = asked("cd22", stage=Stage.STOPPED)
    assert say(stopped, "Go on with the questions").questionnaire.open_question(STUDY) == "cd22"


def test_whoever_begins_anew_is_asked_again_what_was_left_open() -> None:
    stopped = asked("cd22", stage=Stage.STOPPED).with_answer("diagnosis", UNKNOWN)
    again = COURSE.take(
        Questionnaire.from_json({**stopped.to_json(), "stage": "stopped"}), Heard("can she join", topic="elig_start", share=0.9), TODAY
    )
    assert again.questionnaire.open_question(STUDY) == "diagnosis"


@pytest.mark.parametrize(
    ("criterion", "text", "noted"), [("relapsed", "No, it has not", "no"), ("very_high_risk", "Yes, one of these", "yes")]
)
def test_the_words_of_a_button_do_what_it_does(criterion: str, text: str, noted: str) -> None:
    assert say(asked(criterion), text).questionnaire.answers[criterion] == noted
