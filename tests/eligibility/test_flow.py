"""The course of a questionnaire: what each message changes, without Rasa."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from trialog.content.criteria import WHO
from trialog.content.load import load_library
from trialog.eligibility.flow import Course
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.reader import Reader
from trialog.eligibility.turn import Aside, Heard, Note, Turn

TODAY = date(2026, 11, 24)
LIBRARY = load_library(ROOT / "content")
STUDY = LIBRARY.studies["itcc-059"]
# Made once a process: the other files of this folder take them from here.
READER = Reader(STUDY, LIBRARY.interview, LIBRARY.statements)
COURSE = Course(STUDY, READER)

ALL_FIT = {"age": "108-119", "diagnosis": "bcp_all", "cd22": "positive", "relapsed": "yes", "very_high_risk": "yes"}


def said(text: str, topic: str = "", share: float = 0.0, asks: bool = False) -> Heard:
    return Heard(text=text, stated="" if asks else text, asks=asks, topic=topic, share=share)


def pressed(**values: str) -> Heard:
    return Heard(topic="questionnaire", share=1.0, asks=True, pressed=values)


def after(*messages: Heard, begun: Questionnaire | None = None) -> Turn:
    turn = Turn(begun) if begun else COURSE.begin(said("can my son take part", "elig_start", 0.9), TODAY)
    for message in messages:
        turn = COURSE.take(turn.questionnaire, message, TODAY)
    return turn


def answered(*names: str, **more: Any) -> Questionnaire:
    return Questionnaire(person="son", answers={name: ALL_FIT[name] for name in names}, **more)


def test_it_asks_whom_it_is_about_only_when_that_is_not_known() -> None:
    assert after().questionnaire.open_question(STUDY) == "age"
    unknown = COURSE.begin(said("I want to do the check", "elig_start", 0.9), TODAY).questionnaire
    assert unknown.open_question(STUDY) == WHO
    assert after(said("my daughter"), begun=unknown).questionnaire.person == "daughter"


def test_the_first_message_can_answer_several_questions() -> None:
    turn = COURSE.begin(said("my son is 9, has B-ALL and it came back", "elig_start", 0.9), TODAY)
    assert turn.questionnaire.answers == {"diagnosis": "bcp_all", "relapsed": "yes", "age": "108-119"}
    assert (turn.note, turn.questionnaire.open_question(STUDY)) == (Note.NOTED, "cd22")


def test_what_was_said_earlier_is_not_asked_again_but_not_for_somebody_else() -> None:
    earlier = {"who": "son", "age": "108-119"}
    assert COURSE.begin(said("can he join", "elig_start", 0.9), TODAY, earlier).questionnaire.answers == {"age": "108-119"}
    assert COURSE.begin(said("can my daughter join", "elig_start", 0.9), TODAY, earlier).questionnaire.answers == {}


def test_a_vague_answer_gets_one_follow_up_and_then_counts_as_open() -> None:
    first = after(said("9"), said("leukemia")).questionnaire
    assert (first.open_question(STUDY), first.is_doubtful("diagnosis")) == ("diagnosis", True)
    for reply in ("I don't know", "leukemia", "it has a long name"):
        assert after(said(reply), begun=first).questionnaire.answers["diagnosis"] == "leukemia"
    assert after(said("yes"), begun=first).questionnaire.answers["diagnosis"] == "bcp_all"


def test_a_correction_changes_the_right_answer_and_resumes() -> None:
    turn = after(said("sorry, he is 12 not 9"), begun=answered("age", "diagnosis"))
    assert turn.questionnaire.answers["age"] == "144-155"
    assert (turn.note, turn.criteria, turn.questionnaire.open_question(STUDY)) == (Note.CHANGED, ("age",), "cd22")


def test_an_age_in_passing_changes_nothing() -> None:
    turn = after(said("positive, they tested when she was 5 years old"), begun=answered("age", "diagnosis"))
    assert turn.questionnaire.answers == {"age": "108-119", "diagnosis": "bcp_all", "cd22": "positive"}


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("CD22 and the clinic, they wrote about that", None),
        ("CD22", Aside.ELSEWHERE),
        ("leukemia is such a word", Aside.ELSEWHERE),
    ],
)
def test_a_statement_that_names_the_open_point_is_an_answer_that_could_not_be_read(text: str, aside: Aside | None) -> None:
    turn = COURSE.take(answered("age", "diagnosis"), said(text, "term/cd22", 0.95), TODAY)
    assert (turn.aside, list(turn.questionnaire.answers)) == (aside, ["age", "diagnosis"])


def test_a_supposition_changes_nothing() -> None:
    turn = after(said("what if he was 18?", "ask/age_limits", 0.8, asks=True), begun=answered("age"))
    assert (turn.aside, turn.questionnaire) == (Aside.ELSEWHERE, answered("age", elsewhere=1))


def test_back_asks_the_question_before_and_keeps_its_answer_until_there_is_another() -> None:
    back = after(said("go back"), begun=answered("age", "diagnosis")).questionnaire
    assert (back.open_question(STUDY), back.answers["diagnosis"]) == ("diagnosis", "bcp_all")
    further = after(said("back"), begun=back).questionnaire
    assert further.open_question(STUDY) == "age"
    assert after(said("keep it"), begun=back).questionnaire.open_question(STUDY) == "cd22"
    assert after(said("T-ALL"), begun=back).questionnaire.answers["diagnosis"] == "t_all"


def test_start_over_forgets_everything() -> None:
    turn = after(said("can we start over? I was mixing up my two kids", asks=True), begun=answered("age", "diagnosis"))
    assert (turn.questionnaire.answers, turn.questionnaire.open_question(STUDY)) == ({}, WHO)


@pytest.mark.parametrize("text", ["stop", "stop please", "let's stop", "never mind, I will ask the doctor", "stop, he needs me"])
def test_stop_ends_it(text: str) -> None:
    assert after(said(text), begun=answered("age")).questionnaire.stage == Stage.STOPPED


def test_a_stopped_one_goes_on_where_it_stopped() -> None:
    stopped = answered("age", "diagnosis", stage=Stage.STOPPED)
    again = after(said("can he take part", "elig_start", 0.9), begun=stopped)
    assert (again.note, again.questionnaire.open_question(STUDY)) == (Note.RESUMED, "cd22")
    other = after(said("can my daughter take part", "elig_start", 0.9), begun=stopped)
    assert (other.questionnaire.person, other.questionnaire.answers) == ("daughter", {})


@pytest.mark.parametrize(
    ("told", "asks", "person", "answers"),
    [
        ("son", "can my child take part?", "son", {"age": "84-95"}),
        ("child", "can my son take part?", "son", {"age": "84-95"}),
        ("son", "can he take part?", "son", {"age": "84-95"}),
        ("son", "can my daughter take part?", "daughter", {}),
        ("son", "can my niece take part?", "niece", {}),
    ],
)
def test_what_was_told_counts_where_it_was_told_of_the_same_child(told: str, asks: str, person: str, answers: dict[str, str]) -> None:
    begun = COURSE.begin(said(asks, "elig_start", 0.9), TODAY, {WHO: told, "age": "84-95"}).questionnaire
    assert (begun.person, begun.answers) == (person, answers)


def test_whom_it_is_about_is_asked_once_at_most_and_not_where_every_point_was_told() -> None:
    asked = COURSE.begin(said("can he take part", "elig_start", 0.9), TODAY).questionnaire
    assert asked.open_question(STUDY) == "who"
    told_on = after(said("he is 6"), begun=asked)
    assert (told_on.questionnaire.person, told_on.questionnaire.answers) == ("someone", {"age": "72-83"})
    whole = COURSE.begin(said("does she fit? 6 years, BCP-ALL, CD22 positive, relapsed, very high risk", "elig_start", 0.9), TODAY)
    assert whole.questionnaire.stage == Stage.REVIEW


@pytest.mark.parametrize(
    ("text", "age"),
    [
        # A number alone is an age in the summary of a case, and nowhere else.
        ("does my nephew fit? 12 yrs, BCP-ALL, relapsed", "144-155"),
        ("would he fit? 7, T-ALL, refractory", "84-95"),
        ("does my nephew fit? 12 yrs", None),
        ("three of them have BCP-ALL and relapsed", None),
    ],
)
def test_the_age_in_a_summary(text: str, age: str | None) -> None:
    assert COURSE.begin(said(text, "elig_start", 0.9), TODAY).questionnaire.answers.get("age") == age


def test_the_answers_are_checked_before_the_result() -> None:
    review = after(said("yes, very high risk"), begun=answered("age", "diagnosis", "cd22", "relapsed")).questionnaire
    assert review.stage == Stage.REVIEW
    assert after(said("yes that is right"), begun=review).questionnaire.stage == Stage.RESULT
    assert after(said("no"), begun=review).aside == Aside.WRONG
    assert after(said("the age is wrong"), begun=review).questionnaire.open_question(STUDY) == "age"


def test_a_second_child_starts_clean() -> None:
    done = answered(*ALL_FIT, stage=Stage.RESULT)
    turn = after(said("and now for her brother", "elig_start", 0.9), begun=done)
    assert (turn.questionnaire.person, turn.questionnaire.answers) == ("son", {})


def test_a_correction_after_the_result_is_checked_again() -> None:
    turn = after(said("oops, he is 12 not 9"), begun=answered(*ALL_FIT, stage=Stage.RESULT))
    assert (turn.questionnaire.stage, turn.questionnaire.answers["age"]) == (Stage.REVIEW, "144-155")


@pytest.mark.parametrize("topic", ["safety/emergency", "safety/crisis"])
def test_danger_comes_before_everything_and_loses_no_answer(topic: str) -> None:
    turn = after(said("yes it came back and now he can not breathe", topic, 0.9), begun=answered("age", "diagnosis", "cd22"))
    assert (turn.aside, turn.questionnaire.unsure) == (Aside.ELSEWHERE, {"relapsed": "yes"})
    assert after(said("no pulse", topic, 0.5), begun=answered("age", "diagnosis")).aside == Aside.ELSEWHERE
    assert after(said("he's 9", topic, 0.5)).aside is None


def test_after_danger_the_question_waits_and_a_bare_yes_answers_nothing() -> None:
    waiting = after(said("i dont want to live anymore", "safety/crisis", 0.9), begun=answered("age", "diagnosis")).questionnaire
    assert waiting.paused
    safe = after(said("yes"), begun=waiting).questionnaire
    assert (safe.paused, safe.answers) == (False, answered("age", "diagnosis").answers)
    assert after(said("go on"), begun=waiting).questionnaire == safe
    assert after(said("CD22 positive"), begun=waiting).questionnaire.answers["cd22"] == "positive"
    assert after(said("stop"), begun=waiting).questionnaire.stage == Stage.STOPPED


def test_an_answer_with_a_question_gets_both() -> None:
    heard = Heard("he's 9. what is CD22?", "he's 9.", True, "term/cd22", 0.9)
    turn = after(heard)
    assert (turn.aside, turn.questionnaire.answers) == (Aside.ELSEWHERE, {"age": "108-119"})


@pytest.mark.parametrize(
    "values",
    [{"answer": "cd22:nonsense"}, {"answer": "nonsense:positive"}, {"person": "nobody"}, {"change": "age"}, {"command": "nonsense"}, {}],
)
def test_a_button_without_sense_changes_nothing(values: dict[str, str]) -> None:
    assert after(pressed(**values), begun=answered("diagnosis")).questionnaire == answered("diagnosis")


def test_buttons_answer_change_and_command() -> None:
    assert after(pressed(answer="cd22:positive"), begun=answered("age", "diagnosis")).questionnaire.answers["cd22"] == "positive"
    assert after(pressed(answer="cd22:unknown"), begun=answered("age", "diagnosis")).questionnaire.answers["cd22"] == "unknown"
    assert after(pressed(change="age"), begun=answered("age", "diagnosis")).questionnaire.open_question(STUDY) == "age"
    assert after(pressed(command="stop"), begun=answered("age")).questionnaire.stage == Stage.STOPPED


@pytest.mark.parametrize("stage", list(Stage))
def test_it_survives_storage(stage: Stage) -> None:
    kept = answered("age", stage=stage, vague={"diagnosis": "all"}, reopened="age", unread=1, asked_who=True)
    assert Questionnaire.from_json(kept.to_json()) == kept


ANSWERS = [
    "9",
    "she is 7",
    "B-ALL",
    "leukemia",
    "positive",
    "no",
    "yes",
    "it came back",
    "very fast",
    "idk",
    "my daughter",
    "rather not say",
]
CORRECTIONS = ["sorry, she is 12", "wait, it's T-cell ALL, not B", "actually CD22 is negative", "that last one was wrong"]
NOISE = ["hmm", "the dog barks", "…", "what a day"]
SAID = st.one_of(
    st.sampled_from([said(text) for text in (*ANSWERS, *CORRECTIONS, *NOISE, "go back", "start over", "keep it", "why?")]),
    st.sampled_from(
        [
            said("what is CD22?", "term/cd22", 0.9, asks=True),
            said("I am scared", "safety/distress", 0.9),
            said("she can't breathe", "safety/emergency", 0.9),
            said("let us leave it", "questionnaire/stop", 0.9),
        ]
    ),
    st.text(max_size=40).map(said),
)
RESTARTS = ("start over",)


@settings(max_examples=300, deadline=None)
@given(st.lists(SAID, max_size=12))
def test_no_answer_is_lost_and_nothing_known_is_asked_again(messages: list[Heard]) -> None:
    turn = COURSE.begin(said("can my child take part", "elig_start", 0.9), TODAY)
    for message in messages:
        before = turn.questionnaire
        if before.stage == Stage.STOPPED:
            break
        turn = COURSE.take(before, message, TODAY)
        now = turn.questionnaire
        if message.text not in RESTARTS:
            assert set(before.answers) <= set(now.answers), "an answer was lost"
        question = now.open_question(STUDY)
        assert question not in now.answers or question == now.reopened, "a known answer is asked for without being reopened"
        assert (question is None) == (now.stage in (Stage.REVIEW, Stage.RESULT)) or now.stage == Stage.STOPPED
        if question and question != WHO:
            progress = now.progress(STUDY)
            assert 1 <= progress["step"] <= progress["of"]
