"""The shapes of a questionnaire's content: the published points of entry, and what people say at any question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True)
class Choice:
    """One answer to a question. ``means`` is "yes" or "no" where that word alone says the same."""

    id: str
    title: str
    verdict: Verdict
    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    reason: str | None = None
    means: str | None = None
    vague: bool = False
    button: str | None = None


@dataclass(frozen=True)
class Criterion:
    """A published point of entry, and how it is asked about. ``choices`` by id; ages are in years, both included."""

    id: str
    kind: Kind
    section: str
    title: str
    says: str
    question: str
    hint: str
    why: str
    meaning: str
    fits: str
    does_not_fit: str
    not_known: str
    ask: str
    ask_misfit: str
    choices: Mapping[str, Choice]
    named: tuple[str, ...] = ()
    from_years: int = 0
    to_years: int = 0

    def meaning_choice(self, word: str) -> Choice | None:
        """The choice that ``word`` ("yes" or "no") stands for, if there is one."""
        return next((choice for choice in self.choices.values() if choice.means == word), None)


@dataclass(frozen=True)
class Person:
    """Whom a questionnaire is about, and how our sentences speak of them."""

    id: str
    person: str
    spoken: tuple[str, ...]
    button: str | None = None
    addressed: bool = False

    def fill(self, text: str) -> str:
        """``text`` with {person}, {persons}, {is}, {has} and {does} put in, capitals where a sentence begins."""
        persons = "your" if self.addressed else f"{self.person}’s"
        forms = {"person": self.person, "persons": persons, "Person": _capital(self.person), "Persons": _capital(persons)}
        verbs = {"is": "are", "has": "have", "does": "do"} if self.addressed else {"is": "is", "has": "has", "does": "does"}
        return text.format_map({**forms, **verbs, **{_capital(word): _capital(form) for word, form in verbs.items()}})


@dataclass(frozen=True)
class Interview:
    """content/general/questionnaire.yml: people by id, phrases said at any question, and our own words around answers."""

    people: Mapping[str, Person]
    phrases: Mapping[str, tuple[str, ...]]
    repeated: Mapping[str, str]
    notes: Mapping[str, str]
    buttons: Mapping[str, str]
    sheet: Mapping[str, Any]


def read_criterion(row: Mapping[str, Any]) -> Criterion:
    """A criterion from its checked data."""
    choices = {choice["id"]: _choice(choice) for choice in row.get("choices", [])}
    return Criterion(**{**row, "kind": Kind(row["kind"]), "choices": choices, "named": tuple(row.get("named", ()))})


def read_interview(data: Mapping[str, Any]) -> Interview:
    """The interview from its checked data."""
    people = {row["id"]: Person(**{**row, "spoken": tuple(row["spoken"])}) for row in data["people"]}
    phrases = {name: tuple(texts) for name, texts in data["phrases"].items()}
    return Interview(people, phrases, data["repeated"], data["notes"], data["buttons"], data["sheet"])


def _choice(row: Mapping[str, Any]) -> Choice:
    lists = {name: tuple(row.get(name, ())) for name in ("words", "short", "exact")}
    return Choice(**{**row, **lists, "verdict": Verdict(row["verdict"])})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
