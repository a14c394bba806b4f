"""What the answers say about the published points: three-valued, because much is not known.

An answer is a short text that names nobody: the id of a choice, ``unknown``, ``declined``, ``conflict``, an age in whole months
("108-119": from 9 years to just before 10), or an amount in the first unit of its criterion ("12.5-12.5", "40-" with no upper end).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from trialog.content.criteria import MEASURED, MONTHS, OPEN_ANSWERS, Criterion, Kind, Verdict
from trialog.content.groups import Group
from trialog.content.interview import Interview
from trialog.content.placeholders import fill
from trialog.content.replies.interview import Point

# In months: "an adult" has no upper end.
OLDEST = 100 * MONTHS

# From this age on people speak of years alone.
_YEARS_ONLY_FROM = 3

# An amount is kept so exactly that "more than 40" is not 40, and told so exactly as people say it.
_KEPT, _TOLD = 6, 2


def age_answer(least: int, most: int) -> str:
    """The answer that stands for an age of ``least`` to ``most`` whole months."""
    return f"{least}-{most}"


def amount_answer(least: float, most: float) -> str:
    """The answer that stands for an amount of ``least`` to ``most``, which can be infinite."""
    return f"{_number(least, _KEPT)}-{'' if math.isinf(most) else _number(most, _KEPT)}"


def interval_of(answer: str) -> tuple[float, float]:
    """The least and the most of an age in months, or of an amount."""
    least, _, most = answer.partition("-")
    return float(least), float(most) if most else math.inf


def verdict_of(criterion: Criterion, answer: str) -> Verdict:
    """What ``answer`` says about ``criterion``."""
    if answer in OPEN_ANSWERS:
        return Verdict.NOT_KNOWN
    if criterion.kind not in MEASURED:
        return criterion.choices[answer].verdict
    least, most = interval_of(answer)
    inside_from, inside_to = criterion.limits
    if most < inside_from or least > inside_to:
        return Verdict.DOES_NOT_FIT
    return Verdict.FITS if inside_from <= least and most <= inside_to else Verdict.NOT_KNOWN


def is_vague(criterion: Criterion, answer: str) -> bool:
    """True for an answer that a short follow-up may make clear."""
    if answer in OPEN_ANSWERS:
        return False
    if criterion.kind in MEASURED:
        return verdict_of(criterion, answer) == Verdict.NOT_KNOWN
    return criterion.choices[answer].vague


def point_of(criterion: Criterion, answer: str, interview: Interview) -> Point:
    """``criterion`` with ``answer`` as it is told to the family."""
    verdict = verdict_of(criterion, answer)
    return Point(criterion, repeated(criterion, answer, interview), verdict, criterion.reason(answer, verdict))


def group_point(group: Group, given: Sequence[Point], verdicts: Mapping[str, Verdict], interview: Interview) -> Point:
    """``group`` with the points ``given`` of its criteria as one."""
    answer = "; ".join(fill(interview.lines["part"], {"title": point.criterion.title, "answer": point.answer}) for point in given)
    verdict = group.verdict(verdicts)
    return Point(group, answer, verdict, str(getattr(group, verdict)))


def repeated(criterion: Criterion, answer: str, interview: Interview) -> str:
    """``answer`` as it is repeated to the family: "9 years", "18 months", "62 kg", a choice's title, "not known"."""
    if answer in OPEN_ANSWERS:
        return interview.repeated[answer]
    if criterion.kind not in MEASURED:
        return criterion.choices[answer].title
    least, most = interval_of(answer)
    if criterion.kind == Kind.AMOUNT:
        return _amount(criterion, least, most, interview.repeated)
    age = _age(int(least), int(most), interview.repeated)
    return fill(interview.repeated["on_day"], {"age": age, "day": in_words(criterion.on)}) if criterion.on else age


def in_words(day: date) -> str:
    """``day`` as families write it: 16 September 2024."""
    return f"{day.day} {day:%B %Y}"


def _amount(criterion: Criterion, least: float, most: float, words: Mapping[str, str]) -> str:
    unit, low, high = criterion.units[0], _number(least, _TOLD), _number(most, _TOLD)
    name = unit.one if unit.one and low == high == "1" else unit.name
    kind = "amount_or_more" if math.isinf(most) else "amount" if low == high else "amount_or_less" if low == "0" else "amount_between"
    return fill(words[kind], {"number": high if kind == "amount_or_less" else low, "least": low, "most": high, "unit": name})


def _number(value: float, digits: int) -> str:
    """Without an exponent, and without zeros at its end."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


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
