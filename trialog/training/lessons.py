"""What the encoder is tuned on: every line of data/nlu, data/acts and data/danger, with what each says of a head's classes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trialog.content.model import DANGER
from trialog.nlu.danger.model import CLASSES, HARMLESS
from trialog.nlu.evidence import FOREIGN
from trialog.training.danger_lines import as_danger, danger_lines
from trialog.training.examples import read_examples
from trialog.training.language_lines import language_lines
from trialog.training.typing_errors import with_typing_errors

# A head for topics, one for danger, and one for the acts of each moment (``in_danger/alone``), called as their first part.
TOPIC_HEAD, DANGER_HEAD = "topic", "danger"

# What is said to go on with a conversation is harmless; of what is told of one's body or mind, or while danger lasts, not all is.
HARMLESS_ACTS = ("talk/", "at_question/", *(f"in_danger/{act}" for act in ("over", "false_alarm", "ok", "go_on", "else")))
MAYBE_DANGER = ("talk/unwell", "talk/sleepless", "talk/scary")

# So many lines have typing errors put in; those that tell of danger stand there once more with some.
MISTYPED = 0.3
# Where danger alone is taught, only every so many of the plain questions: they are most of the lines, and the easiest.
TAKEN = 2
SEED = 0


Marks = NDArray[np.uint32]


@dataclass(frozen=True)
class Lesson:
    """One line, and its class by head; heads that it says nothing about are left out."""

    text: str
    labels: dict[str, str]


def lessons_of(data: Path, without: Iterable[str] = ()) -> list[Lesson]:
    """All lines below ``data`` but those of the voices ``without``, as they stand there or with typing errors."""
    left_out, chance = set(without), random.Random(SEED)  # noqa: S311 - mistakes are no secret
    lessons = []
    for voice, lesson in _lessons(data):
        if voice in left_out:
            continue
        mistyped = replace(lesson, text=with_typing_errors(lesson.text, chance))
        if lesson.labels.get(DANGER_HEAD, HARMLESS) != HARMLESS:
            lessons += [lesson, mistyped]
        else:
            lessons.append(mistyped if chance.random() < MISTYPED else lesson)
    return lessons


def danger_lessons_of(data: Path, without: Iterable[str] = ()) -> list[Lesson]:
    """Every second plain question and all other lines, with their class of danger alone.

    Those written about danger stand there once more with typing errors.
    """
    left_out, chance = set(without), random.Random(SEED)  # noqa: S311 - mistakes are no secret
    told = [lesson for voice, lesson in _lessons(data) if voice not in left_out and DANGER_HEAD in lesson.labels]
    plain = [lesson for lesson in told if _is_plain(lesson)]
    told = plain[::TAKEN] + [lesson for lesson in told if not _is_plain(lesson)]
    lessons = [Lesson(lesson.text, {DANGER_HEAD: lesson.labels[DANGER_HEAD]}) for lesson in told]
    about = [lesson for whole, lesson in zip(told, lessons, strict=True) if whole == lesson or lesson.labels[DANGER_HEAD] != HARMLESS]
    return lessons + [replace(lesson, text=with_typing_errors(lesson.text, chance)) for lesson in about]


def language_lessons_of(data: Path, without: Iterable[str] = ()) -> list[Lesson]:
    """The lines of ``lessons_of`` but those that only say that they are not in English, and all of data/languages.

    The latter stand there twice, as they were written and with typing errors: there are fewer of them.
    """
    left_out, chance = set(without), random.Random(SEED)  # noqa: S311 - mistakes are no secret
    english = [lesson for lesson in lessons_of(data, left_out) if lesson.labels.get(TOPIC_HEAD) != FOREIGN]
    others = [lesson for voice, lesson in _other_languages(data) if voice not in left_out]
    return english + others + [replace(lesson, text=with_typing_errors(lesson.text, chance)) for lesson in others]


def _other_languages(data: Path) -> Iterator[tuple[str, Lesson]]:
    """Each line of data/languages with its voice; what only sounds like danger has no topic."""
    for line in language_lines(data / "languages"):
        topic = {} if line.label == HARMLESS else {TOPIC_HEAD: line.label}
        yield line.voice, Lesson(line.text, {**topic, DANGER_HEAD: line.label if line.label in DANGER else HARMLESS})


def _is_plain(lesson: Lesson) -> bool:
    """True for a question on a topic that tells of no danger."""
    return TOPIC_HEAD in lesson.labels and lesson.labels[DANGER_HEAD] == HARMLESS


def classes_of(lessons: Sequence[Lesson]) -> dict[str, list[str]]:
    """The classes of each head; those of danger in the order in which ``DangerModel`` reads them."""
    found: dict[str, set[str]] = {}
    for lesson in lessons:
        for head, label in lesson.labels.items():
            found.setdefault(head, set()).add(label)
    return {head: list(CLASSES) if head == DANGER_HEAD else sorted(labels) for head, labels in found.items()}


def marks_of(data: Path) -> Marks:
    """A number for each line with its classes, sorted, so that lines an encoder was not tuned on are noticed."""
    return _marks(_lessons(data))


def marks_of_languages(data: Path) -> Marks:
    """As ``marks_of``, for the encoder that reads every language: of the lines in other ones."""
    return _marks(_other_languages(data))


def _marks(lessons: Iterable[tuple[str, Lesson]]) -> Marks:
    lines = {f"{lesson.text}\t{sorted(lesson.labels.items())}" for _, lesson in lessons}
    return np.sort(np.array([int.from_bytes(hashlib.sha256(line.encode()).digest()[:4]) for line in lines], dtype=np.uint32))


def share_unknown(marks: Marks, known: Marks) -> float:
    """How much of the lines with these ``marks`` is not among the ``known``, from 0 to 1."""
    return float(np.isin(marks, known, invert=True).mean())


def _lessons(data: Path) -> Iterator[tuple[str, Lesson]]:
    """Each line as it was written, with its voice."""
    lines = read_examples(data / "nlu")
    for line, told in zip(lines, as_danger(lines), strict=True):
        yield line.voice, Lesson(line.text, {TOPIC_HEAD: line.label, DANGER_HEAD: told.label})
    for line in read_examples(data / "acts"):
        is_harmless = line.label.startswith(HARMLESS_ACTS) and line.label not in MAYBE_DANGER
        harmless = {DANGER_HEAD: HARMLESS} if is_harmless else {}
        yield line.voice, Lesson(line.text, {line.label.partition("/")[0]: line.label, **harmless})
    for line in danger_lines(data / "danger"):
        yield line.voice, Lesson(line.text, {DANGER_HEAD: line.label})
