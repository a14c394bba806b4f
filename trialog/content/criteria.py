"""The shapes of a questionnaire's content: the published points of entry, and what people say at any question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, field

from trialog.content.placeholders import fill
from trialog.content.shape import ButtonText, ById, Exactly, Id, Question, Shape, SomeTexts, Text, Texts

_Years = Annotated[int, Meta(ge=0, le=120, description="a number of years from 0 to 120")]


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


def outcome_of(verdicts: Iterable[Verdict]) -> Outcome:
    """One misfit decides; else anything unknown leaves it open; else it may fit."""
    found = set(verdicts)
    if Verdict.DOES_NOT_FIT in found:
        return Outcome.DOES_NOT_FIT
    return Outcome.UNCLEAR if Verdict.NOT_KNOWN in found else Outcome.MAY_FIT


class Kind(StrEnum):
    """What a question asks for."""

    AGE = "age"
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


class Criterion(Shape, frozen=True):
    """A published point of entry, and how it is asked about. Ages are in years, both included.

    ``lasting`` is True for what happened: once true, it stays true. ``rests_on`` are the sentences of the page it is told from.
    """

    id: Annotated[str, Meta(pattern="^(?!who$)[a-z][a-z0-9_]*$", description="an id (not “who”)")]
    kind: Kind
    section: Text
    title: Text
    says: Text
    question: Annotated[str, Meta(pattern=r"\?", description="a text with a question in it")]
    hint: Text
    why: Text
    meaning: Text
    fits: Text
    does_not_fit: Text
    not_known: Text
    ask: Question
    ask_misfit: Question
    named: Texts = ()
    lasting: bool = False
    choices: ById[Choice] = field(default_factory=ById)
    from_years: _Years | None = None
    to_years: _Years | None = None
    rests_on: Texts | None = None

    def __post_init__(self) -> None:
        has_years = (self.from_years is not None, self.to_years is not None)
        if self.kind == Kind.AGE and (self.choices or not all(has_years)):
            raise ValueError("a question for an age has 'from_years' and 'to_years', and no 'choices'.")
        if self.kind != Kind.AGE and (len(self.choices) < 2 or any(has_years)):
            raise ValueError("a question that is not for an age has two 'choices' or more, and no years.")

    @property
    def years(self) -> tuple[int, int]:
        """The least and the most years of an age that fits."""
        return self.from_years or 0, self.to_years or 0

    def meaning_choice(self, word: str) -> Choice | None:
        """The choice that ``word`` ("yes" or "no") stands for, if there is one."""
        return next((choice for choice in self.choices.values() if choice.means == word), None)

    def to_ask(self, verdict: Verdict) -> str | None:
        """What to ask the doctor about a point with ``verdict``; None where it fits."""
        return {Verdict.NOT_KNOWN: self.ask, Verdict.DOES_NOT_FIT: self.ask_misfit}.get(verdict)

    def reason(self, answer: str, verdict: Verdict) -> str:
        """Why ``answer`` (the id of a choice, or an age) has its ``verdict``, as the result says it."""
        choice = self.choices.get(answer)
        return (choice and choice.reason) or str(getattr(self, verdict))


class Person(Shape, frozen=True):
    """Whom a questionnaire is about, and how our sentences speak of them; ``also`` are the ids of the people it may be."""

    id: Id
    person: Text
    spoken: SomeTexts
    button: Text | None = None
    addressed: bool = False
    also: tuple[Id, ...] = ()


class Beside(Shape, frozen=True):
    """What families tell that no page of ours names as a point of entry, and that a doctor looks at all the same."""

    id: Id
    title: Text
    words: SomeTexts


class Grammar(Shape, frozen=True):
    """What each placeholder stands for in a sentence about somebody else, and in one about the person who types."""

    others: Mapping[Id, Text]
    addressed: Mapping[Id, Text]

    def __post_init__(self) -> None:
        if self.others.keys() != self.addressed.keys():
            raise ValueError("'others' and 'addressed' must have the same keys.")


class SheetWords(Shape, frozen=True):
    """The words on the sheet for the appointment, around what the family answered."""

    title: Text
    about: Text
    made: Text
    not_a_decision: Text
    answers: Text
    point: Text
    answer: Text
    says: Text
    section: Text
    open_points: Text
    no_open_points: Text
    ask: Text
    ask_always: SomeTexts
    ask_beside: Text
    own_questions: Text
    kept: Text
    print: Text
    verdicts: Exactly[Literal["fits", "does_not_fit", "not_known"], Text]


_Repeated = Literal[
    "unknown",
    "declined",
    "conflict",
    "month",
    "months",
    "months_between",
    "under_a_year",
    "year",
    "years",
    "years_between",
    "years_or_more",
]
_Notes = Literal[
    "noted", "changed", "left_open", "unread", "understood", "misread", "several", "beside", "not_named", "resumed", "reopened"
]
_Buttons = Literal[
    "unknown",
    "why",
    "back",
    "stop",
    "keep",
    "confirm",
    "restart",
    "change",
    "change_one",
    "another",
    "go_on",
    "resume",
    "right",
    "misread",
]
_Phrases = Literal[
    "yes",
    "no",
    "unknown",
    "declined",
    "hedge",
    "now",
    "before",
    "correction",
    "last",
    "stop",
    "back",
    "restart",
    "why",
    "meaning",
    "keep",
    "go_on",
    "later",
]


class Interview(Shape, frozen=True):
    """content/general/questionnaire.yml: whom it is about, phrases said at any question, and our own words around answers."""

    people: ById[Person]
    grammar: Grammar
    repeated: Exactly[_Repeated, Text]
    notes: Exactly[_Notes, Text]
    lines: Exactly[Literal["answer", "point", "question"], Text]
    buttons: Exactly[_Buttons, Text]
    sheet: SheetWords
    phrases: Exactly[_Phrases, SomeTexts]

    def speak_of(self, person: Person, text: str) -> str:
        """``text``, which may hold any of ``placeholders``, as it is said about ``person``."""
        forms = self.grammar.addressed if person.addressed else self.grammar.others
        filled = {name: fill(form, {"person": person.person}) for name, form in {"person": person.person, **forms}.items()}
        return fill(text, filled | {_capital(name): _capital(form) for name, form in filled.items()})

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand in {braces} in a sentence about a person; with a capital where the sentence begins with it."""
        names = ("person", *self.grammar.others)
        return (*names, *map(_capital, names))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
