"""Amounts with a unit, as intervals: what is said around a number counts, and a number with another unit is none."""

import math
from datetime import date

import pytest

from trialog.language.quantities import find_quantities, find_times_since

KG = {"kg": 1.0, "kilos": 1.0, "pounds": 0.45, "stone": 6.3}
DAYS = {"days": 1.0, "day": 1.0, "week": 7.0, "weeks": 7.0, "months": 30.0}
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("62 kg", 62, 62),
        ("he weighs 62,5 kilos", 62.5, 62.5),
        ("sixty two kg", 62, 62),
        ("100 pounds", 45, 45),
        ("10 stone 10 pounds", 67.5, 67.5),
        ("between 60 and 65 kg", 65, 65),  # the first has no unit, and the reader asks back
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
        ("on 3 March 2026", 272, 272),
        ("in October", 30, 60),
        ("on december 5th", 360, 360),  # the last one there was
        ("yesterday", 1, 1),
        ("3/4/2026", 241, 271),  # 3 April or 4 March
    ],
)
def test_a_day_is_so_many_days_ago(text: str, least: int, most: int) -> None:
    assert [(one.least, one.most) for one in find_times_since(text, TODAY)] == [(least, most)]


@pytest.mark.parametrize("text", ["62", "62 cm", "room 12", "0.5.3 kg", "he may come", "on 3 March 2030"])
def test_what_is_no_such_amount(text: str) -> None:
    assert [one for one in find_quantities(text, KG) if one.unit] == []
    assert [*find_times_since(text, TODAY)] == []
