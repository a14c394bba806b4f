"""From the content folder to a ``Library``."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from trialog.content.criteria import read_criterion, read_interview
from trialog.content.files import ContentError, ContentReader
from trialog.content.model import (
    Answer,
    Danger,
    FollowUp,
    HelpLines,
    Library,
    NotOnPage,
    PersonalWords,
    Problem,
    Source,
    Study,
    Topic,
    Word,
)


@cache
def load_library(root: Path) -> Library:
    """Everything under ``root`` (normally ``content/``); raises ContentError with every fault found."""
    reader = ContentReader(root)
    library = read_library(reader)
    if reader.faults or library is None:
        raise ContentError(reader.faults)
    return library


def read_library(reader: ContentReader) -> Library | None:
    """As ``load_library``, leaving the faults in ``reader``; None if too much is missing to go on."""
    topics = reader.read(reader.root / "topics.yml", "topics")
    words = reader.read(reader.root / "general" / "words.yml", "words")
    help_lines = reader.read(reader.root / "general" / "help_lines.yml", "help_lines")
    danger = reader.read(reader.root / "general" / "danger.yml", "danger")
    personal = reader.read(reader.root / "general" / "personal_data.yml", "personal_data")
    problems = reader.read(reader.root / "general" / "problems.yml", "problems")
    interview = reader.read(reader.root / "general" / "questionnaire.yml", "questionnaire")
    studies = [_read_study(reader, folder) for folder in sorted((reader.root / "trials").glob("*/"))]
    if not studies:
        reader.fault(reader.root / "trials", "there is no study in this folder.")
    if topics is None or words is None or help_lines is None or danger is None or personal is None or problems is None or interview is None:
        return None
    return Library(
        topics={row["id"]: Topic(**row) for row in topics["topics"]},
        studies={study.id: study for study in studies if study},
        general_words={row["id"]: _general_word(row, words["reviewed"]) for row in words["words"]},
        help_lines={country: _help_lines(country, row) for country, row in help_lines["countries"].items()},
        country_aliases=help_lines["aliases"],
        danger=Danger(**{name: part for name, part in danger.items() if name != "written"}),
        personal=PersonalWords(**{name: part for name, part in personal.items() if name != "written"}),
        problems={name: Problem(**row) for name, row in problems["problems"].items()},
        interview=read_interview(interview),
    )


def _read_study(reader: ContentReader, folder: Path) -> Study | None:
    data = reader.read(folder / "study.yml", "study")
    words = reader.read(folder / "words.yml", "words")
    criteria = reader.read(folder / "criteria.yml", "criteria")
    answers = {file.stem: reader.read(file, "answer") for file in sorted((folder / "answers").glob("*.yml"))}
    if data is None or words is None or criteria is None:
        return None
    reviewed = date.fromisoformat(data["last_reviewed"])
    page = Source(data["title"], None, reviewed, data.get("url"))
    return Study(
        id=data["id"],
        title=data["title"],
        about=data["about"],
        last_reviewed=reviewed,
        sections=tuple(data["sections"]),
        suggested=tuple(data["suggested"]),
        names=tuple(data.get("names", ())),
        spoken_names=tuple(data.get("spoken_names", ())),
        answers={topic: _answer(topic, row) for topic, row in answers.items() if row},
        words={row["id"]: _study_word(row, page) for row in words["words"]},
        criteria={row["id"]: read_criterion(row) for row in criteria["criteria"]},
        url=data.get("url"),
    )


def _answer(topic: str, row: dict[str, Any]) -> Answer:
    missing = row.get("not_on_page")
    return Answer(
        topic=topic,
        section=row["section"],
        text=row.get("text"),
        doctor=row.get("doctor"),
        more=row.get("more"),
        why=_why(row.get("why")),
        follow_ups=tuple(FollowUp(tuple(f["words"]), f.get("text"), f.get("topic")) for f in row.get("follow_ups", [])),
        not_on_page=NotOnPage(missing["says"], missing["ask"], missing.get("also")) if missing else None,
    )


def _why(row: str | dict[str, str] | None) -> FollowUp | None:
    if row is None:
        return None
    return FollowUp((), topic=row) if isinstance(row, str) else FollowUp((), text=row["text"])


def _study_word(row: dict[str, Any], page: Source) -> Word:
    on_page = "source" not in row
    source = Source(page.title, row["section"], page.last_reviewed, page.url) if on_page else Source(**row["source"])
    return _word(row, source, on_page)


def _general_word(row: dict[str, Any], reviewed: str) -> Word:
    return _word(row, Source(row["source"]["title"], row["name"], date.fromisoformat(reviewed), row["source"]["url"]))


def _word(row: dict[str, Any], source: Source, on_page: bool = False) -> Word:
    return Word(
        id=row["id"],
        name=row["name"],
        text=row["text"],
        doctor=row["doctor"],
        source=source,
        spellings=tuple(row["spellings"]),
        exact=tuple(row.get("exact", ())),
        on_page=on_page,
    )


def _help_lines(country: str, row: dict[str, str]) -> HelpLines:
    return HelpLines(country, row["emergency"], row["crisis"], row["crisis_name"])
