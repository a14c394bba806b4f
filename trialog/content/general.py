"""The shapes of content/general: what is the same for every study."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from trialog.content.shape import Exactly, Question, Shape, SomeTexts, Text, WebAddress

CountryCode = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="a country's code of two capitals")]
CountryOrDefault = Annotated[str, Meta(pattern="^(default|[A-Z]{2})$", description="“default” or a country's code of two capitals")]
_PhoneNumber = Annotated[str, Meta(pattern="^[0-9 ]+$", description="a number to call, of digits and spaces")]
_ListName = Annotated[str, Meta(pattern="^[a-z_]+$", description="a name of small letters and _")]
_Spelling = Annotated[str, Meta(min_length=2, description="a text of two characters or more")]
_Phrases = Annotated[tuple[_Spelling, ...], Meta(min_length=1, description="a list of one phrase or more")]
_Pattern = Annotated[str, Meta(pattern="^/.+/$", description="a /pattern/")]


class HelpLines(Shape, frozen=True):
    """The numbers of one country: for an emergency, and for somebody who thinks of suicide; where they were read, and when."""

    emergency: _PhoneNumber
    crisis: _PhoneNumber
    crisis_name: Text
    source: WebAddress
    checked: date


class Danger(Shape, frozen=True):
    """The phrases of general/danger.yml: signs of danger by kind, harmless frames by danger or kind, cries for help."""

    lists: Mapping[_ListName, SomeTexts | _Pattern]
    emergency: Mapping[str, _Phrases]
    crisis: Mapping[str, _Phrases]
    calm: Mapping[str, _Phrases]
    urgent: _Phrases

    def groups(self, danger: str) -> Mapping[str, tuple[str, ...]]:
        """The signs of ``danger`` ("emergency" or "crisis") by kind."""
        return self.emergency if danger == "emergency" else self.crisis


class Voices(Shape, frozen=True):
    """general/voices.yml: how those who type say who they are, the first that is heard first."""

    lists: Mapping[_ListName, SomeTexts | _Pattern]
    not_an_age: _Phrases
    voices: Mapping[_ListName, _Phrases]


class PersonalWords(Shape, frozen=True):
    """The words of general/personal_data.yml: phrases around names and addresses, and words around numbers and dates."""

    lists: Mapping[_ListName, SomeTexts | _Pattern]
    names: SomeTexts
    addresses: SomeTexts
    particles: SomeTexts
    no_names: SomeTexts
    number_words: SomeTexts
    between: SomeTexts
    phone_words: SomeTexts
    account_words: SomeTexts
    birth_words: SomeTexts
    months: SomeTexts
    units: SomeTexts
    registers: SomeTexts
    phone_countries: Annotated[tuple[CountryCode, ...], Meta(min_length=1, description="a list of one country or more")]


class Problem(Shape, frozen=True):
    """A request that cannot be answered: HTTP status, a title for programmers, a sentence for the family."""

    status: Annotated[int, Meta(ge=400, le=599, description="a status from 400 to 599")]
    title: Text
    detail: Text


class StatusWords(Shape, frozen=True):
    """What is said of a study that takes no new people: without a day, and with one."""

    text: Text
    since: Text


class WhomToCall(Shape, frozen=True):
    """Whom to call: with the hospital's own number, and without one."""

    number: Text
    none: Text


class SwitchWords(Shape, frozen=True):
    """content/general/switches.yml: what is said while something is switched off; lists are said in turn."""

    welcome: Text
    all: SomeTexts
    study: SomeTexts
    questionnaire: SomeTexts
    unapproved: SomeTexts
    ended: Text
    noted: Text
    unnoted: Text
    waits: Text
    call: WhomToCall
    notice: Text


class Absent(Shape, frozen=True):
    """What is said of a question that a study's folder has no file for."""

    says: Text
    ask: Question


class StudiesWords(Shape, frozen=True):
    """content/general/studies.yml: our own words about which studies there are, and whether they are open."""

    status: Exactly[Literal["paused", "closed", "completed"], StatusWords]
    tested: Exactly[Literal["drug", "device", "test", "care"], Text]
    line: Text
    switch: Text
    stay: Text
    absent: Absent
