"""Shares in a text with their signs, as intervals of percent: "95 %", "less than 1 %", "20-30%", "half of the cells"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialog.language.number_words import with_digits

# What lies just beside a limit that is not itself meant.
STEP = 0.01

_LESS = r"<|(?:less|fewer|lower|smaller) than|under|below|up to|at most|max(?:imum)?\.?|≤|<="
_MORE = r">|(?:more|greater|higher) than|over|above|at least|min(?:imum)?\.?|≥|>="
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_SHARE = re.compile(
    rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))?\s*(?<![\d.,])(?P<from>{_NUMBER})(?:\s*%?\s*(?:-|–|to|or)\s*(?P<to>{_NUMBER}))?"
    r"\s*(?:%|percent\b|per ?cent\b|pct\b|prozent\b|procent\b)",
    re.IGNORECASE,
)
_PARTS = {
    "none": (0.0, 0.0),
    "half": (50.0, 50.0),
    "all": (100.0, 100.0),
    "most": (50.0 + STEP, 100.0),
}
_OF_CELLS = r"\s+(?:of\s+)?(?:all\s+)?(?:(?:the|his|her|my|their)\s+)?(?:\w+\s+)?(?:cells|blasts)\b"
_PART = re.compile(rf"\b(?P<part>{'|'.join(_PARTS)}){_OF_CELLS}", re.IGNORECASE)
# "Four fifths of the blasts".
_NAMES = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(rf"\b(?P<number>an?|\d)\s+(?P<name>{'|'.join(_NAMES)})s?{_OF_CELLS}", re.IGNORECASE)
_HUNDREDS = {"hundred": 100, "thousand": 1_000, "ten thousand": 10_000, "million": 1_000_000}
# "One cell in a thousand", "2 out of 100 cells".
_CELLS = r"(?:of the\s+)?(?:\w+\s+)?(?:cells?|blasts?)"
_OF = re.compile(
    rf"(?<![\d.,])(?P<number>\d{{1,6}})\s+(?P<cells>{_CELLS}\s+)?(?:in|out of|of)\s+(?:(?:every|each|an?|1)\s+)?"
    rf"(?P<whole>\d{{2,7}}|{'|'.join(_HUNDREDS)})\b(?(cells)|\s+{_CELLS}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Share:
    """A share at ``text[start:end]``, as an interval of percent, both ends included."""

    start: int
    end: int
    least: float
    most: float


def find_shares(text: str) -> list[Share]:
    """Every share in ``text``; what is no share of a hundred is none."""
    digits = with_digits(text)
    found = []
    for match in _SHARE.finditer(digits.text):
        least, most = _interval(match)
        if 0 <= least <= most <= 100:
            found.append(Share(*digits.original(*match.span()), least, most))
    for match in _OF.finditer(digits.text):
        whole = _HUNDREDS.get(match["whole"].lower()) or int(match["whole"])
        share = 100 * int(match["number"]) / whole if whole else 101.0
        if share <= 100:
            found.append(Share(*digits.original(*match.span()), share, share))
    for match in _FRACTION.finditer(digits.text):
        share = 100 * (int(match["number"]) if match["number"].isdigit() else 1) / _NAMES[match["name"].lower()]
        if share <= 100:
            found.append(Share(*digits.original(*match.span()), share, share))
    for match in _PART.finditer(text):
        found.append(Share(*match.span(), *_PARTS[match["part"].lower()]))
    return found


def _interval(match: re.Match[str]) -> tuple[float, float]:
    low = float(match["from"].replace(",", "."))
    high = float((match["to"] or match["from"]).replace(",", "."))
    if match["less"]:
        # "Less than 1 %" is not nothing.
        return STEP, high - STEP if high else high
    if match["more"]:
        return low + STEP, 100.0
    return low, high
