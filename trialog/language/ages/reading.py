"""The ages of people in a text, as intervals of whole months.

An amount of time (``amounts``) is an age because of the words around it: "she is 9", "9 yo", "turns 1 next week"; "after 18
months", "grade 3" and "his brother is 12" are not the age of the patient. Only present ages are found: "she was 5 when
diagnosed, now 7" holds one, 7. A number alone is an age only as the answer to a question, and only if the message, or its
first part up to a comma or full stop, is nothing but the number and small words ("about 9, dear").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trialog.language.ages.amounts import MOST_MONTHS, Amount, find_amounts
from trialog.language.ages.birth_dates import find_births
from trialog.language.ages.context import (
    ADULT_RULE,
    AFTER_NUMBER,
    AFTER_SPAN,
    AGO,
    ALMOST,
    BEFORE_NUMBER,
    BEFORE_SPAN,
    BIRTHDAY,
    BORN,
    ELSEWHERE_AFTER,
    ELSEWHERE_BEFORE,
    FILLERS,
    GOING_ON,
    HAD,
    JUST_NOW,
    LAST,
    NEGATED,
    NEXT_MONTH,
    OLD,
    ORDINALS,
    OTHER_PEOPLE,
    OVER,
    PAST,
    PATIENT_FIRST,
    PATIENT_OF,
    REACH,
    SINCE_BIRTH,
    SOON,
    SPEAKER,
    STAGES,
    TELEPHONE,
    TO_COME,
    TURNS,
    UNDER,
    UNTIL,
)
from trialog.language.number_words import with_digits
from trialog.language.sentences import last_sentence

BIRTHDAY_SOON = "birthday_soon"


@dataclass(frozen=True)
class Age:
    """An age as an interval of whole months, both ends included."""

    least: int
    most: int
    note: str | None = None


@dataclass(frozen=True)
class FoundAge:
    """An age at ``text[start:end]``; ``explicit`` unless only the question makes it one, ``speaker`` if said of "I"."""

    age: Age
    start: int
    end: int
    explicit: bool
    speaker: bool = False


def find_ages(text: str, today: date) -> list[FoundAge]:
    """Every present age of a patient or of the speaker stated in a text, in order, without overlaps."""
    digits = with_digits(text)
    found = [*_births(digits.text, today), *_birthdays(digits.text), *_amounts(digits.text), *_stages(digits.text)]
    kept: list[FoundAge] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    places = [digits.original(one.start, one.end) for one in kept]
    return [replace(one, start=start, end=end) for one, (start, end) in zip(kept, places, strict=True)]


def find_ages_on(text: str, today: date, day: date) -> list[FoundAge]:
    """As ``find_ages``, each as it is on ``day``; what is told by the date of birth is exact."""
    exact = {(one.start, one.end): one.age for one in find_ages(text, day)}
    born = {digits.original(start, end) for digits in [with_digits(text)] for start, end, *_ in find_births(digits.text, today)}
    places = [(one, (one.start, one.end)) for one in find_ages(text, today)]
    return [replace(one, age=exact[at] if at in born and at in exact else aged_on(one.age, today, day)) for one, at in places]


def aged_on(age: Age, today: date, day: date) -> Age:
    """An ``age`` of today as it is on ``day``: within a month that it is begun or ended."""
    months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
    return Age(max(age.least + months, 0), max(age.most + months + (day.day != today.day), 0))


def read_age(text: str, today: date) -> Age | None:
    """The age a message gives as the answer to "How old is your child?", or None if there is none or several.

    The last one counts where the message corrects itself; a child's age goes before that of the one who writes.
    """
    return meant_age(find_ages(text, today), text)


def meant_age(found: Sequence[FoundAge], text: str) -> Age | None:
    """The age that is meant among those ``found`` in ``text``."""
    stated: Sequence[FoundAge] = [one for one in found if one.explicit] or found
    stated = [one for one in stated if not one.speaker] or stated
    ages = [one.age for one in stated]
    if not ages:
        return None
    if len(ages) > 1 and LAST.search(text, stated[0].end):
        return ages[-1]
    narrow = min(ages, key=lambda age: age.most - age.least)
    return narrow if all(age.least <= narrow.least and narrow.most <= age.most for age in ages) else None


def possible_ages(text: str) -> list[Age]:
    """The numbers and amounts of time that may be somebody's age now, though nothing around them says so."""
    digits = with_digits(text).text
    found = []
    for amount in find_amounts(digits):
        before, after = last_sentence(digits[max(amount.start - REACH, 0) : amount.start]), digits[amount.end : amount.end + REACH]
        if not _is_elsewhere(amount, before, after) and (age := _meant(amount, before, after)):
            found.append(age)
    return found


def _births(text: str, today: date) -> Iterator[FoundAge]:
    for start, end, least, most, explicit in find_births(text, today):
        if most <= MOST_MONTHS:
            yield FoundAge(Age(least, most), start, end, explicit)


def _birthdays(text: str) -> Iterator[FoundAge]:
    """Her first birthday is next week; his 5th birthday was in June."""
    for match in BIRTHDAY.finditer(text):
        number = int(match["digits"] or 0) or ORDINALS[(match["word"] or "first").lower()]
        past = match["was"] or match["had"]
        age = Age(12 * number, 12 * number + 11) if past and not match["not"] else _turning(number, text[match.end() :])
        if number > 0 and age.most <= MOST_MONTHS:
            yield FoundAge(age, *match.span(), explicit=True)


def _stages(text: str) -> Iterator[FoundAge]:
    """Words for a time of life, said of somebody or alone: "he's a toddler", "in her teens"."""
    for pattern, least, most in () if ADULT_RULE.search(text) else STAGES:
        for match in pattern.finditer(text):
            before = text[max(match.start() - REACH, 0) : match.start()]
            yield FoundAge(Age(least, most), *match.span(), explicit=True, speaker=bool(SPEAKER.search(before)))


def _amounts(text: str) -> Iterator[FoundAge]:
    for amount in find_amounts(text):
        before, after = text[max(amount.start - REACH, 0) : amount.start], text[amount.end : amount.end + REACH]
        before = last_sentence(before)
        if _is_elsewhere(amount, before, after):
            continue
        explicit = _is_stated(amount, before, after)
        age = _meant(amount, before, after)
        if age and (explicit or _is_answer(amount, text)):
            end = amount.end + (said_next.end() if (said_next := GOING_ON.match(after)) else 0)
            yield FoundAge(age, amount.start, end, explicit, speaker=bool(SPEAKER.search(before)))


def _is_since_birth(amount: Amount, before: str, after: str) -> bool:
    """True for "born three weeks ago", "three weeks since she was born"."""
    return bool(amount.unit and ((BORN.search(before) and AGO.match(after)) or SINCE_BIRTH.match(after)))


def _is_elsewhere(amount: Amount, before: str, after: str) -> bool:
    """Whether the words around say another time, another person or no age at all."""
    if _is_since_birth(amount, before, after):
        return False
    if OTHER_PEOPLE.search(before) or (NEGATED.search(before) and not UNTIL.match(after)) or ELSEWHERE_BEFORE.search(before):
        return True
    if TO_COME.match(after) and not TURNS.search(before) and re.search(r"\d", before):
        return True
    if ELSEWHERE_AFTER.match(after) or (PAST.search(before) and not JUST_NOW.match(after)):
        return True
    is_said = amount.says_age or OLD.match(after) or PATIENT_OF.search(before)
    return bool(amount.unit and not is_said and BEFORE_SPAN.search(before))


def _is_stated(amount: Amount, before: str, after: str) -> bool:
    if _is_since_birth(amount, before, after):
        return True
    if amount.says_age or OLD.match(after) or TURNS.search(before) or (amount.unit == "clinical" and before.strip()):
        return True
    if amount.unit:
        told = BEFORE_NUMBER.search(before) or PATIENT_FIRST.search(before) or PATIENT_OF.search(before)
        return bool(told or AFTER_SPAN.match(after))
    return bool((BEFORE_NUMBER.search(before) or PATIENT_FIRST.search(before) or PATIENT_OF.search(before)) and AFTER_NUMBER.match(after))


def _is_answer(amount: Amount, text: str) -> bool:
    """Whether the part of the message around an amount is nothing but the amount and small words."""
    # What is asked or announced before is no part of the answer: "does she fit? 9 yrs, BCP-ALL", "her girl: 3".
    asked = max(text.rfind(mark, 0, amount.start) for mark in "?:") + 1
    answer = text[asked:]
    if "?" in answer or len(answer) > REACH or TELEPHONE.search(answer):
        return False
    start = max(text.rfind(mark, 0, amount.start) for mark in ",.;!\n?:")
    tail = re.search(r"[,.;!\n]", text[amount.end :])
    end = amount.end + tail.start() if tail else len(text)
    rest = text[start + 1 : amount.start] + " " + text[amount.end : end]
    alone = FILLERS.fullmatch(rest) is not None
    first = FILLERS.fullmatch(text[asked : amount.start]) is not None
    return alone and (amount.unit is not None or first)


def _meant(amount: Amount, before: str, after: str) -> Age | None:
    """The interval, with "almost", "under", "over" and a birthday to come taken into account."""
    least, most, step = amount.least, amount.most, amount.step
    if (UNTIL.match(after) and NEGATED.search(before)) or UNDER.search(before):
        return Age(0, least - 1) if least else None
    if OVER.search(before) or re.match(r"\s*(?:\+|(?:or|and) (?:older|over|above|more))", after, re.IGNORECASE):
        return Age(least, MOST_MONTHS)
    if TURNS.search(before) and step == 12:
        return _turning(least // 12, after) if least else None
    if amount.unit is None and step == 12 and least and not HAD.search(before) and (NEXT_MONTH.match(after) or SOON.match(after)):
        return _turning(least // 12, after)
    if ALMOST.search(before) and least:
        return Age(max(least - step, 0), least - 1)
    return Age(least, most)


def _turning(number: int, after: str) -> Age:
    """The age before the birthday with this number: in its last month when it is days away."""
    months = 12 * number
    if NEXT_MONTH.match(after):
        return Age(months - 2, months - 1, BIRTHDAY_SOON)
    return Age(months - 1, months - 1, BIRTHDAY_SOON) if SOON.match(after) else Age(months - 12, months - 1)
