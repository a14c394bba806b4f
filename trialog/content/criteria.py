"""The shapes of the published points of entry, and what their answers come to: three-valued, because much is not known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, field

from trialog.content.shape import ButtonText, ById, Id, Question, Shape, SomeTexts, Text, Texts

_Years = Annotated[int, Meta(ge=0, le=120, description="a number of years from 0 to 120")]
_Months = Annotated[int, Meta(ge=0, le=1440, description="a number of months from 0 to 1440")]
_Number = Annotated[float, Meta(ge=0, description="a number from 0 on")]

MONTHS = 12

# The question whom a questionnaire is about, beside those about the criteria.
WHO = "who"

# Answers that every question has beside its own.
UNKNOWN = "unknown"
DECLINED = "declined"
# What was said does not agree.
CONFLICT = "conflict"
OPEN_ANSWERS = (UNKNOWN, DECLINED, CONFLICT)


class Verdict(StrEnum):
    """What an answer says about a point of entry: three-valued, because much is not known."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    NOT_KNOWN = "not_known"


class Outcome(StrEnum):
    """What all points together say."""

    MAY_FIT = "may_fit"
    DOES_NOT_FIT = "does_not_fit"
    UNCLEAR = "unclear"


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One misfit decides; else anything unknown leaves it open; else they fit."""
    found = set(verdicts)
    return next((verdict for verdict in (Verdict.DOES_NOT_FIT, Verdict.NOT_KNOWN) if verdict in found), Verdict.FITS)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One that fits decides; else anything unknown leaves it open; else none fits."""
    found = set(verdicts)
    return next((verdict for verdict in (Verdict.FITS, Verdict.NOT_KNOWN) if verdict in found), Verdict.DOES_NOT_FIT)


_OUTCOMES = {Verdict.FITS: Outcome.MAY_FIT, Verdict.DOES_NOT_FIT: Outcome.DOES_NOT_FIT, Verdict.NOT_KNOWN: Outcome.UNCLEAR}


def outcome_of(verdicts: Iterable[Verdict]) -> Outcome:
    """What all points together say."""
    return _OUTCOMES[all_of(verdicts)]


class Kind(StrEnum):
    """What a question asks for."""

    AGE = "age"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Choice(Shape, frozen=True):
    """One answer to a question. ``means`` is "yes" or "no" where that word alone says the same.

    ``percent`` are the least and the most of a share that say the same.
    """

    id: Annotated[
        str,
        Meta(pattern="^(?!unknown$|declined$|conflict$)[a-z][a-z0-9_]*$", description="an id (not “unknown”, “declined” or “conflict”)"),
    ]
    title: Text
    verdict: Verdict
    words: Texts = ()
    short: Texts = ()
    exact: Texts = ()
    reason: Text | None = None
    means: Literal["yes", "no"] | None = None
    vague: bool = False
    percent: tuple[float, float] | None = None
    button: ButtonText | None = None


class Unit(Shape, frozen=True):
    """What an amount is said in: its ``name`` in our words, other ``words`` for it, and how many of the first unit of a list one is."""

    name: Text
    one: Text | None = None
    words: Texts = ()
    times: Annotated[float, Meta(gt=0, description="a number above 0")] = 1.0

    @property
    def spellings(self) -> Texts:
        """All that names it."""
        return (self.name, *filter(None, [self.one]), *self.words)


class Told(Shape, frozen=True, kw_only=True):
    """A point of the page as a result tells it: a criterion, or a group of some. ``rests_on`` are the sentences it is told from."""

    id: Annotated[str, Meta(pattern="^(?!who$)[a-z][a-z0-9_]*$", description="an id (not “who”)")]
    section: Text
    title: Text
    says: Text
    fits: Text | None = None
    does_not_fit: Text | None = None
    not_known: Text | None = None
    ask: Question | None = None
    ask_misfit: Question | None = None
    rests_on: Texts | None = None

    def to_ask(self, verdict: Verdict) -> str | None:
        """What to ask the doctor about a point with ``verdict``; None where it fits."""
        return {Verdict.NOT_KNOWN: self.ask, Verdict.DOES_NOT_FIT: self.ask_misfit}.get(verdict)

    @property
    def untold(self) -> list[str]:
        """The texts that a result needs and that are not there."""
        return [name for name in ("fits", "does_not_fit", "not_known", "ask", "ask_misfit") if getattr(self, name) is None]


class Criterion(Told, frozen=True, kw_only=True):
    """A published point of entry, and how it is asked about. Limits are both included; an age is meant on the day ``on``, else today.

    ``since`` is True for the time since a day, which may be answered by that day. ``lasting`` is True for what happened: once true, it
    stays true.
    """

    kind: Kind
    question: Annotated[str, Meta(pattern=r"\?", description="a text with a question in it")]
    hint: Text
    why: Text
    meaning: Text
    named: Texts = ()
    lasting: bool = False
    choices: ById[Choice] = field(default_factory=ById)
    from_years: _Years | None = None
    to_years: _Years | None = None
    from_months: _Months | None = None
    to_months: _Months | None = None
    on: date | None = None
    at_least: _Number | None = None
    at_most: _Number | None = None
    units: tuple[Unit, ...] = ()
    since: bool = False

    def __post_init__(self) -> None:
        strange = [name for kinds, names in _OF_KIND.items() if self.kind not in kinds for name in names if self._has(name)]
        if strange:
            raise ValueError(f"a question of kind {self.kind} has no {' and no '.join(map(repr, strange))}.")
        if self.kind == Kind.AGE and (
            self._has("from_years") == self._has("from_months") or (self._has("to_years") and self._has("to_months"))
        ):
            raise ValueError("an age has 'from_years' or 'from_months', and 'to_years' or 'to_months' unless it is open above.")
        if self.kind == Kind.AMOUNT and not (self.units and (self._has("at_least") or self._has("at_most"))):
            raise ValueError("an amount has 'units', and 'at_least', 'at_most' or both.")
        if self.kind in (Kind.YES_NO, Kind.CHOICE) and len(self.choices) < 2:
            raise ValueError("a question that is answered by a choice has two 'choices' or more.")
        if self.limits[0] > self.limits[1]:
            raise ValueError("the upper limit is below the lower one.")

    def _has(self, name: str) -> bool:
        """True where ``name`` was given."""
        return bool(getattr(self, name)) or type(getattr(self, name)) in (int, float)

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that fit: whole months of an age, else amounts in the first unit."""
        if self.kind != Kind.AGE:
            return self.at_least or 0.0, math.inf if self.at_most is None else self.at_most
        # The last year counts until the next birthday: 18 years and 11 months are 18 years.
        most = self.to_months if self.to_years is None else self.to_years * MONTHS + MONTHS - 1
        return self.from_months or (self.from_years or 0) * MONTHS, math.inf if most is None else most

    def meaning_choice(self, word: str) -> Choice | None:
        """The choice that ``word`` ("yes" or "no") stands for, if there is one."""
        return next((choice for choice in self.choices.values() if choice.means == word), None)

    def reason(self, answer: str, verdict: Verdict) -> str:
        """Why ``answer`` (the id of a choice, an age or an amount) has its ``verdict``, as the result says it."""
        choice = self.choices.get(answer)
        return (choice and choice.reason) or getattr(self, verdict) or ""


# What stands only in questions of some kinds.
_OF_KIND = {
    (Kind.AGE,): ("from_years", "to_years", "from_months", "to_months", "on"),
    (Kind.AMOUNT,): ("at_least", "at_most", "units", "since"),
    (Kind.YES_NO, Kind.CHOICE): ("choices",),
}

# Questions that are answered by an interval.
MEASURED = (Kind.AGE, Kind.AMOUNT)


class Beside(Shape, frozen=True):
    """What families tell that no page of ours names as a point of entry, and that a doctor looks at all the same."""

    id: Id
    title: Text
    words: SomeTexts
