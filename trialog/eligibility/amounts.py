"""Reads the amount that a message gives, in the units of a criterion, and whether it may be noted without asking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Span

from trialog.content.criteria import UNKNOWN, Criterion
from trialog.eligibility.reading import UNSURE, Read, Said
from trialog.eligibility.verdicts import amount_answer
from trialog.language.ages.context import LAST
from trialog.language.other_times import find_other_times
from trialog.language.quantities import Quantity, find_quantities
from trialog.language.statements import Message, Stance
from trialog.language.times import DAYS, Time, ago, find_times, unit_of, units_beside

# What was so, or was believed, once; it says nothing of today.
_ONCE = frozenset([Stance.PAST, Stance.THOUGHT])

_NOT_MEANT = frozenset([Stance.SOMEBODY, Stance.IRONIC, Stance.DENIED])


@dataclass(frozen=True)
class AmountAt:
    """An amount that was found, and where in the message."""

    quantity: Quantity
    span: Span
    sure: bool = True


class AmountReader:
    """Reads answers to one criterion of kind amount."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion
        own = {spelling: unit.times for unit in criterion.units for spelling in unit.spellings}
        # The unit that times are counted in; None where the criterion asks for no time.
        self._counted = unit_of(criterion.units[0].spellings) if criterion.since else None
        self._units = {**units_beside(self._counted), **own} if self._counted else own

    def find(self, message: Message, text: str, today: date, asked: bool, titles: Iterable[Span]) -> list[AmountAt]:
        """The amounts in ``text``; unasked, those with a unit behind one of ``titles``, which name the criterion, in its sentence."""
        found = find_quantities(text, self._units, whole=self._criterion.since)
        placed = [
            (one, message.doc.char_span(one.start, one.end, alignment_mode="expand"), sure)
            for one, sure in (self._since(text, today, found) if self._criterion.since else [(one, True) for one in found])
        ]
        amounts = sorted((AmountAt(one, span, sure) for one, span, sure in placed if span is not None), key=lambda one: one.span.start)
        # Beside an amount with its unit a number alone is something else.
        amounts = [one for one in amounts if one.quantity.unit] or (amounts if asked else [])
        return amounts if asked else [one for one in amounts if _is_named(message, one.span, titles)]

    def _since(self, text: str, today: date, amounts: list[Quantity]) -> Iterator[tuple[Quantity, bool]]:
        """The times in ``text`` and the ``amounts`` beside them, each with whether it is sure: a number alone may be an age or an hour."""
        times = find_times(text, today) if self._counted else []
        taken = [*((one.start, one.end) for one in times), *find_other_times(text)]
        yield from ((self._passed(one, today), one.sure) for one in times)
        for one in amounts:
            if not any(start < one.end and one.start < end for start, end in taken):
                yield self._by_calendar(one, today), one.unit is not None

    def _by_calendar(self, amount: Quantity, today: date) -> Quantity:
        """``amount`` in the first unit: days and weeks are so many months as the calendar has since then."""
        if self._counted not in ("month", "year") or amount.unit is None or amount.unit >= 1:
            return amount
        ends = [end if math.isinf(end) else round(end * DAYS[self._counted]) for end in (amount.least, amount.most)]
        if max(end for end in ends if not math.isinf(end)) >= today.toordinal():
            return amount
        least, most = (end if math.isinf(end) else ago(today - timedelta(days=end), today, self._counted) for end in ends)
        return replace(amount, least=least, most=most)

    def _passed(self, time: Time, today: date) -> Quantity:
        """How much time passed since then, in the first unit of the criterion."""
        most, least = (ago(day, today, self._counted or "day") for day in (time.first, time.last))
        return Quantity(time.start, time.end, least, most, unit=1.0)

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
        sure = meant.sure and not stances[id(meant)] & unsure and not said.message.doubt_behind(meant.span.end - 1)
        sure = sure and UNKNOWN not in {span.label_ for span in said.general}
        return Read([*answers][-1], sure and said.explains(one.span.start for one in own))


def _is_named(message: Message, span: Span, titles: Iterable[Span]) -> bool:
    return any(title.end <= span.start and message.sentence(title.start) == message.sentence(span.start) for title in titles)
