"""What the answers say about the published points: three-valued, because much is not known.

An answer is a short text that names nobody: the id of a choice, ``unknown``, ``declined``, ``conflict``, or an age in whole months
("108-119": from 9 years to just before 10).
"""

from __future__ import annotations

from collections.abc import Mapping

from trialog.content.criteria import OPEN_ANSWERS, Criterion, Interview, Kind, Verdict
from trialog.content.placeholders import fill
from trialog.content.replies.interview import Point

MONTHS = 12

# In months: "an adult" has no upper end.
OLDEST = 100 * MONTHS

# From this age on people speak of years alone.
_YEARS_ONLY_FROM = 3


def age_answer(least: int, most: int) -> str:
    """The answer that stands for an age of ``least`` to ``most`` whole months."""
    return f"{least}-{most}"


def months_of(answer: str) -> tuple[int, int]:
    """The least and the most months of an age answer."""
    least, _, most = answer.partition("-")
    return int(least), int(most)


def verdict_of(criterion: Criterion, answer: str) -> Verdict:
    """What ``answer`` says about ``criterion``."""
    if answer in OPEN_ANSWERS:
        return Verdict.NOT_KNOWN
    if criterion.kind != Kind.AGE:
        return criterion.choices[answer].verdict
    least, most = months_of(answer)
    # The last year counts until the next birthday: 18 years and 11 months are 18 years.
    from_years, to_years = criterion.years
    inside_from, inside_to = from_years * MONTHS, to_years * MONTHS + MONTHS - 1
    if most < inside_from or least > inside_to:
        return Verdict.DOES_NOT_FIT
    return Verdict.FITS if inside_from <= least and most <= inside_to else Verdict.NOT_KNOWN


def is_vague(criterion: Criterion, answer: str) -> bool:
    """True for an answer that a short follow-up may make clear."""
    if answer in OPEN_ANSWERS:
        return False
    if criterion.kind == Kind.AGE:
        return verdict_of(criterion, answer) == Verdict.NOT_KNOWN
    return criterion.choices[answer].vague


def point_of(criterion: Criterion, answer: str, interview: Interview) -> Point:
    """``criterion`` with ``answer`` as it is told to the family."""
    verdict = verdict_of(criterion, answer)
    return Point(criterion, repeated(criterion, answer, interview), verdict, criterion.reason(answer, verdict))


def repeated(criterion: Criterion, answer: str, interview: Interview) -> str:
    """``answer`` as it is repeated to the family: "9 years", "18 months", a choice's title, "not known"."""
    if answer in OPEN_ANSWERS:
        return interview.repeated[answer]
    return _age(*months_of(answer), interview.repeated) if criterion.kind == Kind.AGE else criterion.choices[answer].title


def _age(least: int, most: int, words: Mapping[str, str]) -> str:
    from_years, to_years = least // MONTHS, most // MONTHS
    if most - least < MONTHS and (most < _YEARS_ONLY_FROM * MONTHS and most != least + MONTHS - 1):
        return _span("month", least, most, words)
    if most >= OLDEST:
        return fill(words["years_or_more"], {"years": from_years})
    if least == 0 and most == MONTHS - 1:
        return words["under_a_year"]
    return _span("year", from_years, max(from_years, to_years if most - least >= MONTHS else from_years), words)


def _span(unit: str, least: int, most: int, words: Mapping[str, str]) -> str:
    if least != most:
        return fill(words[f"{unit}s_between"], {"least": least, "most": most})
    return words[unit] if least == 1 else fill(words[f"{unit}s"], {"number": least})
