"""Numbers beside a time since something that are none: "since she was twelve", "in grade 5", "three times a week", "in two weeks"."""

from __future__ import annotations

import re

from trialog.language.ages.birth_dates import find_days
from trialog.language.number_words import with_digits

_COUNT = r"(?:\d{1,3}(?:[.,]\d+)?|an?\b|half\s+an?\b)"
_TIME = r"(?:years?|yrs?|months?|mths?|mo|weeks?|wks?|days?)\b"
_SMALL = r"(?:(?:about|around|only|just|like|still|nearly|almost|maybe|over|under|of|the|age|now|already|between)\s+)*"
_BE = r"(?:\s+(?:was|were|is|are|am|turned|turns|became|got)|['’](?:s|m|re))\s+"
# "He is three weeks post surgery" and "it was three weeks ago" tell the time since.
_NO_BACK = rf"(?!\d|[.,]\d)(?!\s*(?:(?:-|–|to|or|and)\s*\d+\s*)?(?:{_TIME}\s*)?(?:ago|back|since|post|out|into|off|free)\b)"
_SOMEBODY = r"(?:(?:he|she|i|they|we|you|who)(?:\s+\w+)?|(?:my|our|his|her|their|the)\s+\w+)"
# Without a unit of time behind it.
_BARE = rf"\d+(?!\d|[.,]\d)(?!(?:\s*(?:-|–|to|or|and)\s*\d+)?[\s-]*(?:and\s+an?\s+half\s+)?{_TIME})"
_SOME = rf"{_SMALL}{_COUNT}(?:[\s-]*{_TIME})?"

_OTHER = re.compile(
    "|".join(
        rf"\b{pattern}"
        for pattern in (
            # An age, a class, the part of a treatment.
            rf"(?:age|aged|grade|class|year|form|phase|part|cycle|round|room)\s+{_SMALL}\d+(?:[\s-]*{_TIME})?",
            rf"{_COUNT}(?:[\s-]+{_TIME})?(?:\s+and\s+an?\s+half)?(?:[\s-]+(?:old\b|of\s+age\b)|\s*y/?o\b)",
            rf"(?:(?:he|she|i|they|we|you|who){_BE}|(?:s?hes|im)\s+){_SOME}{_NO_BACK}",
            rf"(?:since|when|while|until|before|after|as)\s+(?:\w+\s+){{0,3}}?\w+(?:{_BE}|\s+had\s+){_SOME}{_NO_BACK}",
            rf"(?:since|when|while|until|before|after|as)\s+(?:he|she|i|they|we|being|turning)\b[^.;!?\d]{{0,40}}{_BARE}",
            rf"{_SOMEBODY}(?:\s+(?:was|were|is)|(?:\s+(?:have|has|had)|['’]s)\s+been)\s+{_SMALL}{_BARE}",
            r"\d+\s+birthday\b",
            rf"{_COUNT}(?:[\s-]*{_TIME})?\s+(?:when|at\s+th(?:e|at)\s+time|back\s+then)\b",
            rf"(?:at|from|after|with|when)\s+{_SOME}{_NO_BACK}",
            rf"(?:since|before|until|till)\s+{_SMALL}{_BARE}",
            # A rhythm, and what is still to come.
            rf"(?:times?|once|twice|hours?|minutes?|\d+)\s+(?:an?|per|each|every)\s+{_TIME}(?!\s+ago)",
            rf"(?:every|each|per)\s+(?:\d+\s+)?{_TIME}",
            rf"in\s+{_SMALL}{_COUNT}[\s-]+{_TIME}(?!\s+(?:ago|back)\b)",
        )
    ),
    re.IGNORECASE,
)


def find_other_times(text: str) -> list[tuple[int, int]]:
    """Where numbers stand in ``text`` that are no amount of time since something; those of a date are none, either."""
    digits = with_digits(text)
    of_dates = ((start, end) for start, end, _ in find_days(text))
    return [*(digits.original(*match.span()) for match in _OTHER.finditer(digits.text)), *of_dates]
