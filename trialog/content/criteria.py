"""The shapes of a questionnaire's content: the published points of entry, and what people say at any question."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, field

from trialog.content.shape import ButtonText, ById, Exactly, Id, Question, Shape, SomeTexts, Text, Texts

_Years = Annotated[int, Meta(ge=0, le=120, description="a number of years from 0 to 120")]


class Verdict(StrEnum):
    """What an answer says about a point of entry: three-valued, because much is not known."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    NOT_KNOWN = "not_known"


class Kind(StrEnum):
    """What a question asks for."""

    AGE = "age"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Choice(Shape, frozen=True):
    """One answer to a question. ``means`` is "yes" or "no" where that word alone says the same."""

    id: Annotated[str, Meta(pattern="^(?!unknown$|declined$)[a-z][a-z0-9_]*$", description="an id (not “unknown”, not “declined”)")]
    title: Text
    verdict: Verdict
    words: Texts = ()
    short: Texts = ()
    exact: Texts = ()
    reason: Text | None = None
    means: Literal["yes", "no"] | None = None
    vague: bool = False
    button: ButtonText | None = None


class Criterion(Shape, frozen=True):
    """A published point of entry, and how it is asked about. Ages are in years, both included."""

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
    choices: ById[Choice] = field(default_factory=ById)
    from_years: _Years | None = None
    to_years: _Years | None = None

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


class Person(Shape, frozen=True):
    """Whom a questionnaire is about, and how our sentences speak of them."""

    id: Id
    person: Text
    spoken: SomeTexts
    button: Text | None = None
    addressed: bool = False

    def fill(self, text: str) -> str:
        """``text`` with {person}, {persons}, {is}, {has} and {does} put in, capitals where a sentence begins."""
        persons = "your" if self.addressed else f"{self.person}’s"
        forms = {"person": self.person, "persons": persons, "Person": _capital(self.person), "Persons": _capital(persons)}
        verbs = {"is": "are", "has": "have", "does": "do"} if self.addressed else {"is": "is", "has": "has", "does": "does"}
        return text.format_map({**forms, **verbs, **{_capital(word): _capital(form) for word, form in verbs.items()}})


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
    own_questions: Text
    kept: Text
    print: Text
    verdicts: Exactly[Literal["fits", "does_not_fit", "not_known"], Text]


_Repeated = Literal[
    "unknown", "declined", "month", "months", "months_between", "under_a_year", "year", "years", "years_between", "years_or_more"
]
_Notes = Literal["noted", "changed", "left_open", "unread", "resumed", "reopened"]
_Buttons = Literal["unknown", "why", "back", "stop", "keep", "confirm", "restart", "change", "another", "go_on", "resume"]
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
]


class Interview(Shape, frozen=True):
    """content/general/questionnaire.yml: whom it is about, phrases said at any question, and our own words around answers."""

    people: ById[Person]
    repeated: Exactly[_Repeated, Text]
    notes: Exactly[_Notes, Text]
    buttons: Exactly[_Buttons, Text]
    sheet: SheetWords
    phrases: Exactly[_Phrases, SomeTexts]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
