"""Amounts with a unit, as intervals: what is said around a number counts, and a number with another unit is none."""

import math

import pytest

from trialog.language.quantities import find_quantities

KG = {"kg": 1.0, "kilos": 1.0, "pounds": 0.45, "stone": 6.3}
DAYS = {"days": 1.0, "day": 1.0, "week": 7.0, "weeks": 7.0, "months": 30.0}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("62 kg", 62, 62),
        ("he weighs 62,5 kilos", 62.5, 62.5),
        ("sixty two kg", 62, 62),
        ("100 pounds", 45, 45),
        ("10 stone 10 pounds", 67.5, 67.5),
        ("between 60 and 65 kg", 60, 65),
        ("from 60 to 65 kg", 60, 65),
        ("60-65 kg", 60, 65),
        ("60 kg to 65 kg", 60, 65),
        ("at least 45 kg", 45, math.inf),
        ("more than 45 kg", 45.000001, math.inf),
        ("45 kg or more", 45, math.inf),
        ("up to 45 kg", 0, 45),
        ("under 45 kg", 0, 44.999999),
        ("about 60 kg", 54, 66),
        ("60 kg or so", 54, 66),
        ("almost 60 kg", 54, 59.999999),
    ],
)
def test_an_amount_is_read_with_the_words_around_it(text: str, least: float, most: float) -> None:
    (found,) = [one for one in find_quantities(text, KG) if one.unit]
    assert (found.least, found.most) == pytest.approx((least, most), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("3 weeks ago", 21, 27),
        ("a week ago", 7, 13),
        ("three weeks and 2 days", 23, 23),
        ("12 days", 12, 12),
        ("75,000 days", 75000, 75000),
    ],
)
def test_time_counts_whole_units(text: str, least: float, most: float) -> None:
    (found,) = find_quantities(text, DAYS, whole=True)
    assert (found.least, found.most) == (least, most)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("an hour and a half", 90, 90),
        ("one and a half hours", 90, 90),
        ("1½ hours", 90, 90),
        ("1 1/2 hours", 90, 90),
        ("half an hour", 30, 30),
        ("three quarters of an hour", 45, 45),
        ("an hour or two", 60, 120),
        ("30 minutes to 1 hour", 30, 60),
    ],
)
def test_parts_of_one_and_ranges_of_two_units(text: str, least: float, most: float) -> None:
    (found,) = find_quantities(text, {"minutes": 1.0, "hour": 60.0, "hours": 60.0})
    assert (found.least, found.most) == (least, most)


def test_half_a_year_ago_is_never_counted_to_the_day_and_the_last_weeks_are_so_many_at_most() -> None:
    (half,) = find_quantities("half a year ago", {"months": 1.0, "year": 12.0}, whole=True)
    assert (half.least, half.most) == pytest.approx((5.4, 6.6))
    (within,) = find_quantities("in the last 3 weeks", DAYS, whole=True)
    assert (within.least, within.most) == (0, 21)


@pytest.mark.parametrize("text", ["62", "62 cm", "room 12", "0.5.3 kg", "1:30 kg"])
def test_what_is_no_such_amount(text: str) -> None:
    assert [one for one in find_quantities(text, KG) if one.unit] == []
