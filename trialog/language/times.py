"""Points in time in a text, as the days they can mean: "on 3 March", "since September", "last week", "in summer"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from trialog.language.ages.birth_dates import days_since, find_days

# How many days a unit of time has, as a rule.
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_NAMING = {**{unit: unit for unit in DAYS}, "wk": "week", "mth": "month", "mo": "month", "yr": "year"}
SPELLINGS: Mapping[str, str] = {f"{word}{end}": unit for word, unit in _NAMING.items() for end in ("", "s")}

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# Where they begin and end, by month and day; a day or two early or late is meant, too.
_SEASONS = {"spring": ((3, 1), (6, 21)), "summer": ((6, 1), (9, 23)), "autumn": ((9, 1), (12, 21)), "winter": ((12, 1), (3, 21))}

_LEAD = r"(?:since|from|in|on|during|around|about|over|last|this|of|early|mid|late|beginning|start|middle|end)"
_LED = rf"(?<!\w)(?P<lead>(?:{_LEAD}[\s-]+(?:the\s+)?){{1,3}})"
_ALONE = r"^\W*(?:(?:maybe|about|around|it was)\s+)?"
_OF_YEAR = r"(?:,?\s+(?:of\s+)?(?:(?P<which>last|this)\s+year|(?P<year>(?:19|20)\d\d)))?"
# What is said of another time, or of a birth.
_ELSEWHERE = re.compile(r"\b(?:next|every|each|until|till|by|(?:born|birth\w*|dob)\b[^.;!?]{0,20})\s*$", re.IGNORECASE)


# "Just before Christmas" is another day.
_BESIDE = re.compile(r"\b(?:before|after|prior\s+to)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Time:
    """What stands at ``text[start:end]``: a day from ``first`` to ``last``; ``sure`` unless it is another one elsewhere, or beside."""

    start: int
    end: int
    first: date
    last: date
    sure: bool = True


def find_times(text: str, today: date) -> list[Time]:
    """The days and spans of days in ``text`` that have begun; of those that overlap, the longest. "A few months ago" is none."""
    found = [one for find in (_days, _named_days, _spans, _months, _weekdays, _seasons, _feasts) for one in find(text, today)]
    found = [one for one in found if not _ELSEWHERE.search(text[max(one.start - 40, 0) : one.start])]
    found = [replace(one, sure=one.sure and not _BESIDE.search(text[max(one.start - 40, 0) : one.start])) for one in found]
    kept: list[Time] = []
    for one in sorted(found, key=lambda time: (time.start - time.end, time.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda time: time.start)


def unit_of(spellings: Iterable[str]) -> str | None:
    """The unit of time that one of ``spellings`` names ("days ago"); None where none does."""
    return next((SPELLINGS[word] for spelling in spellings for word in spelling.lower().split() if word in SPELLINGS), None)


def units_beside(unit: str) -> dict[str, float]:
    """How many of ``unit`` each unit of time is worth, by its spellings."""
    return {spelling: DAYS[named] / DAYS[unit] for spelling, named in SPELLINGS.items()}


def ago(day: date, today: date, unit: str) -> float:
    """How many of ``unit`` passed from ``day`` to ``today``, by the calendar; a begun month counts in tenths, never as none or whole."""
    if unit in ("day", "week"):
        return _tenths((today - day).days, int(DAYS[unit]))
    size = 12 if unit == "year" else 1
    whole = (today.year - day.year) * 12 + today.month - day.month
    whole = (whole - (day + relativedelta(months=whole) > today)) // size
    begun, ends = (day + relativedelta(months=size * number) for number in (whole, whole + 1))
    return float(whole) + _tenths((today - begun).days, (ends - begun).days)


def _tenths(part: int, of: int) -> float:
    whole, rest = divmod(part, of)
    return float(whole) + (min(max(round(rest / of, 1), 0.1), 0.9) if rest else 0.0)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LAST_YEAR = _re(r",?\s+(?:of\s+)?last\s+year\b")


def _days(text: str, today: date) -> Iterator[Time]:
    """3 March 2026; 3 March, the last one there was; 3 March last year."""
    for start, end, words in find_days(text):
        last_year = _LAST_YEAR.match(text, end)
        if ago_ := days_since(f"{words} {today.year - 1}" if last_year else words, today):
            first, last = (today - timedelta(days=days) for days in reversed(ago_))
            yield Time(start, last_year.end() if last_year else end, first, last)


_NAMED = {"today": 0, "this morning": 0, "yesterday": 1, "last night": 1, "the day before yesterday": 2}
_NAMED_DAY = _re(r"\b(?:" + "|".join(sorted(_NAMED, key=len, reverse=True)) + r")\b")


def _named_days(text: str, today: date) -> Iterator[Time]:
    for match in _NAMED_DAY.finditer(text):
        day = today - timedelta(days=_NAMED[match[0].lower()])
        yield Time(*match.span(), day, day)


_SPAN = _re(
    r"\b(?:(?P<back>for|over)\s+the\s+(?:last|past)\s+(?P<lasting>week|month|year)"
    r"|(?P<within>in|within|during)\s+the\s+(?:last|past)\s+(?P<inside>week|month|year)"
    r"|(?:the\s+)?(?P<before>week|month|year)\s+before\s+last|(?P<which>last|this)\s+(?P<unit>week|weekend|month|year))\b"
)


def _spans(text: str, today: date) -> Iterator[Time]:
    """Last week, this month; for the last year (so long); within the last year (at some time of it)."""
    for match in _SPAN.finditer(text):
        if unit := match["lasting"] or match["inside"]:
            begun = today - relativedelta(**{f"{unit}s": 1})
            yield Time(*match.span(), begun, today if match["inside"] else begun)
        else:
            unit = (match["before"] or match["unit"]).lower()
            back = 2 if match["before"] else 0 if match["which"].lower() == "this" else 1
            first, last = _calendar(unit, back, today)
            if first <= today:
                yield Time(*match.span(), first, min(last, today))


def _calendar(unit: str, back: int, today: date) -> tuple[date, date]:
    """The first and the last day of the week, weekend, month or year that was ``back`` of them ago."""
    if unit.startswith("week"):
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
    if unit == "year":
        return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    first = today.replace(day=1) - relativedelta(months=back)
    return first, first + relativedelta(months=1, days=-1)


_NAMES = "|".join([*_MONTHS, r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"])
_CLEAR = "|".join(month for month in _MONTHS if month not in ("march", "may"))
_MONTH = _re(rf"(?:{_LED}(?P<led>{_NAMES})|(?<!\w)(?P<clear>{_CLEAR})|{_ALONE}(?P<alone>march|may)(?=\W*$))(?!\w){_OF_YEAR}")


def _months(text: str, today: date) -> Iterator[Time]:
    """September: the last one there was. In September, this one and the last."""
    for match in _MONTH.finditer(text):
        name = (match["led"] or match["clear"] or match["alone"])[:3].lower()
        number = 1 + next(place for place, month in enumerate(_MONTHS) if month.startswith(name))
        yield from _latest(match, today, partial(_month_of, number))


def _month_of(month: int, year: int) -> tuple[date, date]:
    return _calendar("month", 0, date(year, month, 1))


_WEEKDAY = _re(rf"(?:\b(?P<lead>since|on|last|from)\s+|(?<!\w))(?P<day>{'|'.join(_WEEKDAYS)})\b")


def _weekdays(text: str, today: date) -> Iterator[Time]:
    """Monday: the last one; "last Monday" may be the one before, and on a Monday it may be today."""
    for match in _WEEKDAY.finditer(text):
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7)
        is_open = day == today or (match["lead"] or "").lower() == "last"
        yield Time(*match.span(), day - timedelta(days=7 if is_open else 0), day)


# After a fall somebody is hurt: only where nothing else can be meant is it a season.
_SEASON = _re(rf"(?:(?:{_LED})?\b(?P<season>spring|summer|autumn|winter)|\b(?P<fall>in(?:\s+the)?|last|this)\s+fall)\b{_OF_YEAR}")


def _seasons(text: str, today: date) -> Iterator[Time]:
    """A summer is another one in the south: never sure."""
    for match in _SEASON.finditer(text):
        if not any(match[part] for part in ("lead", "fall", "which", "year")) and match[0] != text.strip():
            continue
        of_year = partial(_season_of, (match["season"] or "autumn").lower())
        yield from (replace(one, sure=False) for one in _latest(match, today, of_year))


def _season_of(season: str, year: int) -> tuple[date, date]:
    begins, ends = _SEASONS[season]
    return date(year - (ends < begins), *begins), date(year, *ends)


_FEAST = _re(r"\b(?P<lead>last\s+)?(?P<feast>christmas|xmas|new\s+year(?:['’]?s)?(?:\s+(?:eve|day))?|easter)\b" + _OF_YEAR)


def _feasts(text: str, today: date) -> Iterator[Time]:
    for match in _FEAST.finditer(text):
        feast = match["feast"][0].lower()
        yield from _latest(match, today, partial(_feast, feast))


def _feast(letter: str, year: int) -> tuple[date, date]:
    sunday = easter(year)
    spans = {"n": (date(year - 1, 12, 31), date(year, 1, 1)), "e": (sunday - timedelta(days=2), sunday + timedelta(days=1))}
    return spans.get(letter, (date(year, 12, 24), date(year, 12, 26)))


def _latest(match: re.Match[str], today: date, of_year: Callable[[int], tuple[date, date]]) -> Iterator[Time]:
    """What comes every year, as it was the last time; while it lasts it may be the one of a year ago, too."""
    lead = (match.groupdict().get("lead") or match.groupdict().get("fall") or "").lower()
    if match["which"] or match["year"]:
        year = int(match["year"] or today.year - (match["which"].lower() == "last"))
        first, last = of_year(year)
    else:
        first, last = next(span for year in range(today.year + 1, 0, -1) if (span := of_year(year))[0] <= today)
        if last >= today and "this" not in lead:
            before = of_year(last.year - 1)
            first, last = before if "last" in lead else (before[0], today)
    if first <= today:
        yield Time(*match.span(), first, min(last, today))
