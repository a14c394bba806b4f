"""What the classifier hears of how an answer stands, and what that changes in what is noted without asking."""

import pytest

from tests.eligibility.test_flow import COURSE, TODAY
from trialog.content.criteria import UNKNOWN
from trialog.eligibility.hearing import PLAIN, hear
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import Turn

QUESTIONS = ("age", "diagnosis", "cd22", "relapsed", "very_high_risk")
ANSWERS = {"age": "84-95", "diagnosis": "bcp_all", "cd22": "positive", "relapsed": "yes", "very_high_risk": "yes"}


def asked(question: str) -> Questionnaire:
    before = QUESTIONS[: QUESTIONS.index(question)]
    return Questionnaire(person="son", answers={name: ANSWERS[name] for name in before})


def take(question: str, text: str, plain: float = 0.0) -> Turn:
    return COURSE.take(asked(question), hear(text, "", 0.0, None, {PLAIN: plain}), TODAY)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("relapsed", "it came back after Christmas", "yes"),
        ("relapsed", "yes he relapsed three weeks after stopping, we were in Lisbon", "yes"),
        ("cd22", "CD22 positive, the lady with the trolley read it out", "positive"),
        ("diagnosis", "B-ALL, written on the fridge with a magnet", "bcp_all"),
        ("age", "she is nine and mad about tractors", "108-119"),
        # A name says by itself what it is, whatever stands before it.
        ("diagnosis", "the registrar with the bow tie called it BCP-ALL", "bcp_all"),
    ],
)
def test_words_that_nobody_knows_turn_no_plain_answer(question: str, text: str, answer: str) -> None:
    assert take(question, text, plain=0.99).questionnaire.answers[question] == answer
    assert question not in take(question, text, plain=0.5).questionnaire.answers, "what is not surely plain is asked back"


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        # The number of now stands, whatever other times had; what says the same once more is no other number.
        ("age", "fell ill when he was 3, again at 6, now he is 10", "120-131"),
        ("age", "she turns 8 in May, so still 7", "84-95"),
        ("age", "she will be six in March, so five", "60-71"),
        ("age", "A boy, 6, BCP-ALL", "72-83"),
        ("age", "a lad of 12, pre-B", "144-155"),
        # What was not yet so once is no contradiction of what is so now.
        ("very_high_risk", "first it was standard risk, since spring it is very high risk", "yes"),
        ("very_high_risk", "they wrote very high risk and took it back", "no"),
        # Each marker has its own values.
        ("cd22", "CD19 has gone but CD22 is still there", "positive"),
        ("diagnosis", "relapsed cd22-positive BCP-ALL", "bcp_all"),
        ("cd22", "one leukemia cell in a thousand shows it", "weak"),
        # Written by ear.
        ("relapsed", "yeh it kame bak", "yes"),
        ("age", "sevan", "84-95"),
        ("relapsed", "it caim back", "yes"),
        ("age", "twelf yeers", "144-155"),
        ("age", "she was 34 months on Sunday", "34-34"),
        ("age", "sixteen going on seventeen", "192-203"),
        ("age", "a boy, he's a baby of 14 months", "14-14"),
        # A fear that came true is none any more.
        ("relapsed", "our worst fears came true, it came back", "yes"),
    ],
)
def test_what_is_clear_is_noted(question: str, text: str, answer: str) -> None:
    assert take(question, text, plain=0.99).questionnaire.answers[question] == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("relapsed", "one doctor says it came back, the other says wait"),
        ("cd22", "the flow was positive, the other lab found nothing"),
        ("cd22", "CD19 has gone"),
        ("cd22", "the first lab found it, the second did not"),
        ("cd22", "the first report says positive, the second negative"),
        ("cd22", "first test negative, second test positive"),
        # One letter says little.
        ("diagnosis", "my blood group is B and hers is AB"),
        ("age", "I've a three-year-old of my own, but it's not about her"),
        ("very_high_risk", "one clinic calls it high risk, the other very high risk"),
        ("very_high_risk", "they have taken back the very high risk"),
        ("relapsed", "my own son relapsed, hers has not"),
        ("age", "I have a five-year-old of my own, this is not for her"),
        ("cd22", "who decides if a cell is positive"),
        ("age", "he fell ill at 3 and again at 10"),
        ("age", "a boy we met is 6"),
    ],
)
def test_what_is_not_clear_is_not_noted(question: str, text: str) -> None:
    assert question not in take(question, text, plain=0.99).questionnaire.answers


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("relapsed", "his appetite came back"),
        ("cd22", "her blood group is positive"),
        ("age", "nine tractors, and she is 4 in the photograph of 12"),
        ("cd22", "maybe positive after all the waiting"),
        ("relapsed", "I dreamt that it came back"),
    ],
)
def test_a_plain_message_may_still_speak_of_something_else(question: str, text: str) -> None:
    assert question not in take(question, text, plain=0.99).questionnaire.answers


@pytest.mark.parametrize("text", ["ok", "all fine", "looks good to me"])
def test_all_right_confirms_a_review(text: str) -> None:
    review = Questionnaire(person="son", answers=ANSWERS, stage=Stage.REVIEW)
    assert COURSE.take(review, hear(text, "smalltalk/thanks", 0.6, review, agrees=True), TODAY).questionnaire.stage == Stage.RESULT


@pytest.mark.parametrize(
    "text",
    [
        "yes but the CD22 I am not sure about",
        "yes, except the second point",
        "yes, though I do not know about the risk",
        "he is stable",
        "ok, is that good?",
    ],
)
def test_a_yes_that_is_limited_confirms_nothing(text: str) -> None:
    review = Questionnaire(person="son", answers=ANSWERS, stage=Stage.REVIEW)
    heard = hear(text, "", 0.0, review, agrees=text.startswith("ok"))
    assert COURSE.take(review, heard, TODAY).questionnaire.stage != Stage.RESULT


@pytest.mark.parametrize("text", ["No the CD22 was negative", "no my letter says CD22 negative", "No, CD22 was negative"])
def test_a_no_before_a_statement_does_not_deny_it(text: str) -> None:
    review = Questionnaire(person="son", answers=ANSWERS, stage=Stage.REVIEW)
    after = COURSE.take(review, hear(text, "", 0.0, review), TODAY).questionnaire
    assert after.answers.get("cd22", "negative") == "negative"
    assert after.unsure.get("cd22", "negative") == "negative"


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("relapsed", "he never had remission", "refractory"),
        ("relapsed", "relapse ruled out", "no"),
        ("very_high_risk", "I asked straight was it very high risk and they ruled that out", "no"),
        ("diagnosis", "he has B-cell ALL, my brother had T-cell", "bcp_all"),
        ("age", "my daughter is five, her sister seven", "60-71"),
        ("age", "11 1/2 months", "11-11"),
        ("age", "he is 6 years old and 20 kilos", "72-83"),
        ("relapsed", "no, never. she is in remission", "no"),
        ("relapsed", "zero relapses so far", "no"),
        ("very_high_risk", "too early to say", "unknown"),
        ("very_high_risk", "no mention of very high risk in the discharge letter", "unknown"),
        ("very_high_risk", "neither, and it didn't come back fast either", "no"),
        ("very_high_risk", "no, nothing like that, she is in the standard risk group", "no"),
        ("relapsed", "they said it's a late relapse", "yes"),
        ("diagnosis", "T-LBL stage III", "lymphoma"),
        ("cd22", "they could not find CD22", "negative"),
        ("cd22", "by flow CD19+ CD22+ CD34+", "positive"),
    ],
)
def test_read_as_it_is_meant(question: str, text: str, answer: str) -> None:
    assert take(question, text).questionnaire.answers[question] == answer


@pytest.mark.parametrize("plain", [0.0, 0.99])
@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("cd22", "one lab says positive and the other one negative"),
        ("cd22", "I think negative, but the second lab said positive"),
        ("relapsed", "they looked for a relapse because of the fever, thankfully it wasn't"),
        ("relapsed", "I was told it could come back any time"),
        ("relapsed", "our first doctor called it a relapse, the second says no"),
        ("very_high_risk", "every child on this ward is very high risk to me"),
        ("relapsed", "it had come back but now she is free of it again"),
        ("relapsed", "they thought it was a relapse but it was a virus"),
        ("age", "don't know exactly, he is adopted, maybe 7"),
        ("diagnosis", "leucemia B"),
    ],
)
def test_what_a_careful_nurse_would_ask_back_is_never_noted(plain: float, question: str, text: str) -> None:
    assert question not in take(question, text, plain).questionnaire.answers


@pytest.mark.parametrize(("question", "text"), [("relapsed", "yes very high risk"), ("cd22", "he never had remission")])
def test_a_yes_or_no_to_another_point_answers_not_the_open_one(question: str, text: str) -> None:
    assert question not in take(question, text).questionnaire.answers


def test_whoever_pauses_for_a_feeling_is_asked_once_more_at_any_answer() -> None:
    paused = Questionnaire(person="son", answers={"age": "84-95"}, paused=True)
    turn = COURSE.take(paused, hear("I don't know", "", 0.0, paused), TODAY)
    assert (turn.questionnaire.paused, turn.questionnaire.answers) == (False, {"age": "84-95"})


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        # An opening "no" is an answer of its own and agrees with what means no.
        ("relapsed", "no, never came back", "no"),
        ("relapsed", "no sir, not come back", "no"),
        ("cd22", "no, negative", "negative"),
        ("cd22", "no not negative, positive", "positive"),
        ("diagnosis", "it has never been anything but B-ALL", "bcp_all"),
        # Clinicians' signs.
        ("cd22", "CD22 -ve", "negative"),
        ("cd22", "CD22 +ve", "positive"),
        ("relapsed", "?relapse, marrow on Friday", "suspected"),
        ("age", "14y 4/12 M", "172-172"),
        ("age", "5 yrs 4/12", "64-64"),
        ("age", "no, she hasn't had her first birthday yet", "0-11"),
    ],
)
def test_what_is_told_outright_is_noted(question: str, text: str, answer: str) -> None:
    assert take(question, text, plain=0.99).questionnaire.answers[question] == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("relapsed", "susp. relapse"),
        ("relapsed", "she came back from the ward at noon"),
        ("very_high_risk", "sorry, sent too early"),
        ("relapsed", "my own lymphoma came back, hers is another matter"),
        ("age", "she was 16 at the relapse, that is four years back now"),
    ],
)
def test_what_is_possible_or_about_something_else_is_not_noted(question: str, text: str) -> None:
    assert question not in take(question, text).questionnaire.answers


@pytest.mark.parametrize(
    ("act", "share", "noted"), [("unknown", 0.99, "unknown"), ("declined", 0.99, "declined"), ("unknown", 0.9, None), ("plain", 0.99, None)]
)
def test_what_is_left_open_in_words_that_nobody_knows(act: str, share: float, noted: str | None) -> None:
    heard = hear("the papers from the home are silent on it", "", 0.0, None, {act: share})
    assert COURSE.take(asked("cd22"), heard, TODAY).questionnaire.answers.get("cd22") == noted


@pytest.mark.parametrize("text", ["dont no", "i dont no", "the result is still out", "I'd have to guess, so better say I don't know"])
def test_what_is_not_known_is_heard_however_it_is_spelt(text: str) -> None:
    heard = hear(text, "", 0.0, None, {UNKNOWN: 0.99})
    assert COURSE.take(asked("cd22"), heard, TODAY).questionnaire.answers["cd22"] == UNKNOWN


@pytest.mark.parametrize("text", ["Yes, I know the answer: no", "one sample 60%, the other none at all"], ids=["yes and no", "two samples"])
def test_what_says_both_is_asked_back(text: str) -> None:
    after = COURSE.take(asked("cd22"), hear(text, "", 0.0, None, {PLAIN: 0.99}), TODAY).questionnaire
    assert "cd22" not in after.answers


@pytest.mark.parametrize(
    ("text", "criterion", "noted"),
    [
        ("cyCD22+, sCD22+", "cd22", "positive"),
        ("CD19 and CD22 both positive", "cd22", "positive"),
        ("it is come again in winter", "relapsed", "yes"),
        ("yes, the sickness come again", "relapsed", "yes"),
        ("0 relapses to this day", "relapsed", "no"),
        ("rel excl. by BMA", "relapsed", "no"),
        ("without any doubt, no", "relapsed", "no"),
        ("two fifths of the blasts have it", "cd22", "weak"),
        ("negative before, the repeat is positive", "cd22", "positive"),
        ("he made 7 years in spring", "age", "84-95"),
        ("girl of 12, no fever", "age", "144-155"),
        ("six candles on her cake", "age", "72-83"),
        ("no longer a child, he is 15", "age", "180-191"),
    ],
)
def test_plain_answers_in_other_words(text: str, criterion: str, noted: str) -> None:
    assert COURSE.take(asked(criterion), hear(text, "", 0.0, None, {PLAIN: 0.99}), TODAY).questionnaire.answers[criterion] == noted


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("a relapse cannot be excluded so far", "relapsed"),
        ("at one time they feared it, he is four years clean", "age"),
        ("it began as a toddler of 20 months", "age"),
    ],
)
def test_what_is_not_settled_is_not_noted(text: str, criterion: str) -> None:
    after = COURSE.take(asked(criterion), hear(text, "", 0.0, None, {PLAIN: 0.99}), TODAY).questionnaire
    assert criterion not in after.answers


@pytest.mark.parametrize(("unknown", "is_noted"), [(0.49, True), (0.5, False)])
def test_what_seems_not_to_be_known_is_no_bare_no(unknown: float, is_noted: bool) -> None:
    turn = COURSE.take(asked("cd22"), hear("no one has mentioned any to us", "", 0.0, None, {UNKNOWN: unknown}), TODAY)
    assert ("cd22" in turn.questionnaire.answers) == is_noted
