"""The shapes of the content, as the rest of the code sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trialog.content.criteria import Criterion, Interview

WORD_PREFIX = "term:"

# The help lines of no country in particular.
DEFAULT_COUNTRY = "default"

# A page reviewed longer ago than this says so (docs/study-staff.md).
STALE_AFTER_DAYS = 365


@dataclass(frozen=True)
class Topic:
    """One line of content/topics.yml."""

    id: str
    kind: str
    title: str
    example: str
    required: bool = False


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; travels beside the reply as data."""

    title: str
    section: str | None = None
    last_reviewed: date | None = None
    url: str | None = None


@dataclass(frozen=True)
class NotOnPage:
    """A question the page does not answer: what it lacks, what it does say, and what to ask the doctor."""

    says: str
    ask: str
    also: str | None = None

    @property
    def whole(self) -> str:
        """What the page lacks, and what it does say."""
        return " ".join(filter(None, (self.says, self.also)))


@dataclass(frozen=True)
class FollowUp:
    """A question after the answer: the words that show it, and a text of its own or another topic."""

    words: tuple[str, ...]
    text: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the page says about a topic, or that it says nothing (``not_on_page``)."""

    topic: str
    section: str
    text: str | None = None
    doctor: str | None = None
    more: str | None = None
    why: FollowUp | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    not_on_page: NotOnPage | None = None

    def all_follow_ups(self) -> tuple[FollowUp, ...]:
        """The follow-ups with the answer to "why?" among them."""
        return (*self.follow_ups, self.why) if self.why else self.follow_ups


@dataclass(frozen=True)
class Word:
    """A word explained. ``spellings`` are matched through typing errors, ``exact`` ones letter by letter."""

    id: str
    name: str
    text: str
    doctor: str
    source: Source
    spellings: tuple[str, ...]
    exact: tuple[str, ...] = ()
    on_page: bool = False

    @property
    def topic(self) -> str:
        """The topic that explains this word, for example ``term:cd22``."""
        return WORD_PREFIX + self.id


@dataclass(frozen=True)
class Study:
    """One folder of content/trials/."""

    id: str
    title: str
    about: str
    last_reviewed: date
    sections: tuple[str, ...]
    suggested: tuple[str, ...]
    names: tuple[str, ...]
    spoken_names: tuple[str, ...]
    answers: Mapping[str, Answer]
    words: Mapping[str, Word]
    criteria: Mapping[str, Criterion]
    url: str | None = None

    def is_stale(self, today: date) -> bool:
        """True when the page was reviewed more than 12 months before ``today``."""
        return (today - self.last_reviewed).days > STALE_AFTER_DAYS

    def source(self, section: str) -> Source:
        """The source line of an answer from ``section`` of this study's page."""
        return Source(self.title, section, self.last_reviewed, self.url)


@dataclass(frozen=True)
class HelpLines:
    """The numbers of one country: for an emergency, and for somebody who thinks of suicide."""

    country: str
    emergency: str
    crisis: str
    crisis_name: str


@dataclass(frozen=True)
class Danger:
    """The phrases of general/danger.yml: signs of danger by kind, harmless frames by danger or kind, cries for help."""

    lists: Mapping[str, Sequence[str] | str]
    emergency: Mapping[str, Sequence[str]]
    crisis: Mapping[str, Sequence[str]]
    calm: Mapping[str, Sequence[str]]
    urgent: Sequence[str]

    def groups(self, danger: str) -> Mapping[str, Sequence[str]]:
        """The signs of ``danger`` ("emergency" or "crisis") by kind."""
        return self.emergency if danger == "emergency" else self.crisis

    def every_phrase(self) -> list[str]:
        """Every phrase of the file."""
        groups = (*self.emergency.values(), *self.crisis.values(), *self.calm.values(), self.urgent)
        return [phrase for phrases in groups for phrase in phrases]


@dataclass(frozen=True)
class PersonalWords:
    """The words of general/personal_data.yml: phrases around names and addresses, and words around numbers and dates."""

    lists: Mapping[str, Sequence[str] | str]
    names: Sequence[str]
    addresses: Sequence[str]
    number_words: Sequence[str]
    between: Sequence[str]
    phone_words: Sequence[str]
    account_words: Sequence[str]
    birth_words: Sequence[str]
    months: Sequence[str]
    units: Sequence[str]
    phone_countries: Sequence[str]


@dataclass(frozen=True)
class Problem:
    """A request that cannot be answered: HTTP status, a title for programmers, a sentence for the family."""

    status: int
    title: str
    detail: str


@dataclass(frozen=True)
class Library:
    """All content: topics, studies by id, words explained, help lines by country, words of danger and of personal data, and so on."""

    topics: Mapping[str, Topic]
    studies: Mapping[str, Study]
    general_words: Mapping[str, Word]
    help_lines: Mapping[str, HelpLines]
    country_aliases: Mapping[str, str]
    danger: Danger
    personal: PersonalWords
    problems: Mapping[str, Problem]
    interview: Interview

    def country_of(self, name: str) -> str:
        """The ISO code of the country called ``name`` (its code in any case, or "uk" and the like); empty where it has no help lines."""
        written = name.strip().upper()
        code = self.country_aliases.get(written, written)
        return code if code in self.help_lines else ""

    def lines_of(self, *countries: str) -> HelpLines:
        """The help lines of the first of ``countries`` that has some; the default ones where none has."""
        known = (code for country in countries if (code := self.country_of(country)))
        return self.help_lines[next(known, DEFAULT_COUNTRY)]

    def words(self, study: Study) -> dict[str, Word]:
        """Every word explained for ``study``, by id; its own explanation wins over the general one."""
        return {**self.general_words, **study.words}

    def title(self, topic: str, study: Study) -> str:
        """A short name of ``topic`` for buttons; for a word explained, the word's name."""
        if topic.startswith(WORD_PREFIX):
            return self.words(study)[topic.removeprefix(WORD_PREFIX)].name
        return self.topics[topic].title
