"""Reads the age that a message gives, and whether it may be noted without asking."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span

from trialog.content.criteria import UNKNOWN
from trialog.eligibility.commands import SELF
from trialog.eligibility.reading import UNSURE, Read, Said
from trialog.eligibility.verdicts import age_answer
from trialog.language.ages.reading import Age, FoundAge, aged_on, find_ages, find_ages_on, meant_age, possible_ages
from trialog.language.number_words import with_digits
from trialog.language.statements import Message, Stance

MONTHS_A_YEAR = 12

_EITHER = re.compile(r"\d{1,2}\s?M")


@dataclass(frozen=True)
class AgeAt:
    """An age that was found, and where in the message."""

    found: FoundAge
    span: Span


class AgeReader:
    """Reads answers to a criterion of kind age."""

    def __init__(self, on: date | None = None) -> None:
        """The age is meant on the day ``on``; without one, today."""
        self._on = on

    def find(self, message: Message, text: str, today: date, asked: bool) -> list[AgeAt]:
        """The ages in ``text``: those said outright, and those that only the question makes one if it was ``asked``."""
        ages = find_ages_on(text, today, self._on) if self._on else find_ages(text, today)
        found = [one for one in ages if asked or one.explicit]
        spans = [(one, message.doc.char_span(one.start, one.end, alignment_mode="expand")) for one in found]
        return [AgeAt(one, span) for one, span in spans if span is not None]

    def read(self, said: Said, ages: list[AgeAt], person: str | None, asked: bool, today: date) -> Read | None:
        """The age that is meant."""
        general = {span.label_ for span in said.general}
        stances = {id(age): said.message.stances(age.span.start, age.span.end) for age in ages}
        own = [age for age in ages if not stances[id(age)] & {Stance.SOMEBODY, Stance.IRONIC}]
        if person not in (None, SELF):
            # "I am 41" may be said of oneself, or by a parent who asks for a child: if nothing else is said, it is asked back.
            own = [age for age in own if not age.found.speaker] or (own if asked else [])
        if not own:
            left_open = said.left_open() if asked and not ages else None
            possible = self._possible(said, today, asked, ages)
            # "I don't know exactly, maybe 7" is asked back.
            is_guess = possible is not None and any(cue.stance == Stance.DOUBTED for cue in said.message.cues)
            return possible if is_guess else left_open or possible
        age = meant_age([one.found for one in own], said.message.doc.text)
        if age is None:
            answers = dict.fromkeys(age_answer(one.found.age.least, one.found.age.most) for one in own)
            return Read(None, several=tuple(answers)) if asked else None
        sure = not any(stances[id(one)] & (UNSURE - {Stance.TO_COME}) for one in own) and UNKNOWN not in general
        # "11M" is eleven months, or a boy of eleven.
        sure = sure and not any(_EITHER.fullmatch(said.message.doc.text[one.found.start : one.found.end + 2].rstrip()) for one in own)
        sure = sure and not said.message.doubt_behind(own[-1].span.end - 1)
        sure = sure and (person in (None, SELF) or not any(one.found.speaker for one in own))
        said = _without_agreeing(_without_then(said, own), age)
        sure = sure and not said.numbers()
        return Read(age_answer(age.least, age.most), sure and said.explains(one.span.start for one in own))

    def _possible(self, said: Said, today: date, asked: bool, ages: list[AgeAt]) -> Read | None:
        """A single number that may be the age: asked back, unless the message is plain and holds no other."""
        possible = possible_ages(said.message.doc.text) if asked and not ages else []
        if len(possible) != 1:
            return None
        numbers = said.numbers()
        guessed = any(cue.stance in UNSURE for cue in said.message.cues)
        sure = said.plain and not guessed and len(numbers) == 1 and replace(said, left_over=said.left_over - numbers).explains(numbers)
        age = aged_on(possible[0], today, self._on) if self._on else possible[0]
        return Read(age_answer(age.least, age.most), sure)


def _without_then(said: Said, ages: list[AgeAt]) -> Said:
    """``said`` without the numbers of other clauses where one of the ``ages`` is said to be that of now: "ill at 3, now he is 10"."""
    now = [one.span for one in ages if Stance.NOW in said.message.stances(one.span.start, one.span.end)]
    then = {place for place in said.numbers() if now and not any(said.message.is_one_clause(*sorted((place, at.start))) for at in now)}
    return replace(said, left_over=said.left_over - then)


def _without_agreeing(said: Said, age: Age) -> Said:
    """``said`` without the numbers that say the same ``age`` once more: "turns 8 in May, so still 7"."""
    years = age.least // MONTHS_A_YEAR if age.least // MONTHS_A_YEAR == age.most // MONTHS_A_YEAR else None
    agreeing = {place for place in said.numbers() if years is not None and with_digits(said.message.doc[place].text).text == str(years)}
    return replace(said, left_over=said.left_over - agreeing)
