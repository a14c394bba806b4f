"""Reads the amount that a message gives, in the units of a criterion, and whether it may be noted without asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span

from trialog.content.criteria import UNKNOWN, Criterion
from trialog.eligibility.reading import UNSURE, Read, Said
from trialog.eligibility.verdicts import amount_answer
from trialog.language.ages.context import LAST
from trialog.language.quantities import Quantity, find_quantities, find_times_since
from trialog.language.statements import Message, Stance

# What was so, or was believed, once; it says nothing of today.
_ONCE = frozenset([Stance.PAST, Stance.THOUGHT])

_NOT_MEANT = frozenset([Stance.SOMEBODY, Stance.IRONIC, Stance.DENIED])


@dataclass(frozen=True)
class AmountAt:
    """An amount that was found, and where in the message."""

    quantity: Quantity
    span: Span


class AmountReader:
    """Reads answers to one criterion of kind amount."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion
        self._units = {spelling: unit.times for unit in criterion.units for spelling in unit.spellings}

    def find(self, message: Message, text: str, today: date, asked: bool, titles: Iterable[Span]) -> list[AmountAt]:
        """The amounts in ``text``; unasked, those with a unit behind one of ``titles``, which name the criterion, in its sentence."""
        found = find_quantities(text, self._units, whole=self._criterion.since)
        if self._criterion.since:
            days = [*find_times_since(text, today)]
            found = [*days, *(one for one in found if not any(day.start < one.end and one.start < day.end for day in days))]
        placed = [(one, message.doc.char_span(one.start, one.end, alignment_mode="expand")) for one in found]
        amounts = sorted((AmountAt(one, span) for one, span in placed if span is not None), key=lambda one: one.span.start)
        # Beside an amount with its unit a number alone is something else.
        amounts = [one for one in amounts if one.quantity.unit] or (amounts if asked else [])
        return amounts if asked else [one for one in amounts if _is_named(message, one.span, titles)]

    def read(self, said: Said, amounts: list[AmountAt], asked: bool) -> Read | None:
        """The amount that is meant."""
        stances = {id(one): said.message.stances(one.span.start, one.span.end) for one in amounts}
        own = [one for one in amounts if not stances[id(one)] & _NOT_MEANT]
        if not own:
            return said.left_open() if asked else None
        answers = dict.fromkeys(amount_answer(one.quantity.least, one.quantity.most) for one in own)
        if len(answers) > 1 and not LAST.search(said.message.doc.text, own[0].span.end_char):
            return Read(None, several=tuple(answers)) if asked else None
        meant = own[-1]
        unsure = UNSURE if self._criterion.lasting or self._criterion.since else UNSURE | _ONCE
        sure = not stances[id(meant)] & unsure and not said.message.doubt_behind(meant.span.end - 1)
        sure = sure and UNKNOWN not in {span.label_ for span in said.general}
        return Read([*answers][-1], sure and said.explains(one.span.start for one in own))


def _is_named(message: Message, span: Span, titles: Iterable[Span]) -> bool:
    return any(title.end <= span.start and message.sentence(title.start) == message.sentence(span.start) for title in titles)
