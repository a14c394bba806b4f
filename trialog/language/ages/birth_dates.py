"""Dates in a text, and those of birth: "on 3 March", "born in March 2020", "dob 12/05/2016", "she is from 2016"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from dateutil import parser

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?"
_YEAR = r"(?:18|19|20)\d\d"
_NUMERIC = rf"{_YEAR}-\d{{1,2}}-\d{{1,2}}|(?:\d{{1,2}}[./-])?\d{{1,2}}[./-]{_YEAR}"
DATE = rf"(?:{_NUMERIC}|(?:{_DAY}\s+)?{_MONTH},?\s+{_YEAR}|{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_YEAR})(?![\w/-])"
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|date of birth|birth ?da(?:y|te)|birth year|year of birth|(?:he|she)(?:'s| is) from)"
    rf"(?:\s+is)?[\s:]*(?:(?:on|in)\s+)?(?:the\s+)?(?P<date>{DATE})",
    re.IGNORECASE,
)
# A day of any year, and a month named as one: "may" alone is a word.
_ANY_DATE = re.compile(
    rf"(?<![\w.,/-])(?:{DATE}|{_DAY}\s+{_MONTH}(?!\w)|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\w)|(?<=\bin ){_MONTH}(?!\w))", re.IGNORECASE
)
_ALONE = re.compile(rf"\W*(?P<date>{DATE})\W*", re.IGNORECASE)


def find_births(text: str, today: date) -> Iterator[tuple[int, int, int, int, bool]]:
    """Each birth date: its place in the text, the least and most months of age, and whether birth was said outright."""
    alone = _ALONE.fullmatch(text)
    for match in [alone] if alone else _BORN.finditer(text):
        months = months_since(match["date"], today)
        if months:
            yield match.start(), match.end(), *months, alone is None


def months_since(words: str, today: date) -> tuple[int, int] | None:
    """Least and most whole months from a date to today; None for no such date or one in the future.

    Missing parts and the order of day and month (12/05) are left open: all their readings are inside the interval.
    """
    days = [day for first in (True, False) for day in _days(words, first) if day <= today]
    ages = [(today.year - day.year) * 12 + today.month - day.month - (today.day < day.day) for day in days]
    return (max(min(ages), 0), max(ages)) if ages else None


def find_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Each date in ``text``: its place, and its words."""
    yield from ((*match.span(), match[0]) for match in _ANY_DATE.finditer(text))


def days_since(words: str, today: date) -> tuple[int, int] | None:
    """Least and most days from a date to today, as in ``months_since``; one without a year is the last there was."""
    if re.search(_YEAR, words):
        days = [day for first in (True, False) for day in _days(words, first) if day <= today]
    else:
        years = (_days(f"{words} {year}", day_first=True) for year in (today.year, today.year - 1))
        days = next((found for some in years if (found := [day for day in some if day <= today])), [])
    return (min((today - day).days for day in days), max((today - day).days for day in days)) if days else None


def _days(words: str, day_first: bool) -> list[date]:
    """The first and the last day the words can mean."""
    year_first = re.match(r"\d{4}", words) is not None
    words = re.sub(r"\bof\b", "", words)
    try:
        return [
            parser.parse(words, default=edge, dayfirst=day_first and not year_first).date()
            for edge in (datetime(2000, 1, 1), datetime(2000, 12, 31))
        ]
    except (ValueError, OverflowError):
        return []
