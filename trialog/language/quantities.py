"""Amounts with a unit in a text, as intervals: "62 kg", "about 140 pounds", "40 to 50", "three weeks ago", "an hour and a half"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from trialog.language.number_words import with_digits

# What lies just beside a limit that is not itself meant; "about 60" may be a tenth more or less.
_BESIDE, _ABOUT = 1e-6, 0.1

_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)?"
_WORDS = {
    "under": r"<|(?:less|fewer|lower|lighter|smaller) than|under|below",
    "most": r"within(?:\s+the\s+(?:last|past))?|(?:in|during)\s+the\s+(?:last|past)"
    r"|≤|<=|up to|at most|no more than|not more than|max(?:imum)?\.?",
    "over": r">|(?:more|greater|higher|heavier) than|over|above",
    "least": r"≥|>=|at least|no less than|not less than|min(?:imum)?\.?",
    "almost": r"almost|nearly|not quite|close to",
    "about": r"about|around|roughly|approximately|approx\.?|circa|ca\.?|~|some",
}
_BEFORE = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_BEHIND = r"(?P<or_more>\s*\+|\s+(?:or|and) (?:more|over|above))|(?P<or_less>\s+(?:or|and) (?:less|under|below))|(?P<or_so>\s+or so)"

# Behind a number they make it an amount of something else, where they are no unit that is looked for.
_OTHER_UNITS = re.compile(
    r"[\s-]*(?:%|°|(?:mm|cm|m|km|feet|foot|ft|inch(?:es)?|mg|g|kgs?|kilos?|kilograms?|lbs?|pounds?|stones?|ml|cl|l|lit(?:er|re)s?"
    r"|minutes?|hours?|days?|weeks?|months?|years?|yrs?|yo|y/o|percent|degrees|times)\b)",
    re.IGNORECASE,
)

# Between the parts of one amount: "1 year and 2 months", "9 stone 4 pounds".
_JOINED = re.compile(r"[\s,]*(?:and\s+)?", re.IGNORECASE)

# Parts of one ("half a year", "three quarters of an hour"), and a half behind a number or its unit.
_PARTS = {"q": 0.25, "h": 0.5, "½": 0.5, "3": 0.75}
_PART = r"(?:(?:an?\s+)?half(?:\s+of)?|(?:an?\s+)?quarter\s+of|3\s+quarters\s+of|½)(?:\s+an?)?(?=[\s-]*(?:{names})(?!\w))"
_AND_HALF = r"\s+and\s+(?:an?\s+)?half(?!\w)"
_HALF = rf"\s*½|\s+1/2(?![\d/])|{_AND_HALF}"


@dataclass(frozen=True)
class Quantity:
    """An amount at ``text[start:end]``, both ends of its interval included; ``unit`` is what one of its unit is worth, None for a number.

    ``exact`` where neither the words around nor a second number make it an interval.
    """

    start: int
    end: int
    least: float
    most: float
    unit: float | None
    exact: bool = True


def find_quantities(text: str, units: Mapping[str, float], whole: bool = False) -> list[Quantity]:
    """The amounts in ``text`` in any of ``units``, by spelling what one is worth, and numbers alone.

    ``whole`` counts full ones: three weeks can be up to a day less than four.
    """
    digits = with_digits(text)
    names = "|".join(re.escape(name.lower()) for name in sorted(units, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![\w.,/])(?:(?:{_BEFORE})\s*)?(?:(?P<between>between|from)\s+)?(?<![\d.,/])(?<!\d:)"
        rf"(?P<from>{_PART}|{_NUMBER}|an?(?=[\s-]+(?:{names})(?!\w)))(?P<half>{_HALF})?"
        rf"(?:(?:[\s-]*(?P<from_unit>{names})(?!\w))?\s*(?:-|–|to|or|(?(between)and|(?!)))\s*(?P<to>{_NUMBER})(?P<to_half>{_HALF})?)?"
        rf"(?:[\s-]*(?P<unit>{names})(?!\w)(?P<and_half>{_AND_HALF})?)?(?![\w/]|[.,:]\d)(?:{_BEHIND})?".replace("{names}", names),
        re.IGNORECASE,
    )
    known = {name.lower(): worth for name, worth in units.items()}
    ours = [match for match in pattern.finditer(digits.text) if match["unit"] or not _OTHER_UNITS.match(digits.text, match.end())]
    found = _joined([_quantity(match, known, whole) for match in ours], digits.text)
    places = [digits.original(one.start, one.end) for one in found]
    return [Quantity(*place, one.least, one.most, one.unit, one.exact) for one, place in zip(found, places, strict=True)]


def _quantity(match: re.Match[str], units: Mapping[str, float], whole: bool) -> Quantity:
    worth = units.get((match["unit"] or match["from_unit"] or "").lower())
    size = worth or 1.0
    and_half = match["and_half"] is not None
    first = _value(match["from"], half=bool(match["half"]) or (and_half and not match["to"]))
    last = _value(match["to"], half=bool(match["to_half"]) or and_half) if match["to"] else first
    ends = (first * units.get((match["from_unit"] or "").lower(), size), last * size)
    low, high = min(ends), max(ends)
    said = {name for name in (*_WORDS, "or_more", "or_less", "or_so") if match[name]}
    is_part = not (first.is_integer() and last.is_integer())
    if whole and size > 1 and is_part:
        # Nobody means so exactly when half a year was over.
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    elif whole and size > 1 and not said & {"under", "most", "or_less", "almost"}:
        high += size - 1
    least, most = _meant(low, high, said)
    return Quantity(*match.span(), least, most, worth, exact=not (said or match["to"] or is_part))


def _meant(low: float, high: float, said: set[str]) -> tuple[float, float]:
    """The interval that the words around a number make of it."""
    if said & {"over", "least", "or_more"}:
        return (low + _BESIDE if "over" in said else low), math.inf
    if said & {"under", "most", "or_less"}:
        return 0.0, max(high - _BESIDE, 0.0) if "under" in said else high
    if "almost" in said:
        return low * (1 - _ABOUT), max(high - _BESIDE, 0.0)
    about = _ABOUT if said & {"about", "or_so"} else 0.0
    return low * (1 - about), high * (1 + about)


def _value(number: str, half: bool) -> float:
    """Commas between groups of three digits are none of a fraction; "a week" is one."""
    words = re.sub(r"^an?(?:\s+|$)", "", number.lower())
    part = re.match(r"quarter|half|½|3\s+quarters", words)
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", words)
    said = _PARTS[part[0][0]] if part else float(words.replace(",", "" if grouped else ".") or 1)
    return said + (0.5 if half else 0.0)


def _joined(found: list[Quantity], text: str) -> list[Quantity]:
    """With the parts of one amount as one."""
    kept: list[Quantity] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and _is_smaller(before, one) and _JOINED.fullmatch(text, before.end, one.start):
            # Weeks and days: what was open in the weeks is told by the days.
            low = before.least + one.least
            kept[-1] = Quantity(before.start, one.end, low, low + one.most - one.least, one.unit)
        else:
            kept.append(one)
    return kept


def _is_smaller(before: Quantity, one: Quantity) -> bool:
    """True where ``one`` can be the next part of the amount that ``before`` begins."""
    return before.exact and one.exact and bool(before.unit and one.unit and one.unit < before.unit)
