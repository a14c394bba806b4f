"""Numbers of citizens, patients, accounts and cards that prove themselves by their check digits.

Each function takes a number without spaces and marks, in capitals, and says whether it can have been given out. The rules are
public; each names its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import cycle
from string import ascii_uppercase

_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"

# What a letter or digit of an Italian tax code counts in an odd place: A, B, C ...; digits count as A to J.
_ITALIAN_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def is_bsn(number: str) -> bool:
    """Dutch citizen service number: the eleven-test, the last digit counted negative (Logisch Ontwerp BSN, 2.3)."""
    return _fits(r"\d{9}", number) and number != "0" * 9 and _sum(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def is_nhs(number: str) -> bool:
    """Number of the UK's NHS: modulus 11 (NHS Data Dictionary, "NHS Number")."""
    return _fits(r"(?!0000)\d{10}", number) and (11 - _sum(number[:9], range(10, 1, -1)) % 11) % 11 == int(number[9])


def is_belgian(number: str) -> bool:
    """Belgian national register number: 97 minus the rest by 97, a 2 in front from 2000 on (royal decree of 3 April 1984)."""
    if not _fits(r"\d{11}", number) or not _is_day(number[2:4], number[4:6]):
        return False
    return any(97 - int(century + number[:9]) % 97 == int(number[9:]) for century in ("", "2"))


def is_german_tax_id(number: str) -> bool:
    """German tax number: ISO 7064 modulus 11,10; one of ten digits stands twice or three times (BZSt, "Steuerliche IdNr.")."""
    if not _fits(r"[1-9]\d{10}", number) or sorted(number[:10].count(digit) for digit in set(number[:10]))[-2:] not in ([1, 2], [1, 3]):
        return False
    rest = 10
    for digit in number[:10]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == int(number[10])


def is_kvnr(number: str) -> bool:
    """German health insurance number: a letter as two digits, then Luhn's sum from the left (SGB V section 290, annex 1)."""
    if not _fits(r"[A-Z]\d{9}", number):
        return False
    whole = f"{ord(number[0]) - 64:02}{number[1:]}"
    return sum(map(_cross, _products(whole[:10], cycle((1, 2))))) % 10 == int(whole[10])


def is_spanish(number: str) -> bool:
    """Spanish DNI or NIE: a letter from the rest by 23 (Ministerio del Interior, "Cálculo del dígito de control")."""
    if not _fits(r"[XYZ]\d{7}[A-Z]|\d{8}[A-Z]", number):
        return False
    return _SPANISH[int(number[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == number[-1]


def is_codice_fiscale(number: str) -> bool:
    """Italian tax code: a letter from the rest by 26 (decree of 12 March 1974, annex; digits may be letters where two people collide)."""
    if not _fits(r"[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]", number):
        return False
    places = [ascii_uppercase.find(sign) if sign.isalpha() else int(sign) for sign in number[:15]]
    total = sum(_ITALIAN_ODD[place] for place in places[::2]) + sum(places[1::2])
    return ascii_uppercase[total % 26] == number[15]


def is_nir(number: str) -> bool:
    """French social security number: 97 minus the rest by 97; Corsica's 2A, 2B count as 19, 18 (INSEE, "NIR")."""
    if not _fits(r"[1-478]\d{4}(?:\d\d|2[AB])\d{8}", number):
        return False
    return 97 - int(number[:13].replace("2A", "19").replace("2B", "18")) % 97 == int(number[13:])


def is_pesel(number: str) -> bool:
    """Polish number: weights 1, 3, 7, 9 (act on population registration of 24 September 2010; gov.pl, "Czym jest numer PESEL")."""
    if not _fits(r"\d{11}", number) or not _is_day(str(int(number[2:4]) % 20), number[4:6]):
        return False
    return (_sum(number[:10], cycle((1, 3, 7, 9))) + int(number[10])) % 10 == 0


def is_czech(number: str) -> bool:
    """Czech or Slovak birth number: eleven divides it; women's months plus 50, spare ones plus 20 (act 133/2000, section 13)."""
    if not _fits(r"\d{10}", number) or not _is_day(str(int(number[2:4]) % 50 % 20), number[4:6]):
        return False
    return int(number) % 11 == 0


def is_cpr(number: str) -> bool:
    """Danish CPR number: modulus 11 (CPR-kontoret, "Personnummeret i CPR"). Numbers given since 2007 need not pass."""
    return _fits(r"\d{10}", number) and _is_day(number[2:4], number[:2]) and _sum(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def is_swedish(number: str) -> bool:
    """Swedish number with or without its century: Luhn on ten digits; days plus 60 without residence (Skatteverket, SKV 704)."""
    if not _fits(r"(?:19|20)?\d{10}", number):
        return False
    short = number[-10:]
    return _is_day(short[2:4], str(int(short[4:6]) % 60)) and _luhn(short)


def is_finnish(number: str) -> bool:
    """Finnish code: a sign from the rest by 31 (Digital and Population Data Services Agency, "Personal identity code")."""
    if not _fits(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", number) or not _is_day(number[2:4], number[:2]):
        return False
    return _FINNISH[int(number[:6] + number[7:10]) % 31] == number[10]


def is_norwegian(number: str) -> bool:
    """Norwegian number: two sums by 11; days plus 40 for those without residence (Skatteetaten, "Fødselsnummer")."""
    if not _fits(r"\d{11}", number) or not _is_day(number[2:4], str(int(number[:2]) % 40)):
        return False
    return _sum(number[:10], (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0 and _sum(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def is_iban(number: str) -> bool:
    """Account number: the first four signs moved behind, letters as 10 to 35, rest 1 by 97 (ISO 13616, ISO 7064)."""
    if not _fits(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", number):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def is_card(number: str) -> bool:
    """Bank card: Luhn, 13 to 19 digits (ISO/IEC 7812-1)."""
    return _fits(r"[2-6]\d{12,18}", number) and _luhn(number)


CITIZENS: tuple[Callable[[str], bool], ...] = (
    *(is_bsn, is_nhs, is_belgian, is_german_tax_id, is_kvnr, is_spanish, is_codice_fiscale, is_nir),
    *(is_pesel, is_czech, is_cpr, is_swedish, is_finnish, is_norwegian, is_card),
)


def is_somebodys(number: str) -> bool:
    """True if ``number`` passes the rule of one country's citizen or patient numbers, or of bank cards."""
    return any(passes(number) for passes in CITIZENS)


def _fits(form: str, number: str) -> bool:
    return re.fullmatch(form, number, re.ASCII) is not None


def _products(number: str, weights: Iterable[int]) -> list[int]:
    return [int(digit) * weight for digit, weight in zip(number, weights, strict=False)]


def _sum(number: str, weights: Iterable[int]) -> int:
    return sum(_products(number, weights))


def _luhn(number: str) -> bool:
    return sum(map(_cross, _products(number[::-1], cycle((1, 2))))) % 10 == 0


def _cross(product: int) -> int:
    return product // 10 + product % 10


def _is_day(month: str, day: str) -> bool:
    """True if some year has that day; all the digits of a number are random but these."""
    try:
        return bool(date(2000, int(month), int(day)))
    except ValueError:
        return False
