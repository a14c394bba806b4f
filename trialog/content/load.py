"""From the content folder to a ``Library``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec.structs import asdict

from trialog.content.criteria import Criterion, Interview
from trialog.content.files import ContentError, ContentReader
from trialog.content.model import (
    Answer,
    CountryCode,
    CountryOrDefault,
    Danger,
    Explanation,
    GeneralWord,
    HelpLines,
    Library,
    Page,
    PersonalWords,
    Problem,
    Source,
    Study,
    StudyWord,
    Topic,
    Word,
)
from trialog.content.shape import ButtonText, ById, Exactly, Shape


class _Topics(Shape, frozen=True):
    topics: ById[Topic]


class _StudyWords(Shape, frozen=True):
    words: ById[StudyWord]


class _GeneralWords(Shape, frozen=True):
    reviewed: date
    words: ById[GeneralWord]


class _Criteria(Shape, frozen=True):
    criteria: ById[Criterion]


class _HelpLines(Shape, frozen=True):
    aliases: Mapping[str, CountryCode]
    countries: Mapping[CountryOrDefault, HelpLines]

    def __post_init__(self) -> None:
        if "default" not in self.countries:
            raise ValueError("'countries' must have a 'default'.")


class _Buttons(Shape, frozen=True):
    buttons: Exactly[Literal["more"], ButtonText]


class _Problems(Shape, frozen=True):
    problems: Mapping[str, Problem]


def load_library(root: Path) -> Library:
    """Everything under ``root`` (normally ``content/``); raises ContentError with every fault found."""
    reader = ContentReader(root)
    library = read_library(reader)
    if reader.faults or library is None:
        raise ContentError(reader.faults)
    return library


def read_library(reader: ContentReader) -> Library | None:
    """As ``load_library``, leaving the faults in ``reader``; None if too much is missing to go on."""
    general = reader.root / "general"
    topics = reader.read(reader.root / "topics.yml", _Topics)
    words = reader.read(general / "words.yml", _GeneralWords)
    help_lines = reader.read(general / "help_lines.yml", _HelpLines)
    danger = reader.read(general / "danger.yml", Danger)
    personal = reader.read(general / "personal_data.yml", PersonalWords)
    problems = reader.read(general / "problems.yml", _Problems)
    buttons = reader.read(general / "buttons.yml", _Buttons)
    interview = reader.read(general / "questionnaire.yml", Interview)
    studies = [_read_study(reader, folder) for folder in sorted((reader.root / "trials").glob("*/"))]
    if not studies:
        reader.fault(reader.root / "trials", "there is no study in this folder.")
    if topics is None or words is None or help_lines is None or danger is None or personal is None or problems is None:
        return None
    if buttons is None or interview is None:
        return None
    return Library(
        topics=topics.topics,
        studies={study.id: study for study in studies if study},
        general_words={word.id: _general_word(word, words.reviewed) for word in words.words.values()},
        help_lines=help_lines.countries,
        country_aliases=help_lines.aliases,
        danger=danger,
        personal=personal,
        problems=problems.problems,
        interview=interview,
        buttons=buttons.buttons,
    )


def _read_study(reader: ContentReader, folder: Path) -> Study | None:
    page = reader.read(folder / "study.yml", Page)
    words = reader.read(folder / "words.yml", _StudyWords)
    criteria = reader.read(folder / "criteria.yml", _Criteria)
    answers = {file.stem: reader.read(file, Answer, topic=file.stem) for file in sorted((folder / "answers").glob("*.yml"))}
    if page is None or words is None or criteria is None:
        return None
    return Study(
        **asdict(page),
        answers={topic: answer for topic, answer in answers.items() if answer},
        words={word.id: _study_word(word, page) for word in words.words.values()},
        criteria=criteria.criteria,
    )


def _study_word(word: StudyWord, page: Page) -> Word:
    if word.source:
        return _word(word, Source(word.source.title, url=word.source.url))
    return _word(word, page.source(str(word.section)), on_page=True)


def _general_word(word: GeneralWord, reviewed: date) -> Word:
    return _word(word, Source(word.source.title, word.name, reviewed, word.source.url))


def _word(word: Explanation, source: Source, on_page: bool = False) -> Word:
    explained = {name: getattr(word, name) for name in Explanation.__struct_fields__}
    return Word(**explained, source=source, on_page=on_page)
