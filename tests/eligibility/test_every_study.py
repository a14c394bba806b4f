"""The questionnaire of every study, tested from its own content: what its folder says is understood is understood."""

import functools
import itertools
import math
import re
from collections.abc import Iterable
from datetime import date

import pytest

from tests.studies import all_three
from trialog.content.criteria import MEASURED, Criterion, Kind, Verdict, outcome_of
from trialog.content.groups import is_needed, told_points
from trialog.content.model import Study
from trialog.eligibility.reader import Reader
from trialog.eligibility.verdicts import age_answer, amount_answer, verdict_of

LIBRARY = all_three()
TODAY = date(2026, 11, 29)

# Phrases of the notation are no sentences to say.
_NOTATION = set("{}()[]|~\\^") | {"..."}


def said(phrase: str) -> bool:
    return not any(sign in phrase for sign in _NOTATION)


@pytest.fixture(params=list(LIBRARY.studies.values()), ids=list(LIBRARY.studies))
def study(request: pytest.FixtureRequest) -> Study:
    about: Study = request.param
    return about


def understood(reader: Reader, criterion: str, text: str) -> str | None:
    read = reader.read(reader.hear(text, criterion), TODAY).get(criterion)
    return read.answer if read else None


def test_every_phrase_of_a_choice_is_read_as_that_choice(study: Study) -> None:
    reader, wrong = Reader(study, LIBRARY.interview, LIBRARY.statements), []
    for criterion in study.criteria.values():
        for choice in criterion.choices.values():
            for phrase in filter(said, (*choice.words, *choice.short, *choice.exact)):
                read = understood(reader, criterion.id, phrase)
                # A longer phrase of another choice may hold this one; then the verdict must be the same.
                if read is None or verdict_of(criterion, read) != choice.verdict:
                    wrong.append((criterion.id, choice.id, phrase, read))
    assert wrong == []


def test_a_bare_yes_and_a_bare_no_are_read_where_the_question_has_them(study: Study) -> None:
    reader = Reader(study, LIBRARY.interview, LIBRARY.statements)
    for criterion in study.criteria.values():
        for word in ("yes", "no"):
            if meant := criterion.meaning_choice(word):
                assert understood(reader, criterion.id, word) == meant.id


def interval(criterion: Criterion, least: float, most: float) -> str:
    return age_answer(int(least), int(most)) if criterion.kind == Kind.AGE else amount_answer(least, most)


def test_the_limits_of_a_range_are_those_of_the_page(study: Study) -> None:
    """Both limits are inside, what lies just beside them is not, and what lies across one is not known."""
    for criterion in study.criteria.values():
        if criterion.kind not in MEASURED:
            continue
        (least, most), step = criterion.limits, 1 if criterion.kind == Kind.AGE else 0.001
        expected = {(least, least): "fits"}
        if least:
            expected |= {(least - step, least - step): "does_not_fit", (least - step, least): "not_known"}
        if math.isfinite(most):
            expected |= {(most, most): "fits", (most + step, most + step): "does_not_fit", (most, most + step): "not_known"}
        assert {span: verdict_of(criterion, interval(criterion, *span)) for span in expected} == expected, criterion.id


def test_a_year_counts_until_the_next_birthday(study: Study) -> None:
    for criterion in study.criteria.values():
        if criterion.from_years is not None:
            assert verdict_of(criterion, age_answer(criterion.from_years * 12, criterion.from_years * 12 + 11)) == Verdict.FITS
        if criterion.to_years is not None:
            assert verdict_of(criterion, age_answer(criterion.to_years * 12, criterion.to_years * 12 + 11)) == Verdict.FITS
            assert verdict_of(criterion, age_answer(criterion.to_years * 12 + 12, criterion.to_years * 12 + 12)) == Verdict.DOES_NOT_FIT


# Of two, as a doctor would say it: written out here, so that the code is not held against itself.
TOGETHER = {
    ("fits", "fits"): ("fits", "fits"),
    ("fits", "not_known"): ("not_known", "fits"),
    ("fits", "does_not_fit"): ("does_not_fit", "fits"),
    ("not_known", "not_known"): ("not_known", "not_known"),
    ("not_known", "does_not_fit"): ("does_not_fit", "not_known"),
    ("does_not_fit", "does_not_fit"): ("does_not_fit", "does_not_fit"),
}


def together(which: int, verdicts: Iterable[str]) -> str:
    """All of them (0), or any of them (1), by the table."""
    order = ["fits", "not_known", "does_not_fit"]
    return functools.reduce(lambda one, other: TOGETHER[tuple(sorted((one, other), key=order.index))][which], verdicts)  # type: ignore[index]


def test_every_group_comes_to_what_the_table_says(study: Study) -> None:
    for group in study.groups.values():
        for verdicts in itertools.product(Verdict, repeat=len(group.members)):
            given = dict(zip(group.members, verdicts, strict=True))
            expected = together(1, (together(0, (given[name] for name in way)) for way in group.any_of))
            assert group.verdict(given) == expected, (group.id, given)


def test_all_points_together_come_to_what_the_table_says(study: Study) -> None:
    outcomes = {"fits": "may_fit", "not_known": "unclear", "does_not_fit": "does_not_fit"}
    for verdicts in itertools.product(Verdict, repeat=len(told_points(study.criteria, study.groups))):
        assert outcome_of(verdicts) == outcomes[together(0, verdicts)], verdicts


def test_no_question_is_asked_whose_answer_would_change_nothing(study: Study) -> None:
    """Whatever was answered so far: a point that is left out leaves its groups as they are, whatever it would be."""
    for group in study.groups.values():
        for verdicts in itertools.product(Verdict, repeat=len(group.members)):
            for name in group.members:
                given = {other: verdict for other, verdict in zip(group.members, verdicts, strict=True) if other != name}
                would_be = {group.verdict({**given, name: verdict}) for verdict in Verdict}
                if not is_needed(name, {group.id: group}, given):
                    assert len(would_be) == 1, (group.id, name, given)


def test_the_first_questions_and_the_names_of_a_study_are_its_own(study: Study) -> None:
    others = [other for other in LIBRARY.studies.values() if other.id != study.id]
    names = {name.lower() for other in others for name in (*other.called.study, *other.called.tested)}
    texts = [text for answer in study.answers.values() for text in (answer.text, answer.more) if text]
    assert [name for name in names for text in texts if len(name) > 4 and re.search(rf"\b{re.escape(name)}", text.lower())] == []
