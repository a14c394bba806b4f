"""E-mail addresses, dates, and numbers that belong to somebody, in a text.

A number is somebody's when the word before it says so, when its check digits fit a country's rule, when it is a phone number, or
when nothing else explains so many digits. Ages, doses, years and the numbers of studies are too short or look otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import phonenumbers

from trialog.content.general import PersonalWords
from trialog.nlu.personal_data.check_digits import is_iban, is_somebodys

Piece = tuple[str, int, int]

# The number of a study or of a medicine's approval, which everybody may read: EudraCT 2016-000227-71, EU 2023-504321-19-00, EU/1/17/1200.
_PUBLIC_FORM = r"(?:19|20)\d\d-\d{6}-\d\d(?:-\d\d)?|EU/\d/\d\d/\d{3,4}(?:/\d{3})?"

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|[(\[]at[)\]]|\sat(?=\s[\w-]+\.[a-z]{2,}\b))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d\d(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b(?!(?:19|20)\d\d\s)[1-9]\d{3}\s?(?!MG|ML|KG|IU|KM|EU)[A-Z]{2}\b")

# Letters and digits that are noted if their check digits fit: X1234567L, RSSMRA85T10A562S, 131052-308T.
_CHECKED = re.compile(r"\b(?:[XYZ]-?\d{7}-?[A-Z]|[A-Z]{6}[A-Z0-9]{10}|\d{6}[-+A-F]\d{3}[0-9A-Z])\b", re.IGNORECASE)

# Noted in any case: P0098712, A123456780, 12345678Z.
_MIXED = re.compile(r"\b(?:[A-Z]{1,3}[- ]?\d{6,}|\d{8}-?[A-Z])\b")
_DIGITS = re.compile(r"(?<![\w.,])(?:\+|\(\+?)?\d(?:[\s()./-]{0,3}\d){6,}(?!\w)")

# Forms that count only after a telling word.
_PERSONAL = r"(?:(?:[A-Z]{1,3}[-/ ]?)?\d(?:[\s./-]{0,2}\d){4,}(?:[- ]?[A-Z]\b)?|[A-Z]\d[A-Z0-9]{5,})"
_PHONE = r"[+(]{0,2}\d(?:[\s()./-]{0,3}\d){6,}"
_ACCOUNT = r"[A-Z]{2}\d\d(?:\s?\w{1,4}){3,8}"

_YEARS = re.compile(r"(?:19|20)\d\d(?:\W+(?:19|20)\d\d)+")
# Counted, not given to somebody: 2500000, 150 000 000.
_ROUND = re.compile(r"[1-9][\d\s.,]*0[\s.,]?000")
_SOCIAL_SECURITY = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}")
_BIRTH_DATE_FIRST = re.compile(r"\d{6}[-/]\d{4}")
_DIALLED = re.compile(r"\(?(?:\+|0)")
_LOCAL_PHONE = re.compile(r"\d{3}-\d{4}")

# A bare run of so many digits is noted whatever it is: no question about a study needs one.
MANY_DIGITS = 8


class PersonalNumbers:
    """Finds what has digits or a form of its own; ``words`` say which words tell it."""

    def __init__(self, words: PersonalWords) -> None:
        told_by = rf"(?<!\w){_any(words.number_words)}(?:[\s.-]*{_any(words.between)}){{0,6}}[\s.:#=-]*"
        self._told = re.compile(rf"{told_by}{_PERSONAL}(?!\w)", re.IGNORECASE)
        self._phone = re.compile(rf"(?<!\w){_any(words.phone_words)}\b[^\d+(]{{0,20}}{_PHONE}", re.IGNORECASE)
        self._account = re.compile(rf"(?<!\w){_any(words.account_words)}\W+(?:\w+\W+)?{_ACCOUNT}", re.IGNORECASE)
        self._dates = _dates(_any(words.months), _any(words.birth_words))
        # What stands after a register's name, too: NCT02637687, ITCC-059, PMID 12345678, doi 10.1000/182.
        self._public = re.compile(rf"\b(?:{_PUBLIC_FORM}|{_any(words.registers)}[\s:#.-]{{0,2}}\d[\d./-]*\w*)\b", re.IGNORECASE)
        self._units = re.compile(rf"\s?{_any(words.units)}(?!\w)", re.IGNORECASE)
        self._countries = words.phone_countries

    def find(self, text: str) -> Iterator[Piece]:
        """Kind, beginning and end of each piece; pieces that overlap come in order of trust."""
        masked = self._public.sub(lambda match: "·" * len(match[0]), text)
        yield from _pieces("email", _EMAIL.finditer(masked))
        yield from _pieces("birth_date", self._dates.finditer(masked))
        yield from _pieces("iban", (match for match in _IBAN.finditer(masked) if is_iban(_bare(match[0]))))
        yield from _pieces("iban", self._account.finditer(masked))
        yield from _pieces("number", (match for match in self._told.finditer(masked) if not self._counts(masked, match)))
        yield from _pieces("number", (match for match in _CHECKED.finditer(masked) if _fits_a_rule(match[0])))
        yield from _pieces("number", _MIXED.finditer(masked))
        yield from self._runs(masked)
        yield from _pieces("phone", self._phone.finditer(masked))
        yield from _pieces("address", _POSTCODE.finditer(masked))

    def _runs(self, text: str) -> Iterator[Piece]:
        for match in _DIGITS.finditer(text):
            kind = None if self._counts(text, match) else self._kind(match[0])
            if kind:
                yield kind, match.start(), match.end()

    def _kind(self, run: str) -> str | None:
        """What a run of digits is: a phone number, a number of somebody, or neither."""
        number = _bare(run)
        if _BIRTH_DATE_FIRST.fullmatch(run) and is_somebodys(number):
            return "number"
        if _DIALLED.match(run):
            return "phone" if len(number) >= MANY_DIGITS or self._is_phone(run) else None
        if _SOCIAL_SECURITY.fullmatch(run) or is_somebodys(number):
            return "number"
        if _LOCAL_PHONE.fullmatch(run) or (_has_long_group(run) and self._is_phone(run)):
            return "phone"
        return "number" if _has_long_group(run) and len(number) >= MANY_DIGITS else None

    def _is_phone(self, run: str) -> bool:
        international = "+" + run[2:] if run.startswith("00") else run
        return any(self._parses(international, country) for country in self._countries)

    @staticmethod
    def _parses(run: str, country: str) -> bool:
        try:
            number = phonenumbers.parse(run, country)
        except phonenumbers.NumberParseException:
            return False
        # Numbers kept free for films and books are possible, but not valid.
        return phonenumbers.is_possible_number(number) if "+" in run else phonenumbers.is_valid_number_for_region(number, country)

    def _counts(self, text: str, match: re.Match[str]) -> bool:
        """True if it is a row of years or a round number, or a unit follows."""
        return bool(_YEARS.search(match[0]) or _ROUND.fullmatch(match[0]) or self._units.match(text, match.end()))


def _dates(month: str, birth: str) -> re.Pattern[str]:
    """Full dates; after a word of birth also those without a year. A year or a month alone is no personal date."""
    day, year, gap = r"[0-3]?\d(?:st|nd|rd|th)?", r"(?:19|20)\d\d", r"[\s,.-]+"
    forms = [
        rf"{day}{gap}(?:of\s)?{month}{gap}{year}",
        rf"{month}{gap}{day}{gap}{year}",
        r"[0-3]?\d([./-])[01]?\d\1(?:19|20)?\d\d",
        r"[01]?\d/[0-3]?\d/(?:19|20)?\d\d",
        rf"{year}[./-][01]?\d[./-][0-3]?\d",
        rf"{birth}\W+(?:\w+\W+){{0,2}}(?:{day}{gap}(?:of\s)?{month}|\d{{6}}|\d{{8}})",
    ]
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """A pattern for one of ``words``, the longest first."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


def _pieces(kind: str, matches: Iterable[re.Match[str]]) -> Iterator[Piece]:
    return ((kind, match.start(), match.end()) for match in matches)


def _bare(number: str) -> str:
    return re.sub(r"[\W_]", "", number).upper()


def _fits_a_rule(number: str) -> bool:
    """True for a number that somebody was given; Finland's sign between the parts belongs to it."""
    return is_somebodys(_bare(number)) or is_somebodys(number.upper())


def _has_long_group(run: str) -> bool:
    """False for "1 8 15 22 29 36": a row of small numbers, not one number."""
    return max(len(group) for group in re.split(r"\D+", run)) > 2
