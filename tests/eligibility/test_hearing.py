import pytest

from trialog.content.criteria import DECLINED, UNKNOWN
from trialog.eligibility.hearing import hear, hear_button
from trialog.eligibility.questionnaire import Questionnaire, Stage

AGE_IN_A_QUESTION = "can my 7-year-old take part?"


@pytest.mark.parametrize(
    ("now", "stated"),
    [
        (None, AGE_IN_A_QUESTION),
        (Questionnaire(stage=Stage.RESULT), AGE_IN_A_QUESTION),
        (Questionnaire(stage=Stage.STOPPED), AGE_IN_A_QUESTION),
        (Questionnaire(), ""),
    ],
)
def test_a_question_that_begins_a_questionnaire_states_what_it_names(now: Questionnaire | None, stated: str) -> None:
    assert hear(AGE_IN_A_QUESTION, "elig_start", 0.9, now).stated == stated


def test_what_is_asked_is_not_stated() -> None:
    heard = hear("She is 9. Is that too old?", "ask/age_limits", 0.8, Questionnaire())
    assert (heard.stated, heard.asks, heard.topic, heard.share) == ("She is 9.", True, "ask/age_limits", 0.8)


def test_a_button_of_the_questionnaire_says_what_it_holds_and_another_nothing() -> None:
    assert hear_button("questionnaire", {"answer": "cd22:positive"}).pressed == {"answer": "cd22:positive"}
    assert hear_button("ask", {"topic": "cost"}).pressed is None


def test_who_leaves_it_and_asks_something_leaves_no_point_open() -> None:
    acts = {DECLINED: 0.99}
    assert hear("leave that out", "", 0.0, Questionnaire(), acts).left_open == DECLINED
    assert hear("leave that, tell me about the hotel", "", 0.0, Questionnaire(), acts).left_open == ""


@pytest.mark.parametrize(
    ("act", "share", "left_open"), [(DECLINED, 0.8, DECLINED), (DECLINED, 0.79, ""), (UNKNOWN, 0.97, UNKNOWN), (UNKNOWN, 0.96, "")]
)
def test_who_will_not_tell_is_believed_sooner_than_who_does_not_know(act: str, share: float, left_open: str) -> None:
    assert hear("that stays in the family", "", 0.0, Questionnaire(), {act: share}).left_open == left_open
