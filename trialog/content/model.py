"""The shapes of the content, as the rest of the code sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta
from msgspec import field as default

from trialog.content.criteria import Beside, Criterion
from trialog.content.files import Fault
from trialog.content.general import Danger, HelpLines, PersonalWords, Problem, StudiesWords, SwitchWords, Voices
from trialog.content.groups import Group
from trialog.content.interview import Interview
from trialog.content.placeholders import fill
from trialog.content.shape import Id, Question, Shape, SomeTexts, Text, Texts, WebAddress
from trialog.content.statements import StatementWords
from trialog.content.status import State, Status
from trialog.content.subject import Called, Tested, Who
from trialog.content.topics import MenuGroup, Topic

WORD_PREFIX = "term:"

# What the classifier calls the topics that the content answers.
ANSWERED = ("ask/", "term/")

# The topics that outrank all others, as the classifier calls them.
DANGER = ("safety/emergency", "safety/crisis")

# The help lines of no country in particular.
DEFAULT_COUNTRY = "default"

# A page reviewed longer ago than this says so (docs/study-staff.md).
STALE_AFTER_DAYS = 365

_Spelling = Annotated[str, Meta(min_length=2, description="a text of two characters or more")]


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; travels beside the reply as data."""

    title: str
    section: str | None = None
    last_reviewed: date | None = None
    url: str | None = None


class Matter(Shape, frozen=True):
    """One matter among those of a topic: the words that name it, and what is told and asked in place of the whole topic."""

    words: SomeTexts
    says: Text
    ask: Question


class NotOnPage(Shape, frozen=True):
    """A question the page does not answer: what it lacks, what it does say, and what to ask the doctor."""

    says: Text
    ask: Question
    also: Text | None = None
    matters: tuple[Matter, ...] = ()


class FollowUp(Shape, frozen=True):
    """A question after the answer: the words that show it, and a text of its own or another topic."""

    words: SomeTexts
    text: Text | None = None
    topic: Text | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.topic is None):
            raise ValueError("exactly one of these must be given: 'text' or 'topic'.")


class Reason(Shape, frozen=True):
    """What is told to somebody who asks "why?"."""

    text: Text


# What can be asked into an answer: a number, of whom it is, whether it is good, where, and what it does not say of survival.
Piece = Literal["number", "of_whom", "good", "place", "survival"]


class Answer(Shape, frozen=True):
    """What the page says about a topic (the name of its file), or that it says nothing (``not_on_page``).

    ``why`` is the topic that answers "why?", or a text of its own. ``simple`` is a second, easier wording, ``short`` one in a
    sentence, and ``pieces`` are the parts of it that are asked for by themselves. ``lacks`` are matters that the page leaves open
    although it answers the topic ("since when is it approved?"). ``rests_on`` are the sentences of the page it is told
    from; an empty list says that it is told from none.
    """

    topic: str
    section: Text
    text: Text | None = None
    doctor: Text | None = None
    more: Text | None = None
    simple: Text | None = None
    short: Text | None = None
    pieces: Mapping[Piece, Text] = default(default_factory=dict)
    why: Text | Reason | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    not_on_page: NotOnPage | None = None
    lacks: tuple[Matter, ...] = ()
    rests_on: Texts | None = None

    def __post_init__(self) -> None:
        if bool(self.text and self.doctor) == bool(self.not_on_page):
            raise ValueError("exactly one of these must be given: 'text' and 'doctor' or 'not_on_page'.")
        if self.lacks and self.not_on_page:
            raise ValueError("'lacks' stands beside a 'text'; what is not on the page has 'matters'.")

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What families ask by name and the page does not say."""
        return self.not_on_page.matters if self.not_on_page else self.lacks

    @property
    def reason(self) -> FollowUp | None:
        """What follows on "why?", for which no words need to be known."""
        if self.why is None:
            return None
        return FollowUp((), topic=self.why) if isinstance(self.why, str) else FollowUp((), text=self.why.text)

    def all_follow_ups(self) -> tuple[FollowUp, ...]:
        """The follow-ups with the answer to "why?" among them."""
        return (*self.follow_ups, self.reason) if self.reason else self.follow_ups


class Explanation(Shape, frozen=True):
    """A word explained. ``spellings`` are matched through typing errors, ``exact`` ones letter by letter."""

    id: Id
    name: Text
    text: Text
    doctor: Text
    spellings: Annotated[tuple[_Spelling, ...], Meta(min_length=1, description="a list of one spelling or more")]
    exact: tuple[_Spelling, ...] = ()

    @property
    def topic(self) -> str:
        """The topic that explains this word, for example ``term:cd22``."""
        return WORD_PREFIX + self.id


class Reference(Shape, frozen=True):
    """What an explanation was checked against, where that is not the study page."""

    title: Text
    url: WebAddress


class GeneralWord(Explanation, frozen=True, kw_only=True):
    """A word of every study, as its file has it."""

    source: Reference


class StudyWord(Explanation, frozen=True):
    """A word of one study, as its file has it: explained by a section of the page, or by another source."""

    section: Text | None = None
    source: Reference | None = None
    rests_on: Texts | None = None

    def __post_init__(self) -> None:
        if self.section is None and self.source is None:
            raise ValueError("at least one of these must be given: 'section' or 'source'.")


class Word(Explanation, frozen=True, kw_only=True):
    """A word with the whole of its source, as a reply needs it."""

    source: Source
    on_page: bool = False
    rests_on: Texts | None = None


class Page(Shape, frozen=True):
    """study.yml: the study page, and how it is spoken of."""

    id: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$", description="an id of small letters, digits and -")]
    title: Text
    about: Text
    last_reviewed: date
    sections: SomeTexts
    suggested: Annotated[Texts, Meta(min_length=1, max_length=4, description="a list of one to four topics")]
    called: Called
    tested: Tested = Tested()
    takes_part: tuple[Who, ...] = ()
    # Topics that make no sense for it.
    without: Texts = ()
    names: Texts = ()
    url: WebAddress | None = None
    status: Status | None = None
    # Somebody is still at work on it: it is not served.
    draft: bool = False

    def is_stale(self, today: date) -> bool:
        """True when the page was reviewed more than 12 months before ``today``."""
        return (today - self.last_reviewed).days > STALE_AFTER_DAYS

    @property
    def takes_new_people(self) -> bool:
        """False where the page says that nobody can join now."""
        return self.status is None or self.status.state == State.RECRUITING

    def source(self, section: str) -> Source:
        """The source line of an answer from ``section`` of this study's page."""
        return Source(self.title, section, self.last_reviewed, self.url)


class Study(Page, frozen=True, kw_only=True):
    """One folder of content/trials/: the page, and what is told from it."""

    answers: Mapping[str, Answer]
    words: Mapping[str, Word]
    criteria: Mapping[str, Criterion]
    groups: Mapping[str, Group]
    beside: Mapping[str, Beside]


@dataclass(frozen=True)
class Library:
    """All content: topics, studies by id, words explained, help lines by country, words of danger and of personal data, and so on."""

    topics: Mapping[str, Topic]
    studies: Mapping[str, Study]
    # Of a conversation that names none.
    default_study: str
    # The faults of the studies that cannot be used, by the name of the folder.
    left_out: Mapping[str, Sequence[Fault]]
    general_words: Mapping[str, Word]
    help_lines: Mapping[str, HelpLines]
    country_aliases: Mapping[str, str]
    country_names: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    danger: Danger
    personal: PersonalWords
    voices: Voices
    problems: Mapping[str, Problem]
    interview: Interview
    statements: StatementWords
    buttons: Mapping[str, str]
    studies_words: StudiesWords
    switch_words: SwitchWords
    menu: tuple[MenuGroup, ...] = ()
    # By study the topics that families are not told, because nobody approved their words (script/kept_back.py).
    kept_back: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def country_of(self, name: str) -> str:
        """The ISO code of the country called ``name`` (its code in any case, or "uk" and the like); empty where it has no help lines."""
        written = name.strip().upper()
        code = self.country_aliases.get(written, written)
        return code if code in self.help_lines else ""

    def told_country(self, *countries: str) -> str:
        """The code of the first of ``countries`` that has help lines; ``DEFAULT_COUNTRY`` where none has."""
        known = (code for country in countries if (code := self.country_of(country)))
        return next(known, DEFAULT_COUNTRY)

    def lines_of(self, *countries: str) -> HelpLines:
        """The help lines of the first of ``countries`` that has some; the default ones where none has."""
        return self.help_lines[self.told_country(*countries)]

    def study_of(self, *chosen: str) -> Study:
        """The first of the studies ``chosen`` that there is; the default one where none is."""
        return next((self.studies[study] for study in chosen if study in self.studies), self.studies[self.default_study])

    def status_of(self, study: Study, before: str = "") -> str:
        """What is told where ``study`` takes no new people, after ``before``; nothing where it does or its page does not say."""
        if study.status is None or study.takes_new_people:
            return ""
        words, day = self.studies_words.status[study.status.state], study.status.since
        return before + (fill(words.since, {"day": f"{day.day} {day:%B %Y}"}) if day else words.text)

    def keeps_back(self, topic: str, study: Study) -> bool:
        """True where families are not told of ``topic``, because nobody approved its words in ``study``."""
        return topic in self.kept_back.get(study.id, ())

    def words(self, study: Study) -> dict[str, Word]:
        """Every word explained for ``study``, by id; its own explanation wins over the general one."""
        return {**self.general_words, **study.words}

    def title(self, topic: str, study: Study) -> str:
        """A short name of ``topic`` for buttons; for a word explained, the word's name; for one that is not there, ``topic`` itself."""
        if topic.startswith(WORD_PREFIX):
            word = self.words(study).get(topic.removeprefix(WORD_PREFIX))
            return word.name if word else topic
        known, tested = self.topics.get(topic), study.tested
        return fill(known.title, {"tested": tested.name or self.studies_words.tested[tested.kind]}) if known else topic
