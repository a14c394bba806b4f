"""Every reply is easy enough to read; where study.yml makes a shared sentence hard, that is told there."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trialog.content.check import reading
from trialog.content.check.every_reply import Said
from trialog.content.files import ContentReader
from trialog.content.model import Library, Study

# Fewer words of study.yml make no shared sentence hard.
_MANY = 5


class _Sentence(NamedTuple):
    """A sentence as it is measured, without long names, and as it is written."""

    measured: str
    written: str


def check_reading(reader: ContentReader, library: Library, every: Iterable[Said]) -> None:
    """Note every reply and sentence that is too hard or too long, and if all are on average."""
    replies = [reply for reply in every if reply.english]
    _check_each(reader, list(library.studies.values()), replies)
    _check_means(reader, replies)


def check_reading_alone(reader: ContentReader, library: Library, study: Study, every: Iterable[Said]) -> None:
    """Note what is hard in the folder of ``study``, and in the shared sentences that its study.yml is told in."""
    folder = reader.root / "trials" / study.id
    replies = [reply for reply in every if reply.english]
    own = [reply for reply in replies if folder in reply.path.parents]
    shared = [reply for reply in replies if reply.path.parent != folder and _told_in(study, reply.text)]
    _check_each(reader, [study], [*own, *(reply for reply in shared if reply not in own)])
    _check_means(reader, own)


def _check_each(reader: ContentReader, studies: Sequence[Study], replies: Sequence[Said]) -> None:
    grades = [reading.grade(reply.text, reply.names) for reply in replies]
    hard = {(reply.path, reply.name): (reply, grade) for reply, grade in zip(replies, grades, strict=True) if grade > reading.MAX_GRADE}
    for reply, grade in hard.values():
        told = f"The reply '{reply.name}' needs school grade {grade:.1f}; {reading.MAX_GRADE:.0f} is the most."
        _fault(reader, studies, reply, reply.text, told)
    # The longest sentence says best how many words fit.
    for reply, sentence in sorted(_too_long(replies), key=lambda one: -reading.words(one[1].measured)):
        words, most = reading.words(sentence.measured), reading.MAX_SENTENCE_WORDS
        told = f"The reply '{reply.name}' has {words} words in a sentence; {most} is the most: '{sentence.written}'"
        _fault(reader, studies, reply, sentence.written, told, words - most)


def _fault(reader: ContentReader, studies: Sequence[Study], reply: Said, text: str, told: str, too_many: int = 0) -> None:
    """In the study.yml of the study whose words fill the shared ``text``, once, else where the reply stands."""
    for study in studies:
        folder = reader.root / "trials" / study.id
        if folder not in reply.path.parents and (found := _told_in(study, text)):
            place, words = found
            mend = f", where at most {words - too_many} words fit" if too_many else ""
            begins = f"at '{'.'.join(place)}': it is told in a shared sentence"
            if not any(begins in fault.sentence and f"/{study.id}/" in fault.path for fault in reader.faults):
                reader.fault(folder / "study.yml", f"{begins}{mend}. {told}", place)
            return
    reader.fault(reply.path, told[0].lower() + told[1:])


def _told_in(study: Study, text: str) -> tuple[tuple[str, ...], int] | None:
    """What of study.yml ``text`` tells in many words, by its place, and how many these are."""
    values = {("about",): study.about, ("title",): study.title, ("tested", "name"): study.tested.name or ""}
    words = {place: reading.words(reading.masked(value, study.names)) for place, value in values.items() if value in text}
    return next(((place, many) for place, many in words.items() if many >= _MANY), None)


def _sentences(reply: Said) -> list[_Sentence]:
    measured, written = reading.lines(reading.masked(reply.text, reply.names)), reading.lines(reply.text)
    # A name with a full stop in it is one word when it is measured, and parts a sentence as it is written.
    return [_Sentence(*pair) for pair in zip(measured, written if len(written) == len(measured) else measured, strict=True)]


def _too_long(replies: Iterable[Said]) -> Iterator[tuple[Said, _Sentence]]:
    """Each sentence once, wherever it stands again: in another reply, or in the same one about another person."""
    told: set[object] = set()
    for reply in replies:
        for place, sentence in enumerate(_sentences(reply)):
            itself = {sentence.measured, (reply.path, reply.name, place)}
            if reading.words(sentence.measured) > reading.MAX_SENTENCE_WORDS and not told & itself:
                yield reply, sentence
                told |= itself


def _check_means(reader: ContentReader, replies: Sequence[Said]) -> None:
    grades = [reading.grade(reply.text, reply.names) for reply in replies]
    _check_mean(reader, "the replies need school grade", grades, reading.MEAN_GRADE)
    lengths = [reading.words(sentence.measured) for reply in replies for sentence in _sentences(reply)]
    _check_mean(reader, "the words in a sentence are", lengths, reading.MEAN_SENTENCE_WORDS)


def _check_mean(reader: ContentReader, what: str, values: Sequence[float], most: float) -> None:
    if values and statistics.mean(values) > most:
        reader.fault(reader.root, f"{what} {statistics.mean(values):.1f} on average; {most:.0f} is the most.")
