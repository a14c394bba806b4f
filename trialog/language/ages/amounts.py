"""Amounts of time that may be ages, as intervals of whole months: "9", "18 months", "2y3m", "8 or 9", "0;11"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OLDEST_YEARS = 120
MOST_MONTHS = 12 * OLDEST_YEARS + 11

# A range wider than this is a rule ("1-18 years"), not somebody's age.
_WIDEST_RANGE = 4

_DAYS_OF_A_MONTH = 30.4375

_FOREIGN_YEARS = "jaar|años|anos|jahre|jahr|ans|lat|lata|anni|år|vuotta|éves|лет|год|года"
_OLD = r"y\s?[/.]?\s?o\.?"
_YEARS = rf"{_OLD}|years?|yaers?|yeras?|yers?|yrs?|yr|y|{_FOREIGN_YEARS}"
_MONTHS = r"months?|monhts?|monts?|mths?|mos?|(?-i:m)|maanden|monate|mois|meses"
_WEEKS = r"weeks?|wks?"
_DAYS = r"days?|d"
_UNIT = rf"(?:{_YEARS}|{_MONTHS}|{_WEEKS}|{_DAYS})(?![^\W\d_])"
_FRACTIONS = {"half": 0.5, "1/2": 0.5, "½": 0.5, "quarter": 0.25, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75, "3quarters": 0.75}
_FRACTION = r"(?:half|3\s+quarters|quarter|[13]/[24]|[½¼¾])"
_WITH_FRACTION = rf"(?:\s*(?:and|n|&)?\s*(?:an?\s+)?(?P<{{}}>{_FRACTION}))?"
_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"

_AMOUNT = re.compile(
    rf"""(?<![\w.,:;/+$€-])(?:
      (?P<twelfths>\d{{1,3}}\s?/\s?(?P<parts>12|52|7)(?![\d/]))
    | (?P<mixed_years>\d{{1,2}})(?:\s?(?:{_YEARS}))?\s+(?P<mixed_months>\d{{1,2}})/12(?![\d/])(?:\s*(?:{_YEARS}))?
    | (?P<clinical>\d{{1,2}}\s?[;+]\s?\d{{1,2}})(?P<clinical_years>\s?years?)?
    | (?P<from>\d{{1,3}})\s*(?P<joint>-|–|/|or|to|and(?!\s+\d+\s*[mq]))\s*(?P<to>\d{{1,3}})(?!\s*/)(?:[\s-]*(?P<range_unit>{_UNIT}))?
    | (?P<part>{_FRACTION})\s+(?:of\s+)?an?\s+year|(?P<year_and_half>(?<!a )(?<!1 )year\s+and\s+an?\s+half)
    | (?P<number>{_NUMBER}|an?(?=[\s-]+(?:{_YEARS}|{_MONTHS})\b)){_WITH_FRACTION.format("fraction")}(?:[\s-]*(?P<unit>{_UNIT}))?
      {_WITH_FRACTION.format("late_fraction")}
      (?:[\s,]*(?:(?:and|plus)\s+)?(?<!\d)(?!(?:1[2-9]|[2-9]\d|\d{{3}})[\s-]*(?:{_MONTHS}))(?P<more>\d{{1,3}})[\s-]*(?P<more_unit>{_MONTHS}|m|{_WEEKS}|{_DAYS})(?![^\W\d_]))?
    )(?:(?![\w%]|:\d)|(?=[fm]\b))""",
    re.VERBOSE | re.IGNORECASE,
)


def _is_year_of_age(unit: str | None) -> bool:
    return bool(unit and re.fullmatch(_OLD, unit, re.IGNORECASE))


@dataclass(frozen=True)
class Amount:
    """An amount of time at a place in the text; ``unit`` is None for a number alone, ``step`` the months of one unit."""

    start: int
    end: int
    least: int
    most: int
    unit: str | None
    step: int

    @property
    def says_age(self) -> bool:
        """Whether the unit itself is one of age: "9 yo", "9 y/o"."""
        return _is_year_of_age(self.unit)


def find_amounts(text: str) -> Iterator[Amount]:
    """Every number and span of time in a text whose number words are digits, whatever it is about."""
    for match in _AMOUNT.finditer(text):
        amount = _parts_of_a_year(match) or _mixed(match) or _clinical(match) or _range(match) or _part_of_a_year(match) or _single(match)
        if amount and 0 <= amount.least <= amount.most <= MOST_MONTHS:
            yield amount


def _parts_of_a_year(match: re.Match[str]) -> Amount | None:
    """Months, weeks or days as clinicians write them: 18/12, 40/52, 5/7."""
    if not match["twelfths"]:
        return None
    number, parts = int(match["twelfths"].split("/")[0]), match["parts"]
    if parts == "12":
        return Amount(*match.span(), number, number, "months", 1)
    return Amount(*match.span(), *_short(float(number), "weeks" if parts == "52" else "days"), "weeks", 1)


def _mixed(match: re.Match[str]) -> Amount | None:
    """Years and twelfths: 1 3/12."""
    if not match["mixed_years"]:
        return None
    months = 12 * int(match["mixed_years"]) + int(match["mixed_months"])
    return Amount(*match.span(), months, months, "clinical", 12)


def _clinical(match: re.Match[str]) -> Amount | None:
    """Years and months as clinicians write them: 0;11 or 5+3."""
    if not match["clinical"]:
        return None
    years, months = (int(part) for part in re.split("[;+]", match["clinical"]))
    least = 12 * years + months
    return Amount(*match.span(), least, least if months < 12 else -1, "yo" if match["clinical_years"] else "clinical", 12)


def _range(match: re.Match[str]) -> Amount | None:
    if not match["from"]:
        return None
    step = _months_of(match["range_unit"])
    low, high = int(match["from"]), int(match["to"])
    wide = not 0 < high - low < _WIDEST_RANGE or (match["joint"] == "and" and "between" not in match.string[: match.start()].lower())
    least, most = low * step, high * step + step - 1
    return Amount(*match.span(), least, -1 if wide else most, match["range_unit"], step)


def _part_of_a_year(match: re.Match[str]) -> Amount | None:
    """Half a year, three quarters of a year; a year and a half."""
    if not match["part"] and not match["year_and_half"]:
        return None
    months = int(12 * _fraction(match["part"])) if match["part"] else 18
    return Amount(*match.span(), months, months, "half", 12)


def _single(match: re.Match[str]) -> Amount:
    number = match["number"]
    whole = 1.0 if number[0] in "aA" else float(number.replace(",", "."))
    value = whole + _fraction(match["fraction"] or match["late_fraction"] or "")
    unit = match["unit"] or ("y" if match["more"] else None)
    if _is_short(unit):
        return Amount(*match.span(), *_short(value, unit), unit, 1)
    step = _months_of(unit)
    # Whole years leave the months open; said with a fraction or with months, the month is taken at its word.
    exact = step == 1 or match["more"] or not value.is_integer()
    extra = _more(match["more"], match["more_unit"]) if step == 12 else 0
    least = int(value * step) + extra
    return Amount(*match.span(), least, least if exact else least + step - 1, unit, step)


def _fraction(part: str) -> float:
    return _FRACTIONS.get("".join(part.lower().split()), 0.0)


def _more(number: str | None, unit: str | None) -> int:
    if not number:
        return 0
    return min(_short(float(number), unit)[0] if _is_short(unit) else int(number), 11)


def _short(value: float, unit: str | None) -> tuple[int, int]:
    """The least and the most whole months in weeks or days: the next week or day has not passed yet."""
    days = 7 if re.fullmatch(_WEEKS, unit or "", re.IGNORECASE) else 1
    return int(value * days / _DAYS_OF_A_MONTH), int((value + 1) * days / _DAYS_OF_A_MONTH)


def _is_short(unit: str | None) -> bool:
    return bool(unit and re.fullmatch(f"{_WEEKS}|{_DAYS}", unit, re.IGNORECASE))


def _months_of(unit: str | None) -> int:
    return 1 if unit and re.fullmatch(_MONTHS, unit, re.IGNORECASE) else 12
