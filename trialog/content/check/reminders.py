"""What is no fault, and should be looked at by a person all the same: what is old, hard to read, not explained, not used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import textstat

from trialog.content.check import reading
from trialog.content.check.every_reply import Said, built_responses, every_reply
from trialog.content.check.help_lines import numbers_to_call_again
from trialog.content.model import STALE_AFTER_DAYS, Library, Study
from trialog.content.wording import Wording

# A sentence of fewer words is understood, however long they are.
_WORDS_OF_A_HARD_SENTENCE = 8

# From so many syllables on a word is a long one.
_SYLLABLES = 4

# What ``again`` and the replies that are said for the second time are called (actions/again.py).
_AGAIN = re.compile(r"utter_again_\w+_\d|.+_again")


def reminders(library: Library, content: Path, wording: Wording, today: date) -> Iterator[str]:
    """Everything that should be looked at, as ``path: sentence``; ``library`` has no faults."""
    said = [reply for reply in every_reply(library, content, wording) if reply.english]
    yield from _old(library, content, today)
    yield from numbers_to_call_again(library, today)
    yield from _hard_sentences(said)
    for study in library.studies.values():
        folder = content / "trials" / study.id
        yield from _long_words(library, study, folder, said)
        yield from _without_simple(study, folder)
    yield from _unused(library, content, wording)


def _old(library: Library, content: Path, today: date) -> Iterator[str]:
    for study in library.studies.values():
        if study.is_stale(today):
            file = content / "trials" / study.id / "study.yml"
            yield f"{file.as_posix()}: the page was last reviewed on {study.last_reviewed}; ask if it still holds."
    reviewed = {word.source.last_reviewed for word in library.general_words.values() if word.source.last_reviewed}
    if reviewed and (today - min(reviewed)).days > STALE_AFTER_DAYS:
        file = content / "general" / "words.yml"
        yield f"{file.as_posix()}: the explanations were last reviewed on {min(reviewed)}; hold them against their sources again."


def _hard_sentences(said: Iterable[Said]) -> Iterator[str]:
    """Each sentence once, the hardest first. A reply is measured as a whole; one hard sentence hides among easy ones."""
    found: dict[str, tuple[float, Said]] = {}
    for reply in said:
        for sentence in reading.lines(reply.text):
            grade = reading.grade(sentence, reply.names)
            if grade > reading.MAX_GRADE and reading.words(sentence) >= _WORDS_OF_A_HARD_SENTENCE:
                found.setdefault(sentence.rstrip(".!?:"), (grade, reply))
    for sentence, (grade, reply) in sorted(found.items(), key=lambda one: -one[1][0]):
        yield f"{reply.path.as_posix()}: '{reply.name}' has a hard sentence (grade {grade:.1f}): '{sentence}'"


def _long_words(library: Library, study: Study, folder: Path, said: Iterable[Said]) -> Iterator[str]:
    """Of what is told of a study: what is told of every study has been read by many."""
    explained = " ".join(
        spelling.lower() for word in library.words(study).values() for spelling in (word.name, *word.spellings, *word.exact)
    )
    texts = {reading.masked(reply.text, reply.names).lower() for reply in said if folder in reply.path.parents}
    words = sorted({word for text in texts for word in re.findall(r"[a-z][a-z-]+", text)})
    long = [word for word in words if textstat.syllable_count(word) >= _SYLLABLES and word not in explained]
    if long:
        yield f"{folder.as_posix()}: these long words are not explained (words.yml): {', '.join(long)}."


def _without_simple(study: Study, folder: Path) -> Iterator[str]:
    missing = [answer.topic for answer in study.answers.values() if answer.text and not answer.simple]
    if missing:
        yield f"{(folder / 'answers').as_posix()}: {len(missing)} answers have no words for a child (simple): {', '.join(missing)}."


def _unused(library: Library, content: Path, wording: Wording) -> Iterator[str]:
    used = built_responses(library, content, wording) | {f"utter_{topic.kind}/{topic.id}" for topic in library.topics.values()}
    for name, file in wording.files.items():
        if name not in used and not _AGAIN.fullmatch(name):
            yield f"{file.as_posix()}: nothing says the response '{name}'."
