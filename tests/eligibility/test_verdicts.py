"""What answers say about the points, against the page's own rule (1 to 18 years, both included) and the table of outcomes."""

import itertools

import pytest

from trialog.content.criteria import DECLINED, UNKNOWN, Outcome, Verdict, outcome_of
from trialog.content.model import Library
from trialog.eligibility.questionnaire import Questionnaire
from trialog.eligibility.verdicts import age_answer, is_vague, repeated, verdict_of

# One answer a verdict and criterion of ITCC-059.
ANSWERS = {
    "age": {"fits": age_answer(108, 119), "does_not_fit": age_answer(228, 239), "not_known": UNKNOWN},
    "diagnosis": {"fits": "bcp_all", "does_not_fit": "t_all", "not_known": "leukemia"},
    "cd22": {"fits": "positive", "does_not_fit": "negative", "not_known": "not_tested"},
    "relapsed": {"fits": "yes", "does_not_fit": "no", "not_known": "refractory"},
    "very_high_risk": {"fits": "yes", "does_not_fit": "no", "not_known": "only_time"},
}


def expected(verdicts: tuple[str, ...]) -> str:
    """The table: any misfit decides, else anything unknown leaves it open."""
    if "does_not_fit" in verdicts:
        return "does_not_fit"
    return "unclear" if "not_known" in verdicts else "may_fit"


def test_every_combination_has_the_outcome_of_the_table(library: Library) -> None:
    study = library.studies["itcc-059"]
    for verdicts in itertools.product(["fits", "does_not_fit", "not_known"], repeat=5):
        answers = {name: ANSWERS[name][verdict] for name, verdict in zip(study.criteria, verdicts, strict=True)}
        questionnaire = Questionnaire(person="child", answers=answers)
        assert tuple(questionnaire.verdicts(study).values()) == verdicts
        assert outcome_of(questionnaire.verdicts(study).values()) == expected(verdicts), verdicts


def test_nothing_answered_is_unclear(library: Library) -> None:
    assert outcome_of(Questionnaire().verdicts(library.studies["itcc-059"]).values()) == Outcome.UNCLEAR
    assert outcome_of([]) == Outcome.MAY_FIT


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ((0, 11), Verdict.DOES_NOT_FIT),
        ((11, 11), Verdict.DOES_NOT_FIT),  # turns 1 next week
        ((12, 12), Verdict.FITS),
        ((12, 23), Verdict.FITS),
        ((216, 227), Verdict.FITS),  # 18, until the day before 19
        ((227, 227), Verdict.FITS),
        ((228, 239), Verdict.DOES_NOT_FIT),
        ((156, 239), Verdict.NOT_KNOWN),  # a teenager can be 19
        ((6, 18), Verdict.NOT_KNOWN),
    ],
)
def test_an_age_fits_from_the_first_birthday_to_the_day_before_the_nineteenth(
    months: tuple[int, int], verdict: Verdict, library: Library
) -> None:
    criterion = library.studies["itcc-059"].criteria["age"]
    assert verdict_of(criterion, age_answer(*months)) == verdict
    assert is_vague(criterion, age_answer(*months)) is (verdict == Verdict.NOT_KNOWN)


@pytest.mark.parametrize("answer", [UNKNOWN, DECLINED])
def test_what_is_not_known_or_not_said_leaves_a_point_open(answer: str, library: Library) -> None:
    for criterion in library.studies["itcc-059"].criteria.values():
        assert verdict_of(criterion, answer) == Verdict.NOT_KNOWN
        assert not is_vague(criterion, answer), "asking again would press for it"


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((108, 119), "9 years"),
        ((12, 23), "1 year"),
        ((18, 18), "18 months"),
        ((1, 1), "1 month"),
        ((0, 11), "less than 1 year"),
        ((11, 11), "11 months"),
        ((90, 90), "7 years"),
        ((156, 239), "13 to 19 years"),
        ((216, 1451), "18 years or more"),
        ((10, 14), "10 to 14 months"),
    ],
)
def test_an_age_is_repeated_in_plain_words(months: tuple[int, int], words: str, library: Library) -> None:
    assert repeated(library.studies["itcc-059"].criteria["age"], age_answer(*months), library.interview) == words
