"""The shapes of what every questionnaire needs, whatever the study: whom it is about, and our own words around answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from trialog.content.placeholders import fill
from trialog.content.shape import ById, Exactly, Id, Shape, SomeTexts, Text
from trialog.content.subject import Who


class Person(Shape, frozen=True):
    """Whom a questionnaire is about, and how our sentences speak of them; ``also`` are the ids of the people it may be.

    Somebody ``of`` an age is nobody's answer in a study in which only others take part.
    """

    id: Id
    person: Text
    spoken: SomeTexts
    button: Text | None = None
    addressed: bool = False
    also: tuple[Id, ...] = ()
    of: tuple[Who, ...] = ()


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
    title_questions: Text
    about: Text
    made: Text
    not_a_decision: Text
    only_questions: Text
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
    script: Text
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
    "on_day",
    "amount",
    "amount_between",
    "amount_or_more",
    "amount_or_less",
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
    lines: Exactly[Literal["answer", "point", "question", "part"], Text]
    buttons: Exactly[_Buttons, Text]
    sheet: SheetWords
    phrases: Exactly[_Phrases, SomeTexts]

    def people_of(self, takes_part: Collection[Who]) -> dict[str, Person]:
        """Whom it can be about where those take part, by id; anybody, where that is not known."""
        return {name: one for name, one in self.people.items() if not (one.of and takes_part) or set(one.of) & set(takes_part)}

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
