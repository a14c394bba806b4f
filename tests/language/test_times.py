"""Points in time: the days that words can mean, seen from a day of reference, and how long ago that is."""

from datetime import date

import pytest

from trialog.language.other_times import find_other_times
from trialog.language.times import ago, find_times, unit_of, units_beside

# A Tuesday.
TODAY = date(2026, 12, 1)


def days(text: str) -> list[tuple[str, str]]:
    return [(str(one.first), str(one.last)) for one in find_times(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 3 March 2026", "2026-03-03", "2026-03-03"),
        ("3 March last year", "2025-03-03", "2025-03-03"),
        ("on december 5th", "2025-12-05", "2025-12-05"),  # the last one there was
        ("3/4/2026", "2026-03-04", "2026-04-03"),  # 3 April or 4 March
        ("yesterday", "2026-11-30", "2026-11-30"),
        ("last week", "2026-11-23", "2026-11-29"),
        ("the week before last", "2026-11-16", "2026-11-22"),
        ("last weekend", "2026-11-28", "2026-11-29"),
        ("this week", "2026-11-30", "2026-12-01"),
        ("last month", "2026-11-01", "2026-11-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("in the last year", "2025-12-01", "2026-12-01"),
        ("for the last year", "2025-12-01", "2025-12-01"),
        ("since September", "2026-09-01", "2026-09-30"),
        ("it was in october", "2026-10-01", "2026-10-31"),
        ("september", "2026-09-01", "2026-09-30"),
        ("end of Oct.", "2026-10-01", "2026-10-31"),
        ("may", "2026-05-01", "2026-05-31"),
        ("in March of last year", "2025-03-01", "2025-03-31"),
        ("in October 2024", "2024-10-01", "2024-10-31"),
        ("in December", "2025-12-01", "2026-12-01"),  # today's, or the last one
        ("last December", "2025-12-01", "2025-12-31"),
        ("on Monday", "2026-11-30", "2026-11-30"),
        ("last Friday", "2026-11-20", "2026-11-27"),  # people mean either
        ("in summer", "2026-06-01", "2026-09-23"),
        ("last winter", "2025-12-01", "2026-03-21"),
        ("summer 2025", "2025-06-01", "2025-09-23"),
        ("since Christmas", "2025-12-24", "2025-12-26"),
        ("last Easter", "2026-04-03", "2026-04-06"),
    ],
)
def test_words_mean_days(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    ["a few months ago", "a while ago", "he may come", "on 3 March 2030", "next June", "until April", "every Monday", "since her fall"],
)
def test_what_is_vague_still_to_come_or_no_time_is_none(text: str) -> None:
    assert days(text) == []


def test_a_birth_is_no_time_since_something_and_a_season_is_never_sure() -> None:
    assert days("she was born on 3 March 2014") == []
    assert [one.sure for one in find_times("in summer, in June, or before Easter", TODAY)] == [False, True, False]


@pytest.mark.parametrize(
    ("day", "unit", "units"),
    [
        (date(2026, 6, 15), "month", 5.5),
        (date(2026, 6, 1), "month", 6),
        (date(2026, 5, 31), "month", 6.1),
        (date(2026, 11, 30), "month", 0.1),
        (date(2026, 11, 2), "month", 0.9),
        (date(2025, 12, 1), "year", 1),
        (date(2025, 12, 2), "year", 0.9),
        (date(2026, 11, 17), "week", 2),
        (date(2026, 11, 16), "week", 2.1),
        (date(2026, 6, 15), "day", 169),
        (TODAY, "month", 0),
    ],
)
def test_months_pass_by_the_calendar(day: date, unit: str, units: float) -> None:
    assert ago(day, TODAY, unit) == units


def test_the_end_of_a_long_month_is_a_month_ago_at_the_end_of_a_short_one() -> None:
    assert ago(date(2026, 10, 31), date(2026, 11, 30), "month") == 1
    assert ago(date(2024, 2, 29), date(2026, 2, 28), "year") == 2


def test_a_unit_of_time_is_known_by_any_of_its_spellings() -> None:
    assert unit_of(("days ago", "d")) == "day"
    assert unit_of(("mths",)) == "month"
    assert unit_of(("kg", "kilo")) is None
    assert units_beside("month")["years"] == 12


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("since she was twelve", "twelve"),
        ("since he was 3 months old", "3 months"),
        ("since Emma turned 12", "12"),
        ("since age 12", "12"),
        ("she is 14 and it began 2 years ago", "14"),
        ("I was twelve when it began", "twelve"),
        ("at 12", "12"),
        ("my daughter was twelve", "twelve"),
        ("since she had 12 years", "12 years"),
        ("with twelve years", "twelve years"),
        ("since she was, I think, twelve", "twelve"),
        ("since she was between 12 and 13", "12"),
        ("since 12", "12"),
        ("from 12 years on", "12 years"),
        ("a year old", "a year"),
        ("in grade 5", "5"),
        ("three times a week", "a week"),
        ("every 2 weeks", "2 weeks"),
        ("in two weeks", "two weeks"),
        ("on 3 March 2030", "2030"),
    ],
)
def test_an_age_a_rhythm_and_what_is_to_come_are_no_time_since(text: str, number: str) -> None:
    start = text.index(number)
    assert any(first <= start and start + len(number) <= last for first, last in find_other_times(text))


@pytest.mark.parametrize(
    "text",
    [
        "three weeks ago",
        "it was 3 weeks ago",
        "since 3 weeks",
        "from 3 to 4 weeks ago",
        "I am 6 weeks post surgery",
        "at least 3 months",
        "6 months",
    ],
)
def test_an_amount_of_time_is_none_of_them(text: str) -> None:
    assert find_other_times(text) == []
