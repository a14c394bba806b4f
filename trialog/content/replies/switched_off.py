"""What is said while something is switched off, and how a notice of the hospital is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialog.content.model import Library, Study
from trialog.content.placeholders import fill
from trialog.content.replies.interview import Point, answers

_PARAGRAPH = "\n\n"

# Stands for the title of any topic where all texts are read.
_ANY = "Costs"


@dataclass(frozen=True)
class Whom:
    """Whom a family can call: the hospital's own ``line``, which may be empty, and the ``emergency`` number."""

    line: str
    emergency: str


def welcome(library: Library, whom: Whom) -> str:
    """In place of the welcome."""
    return _filled(library, library.switch_words.welcome, whom)


def all_off(library: Library, whom: Whom, time: int = 0, *, waits: bool = False) -> str:
    """In place of a reply while all is off; ``time`` counts how often that was said, ``waits`` is True in the middle of the questions."""
    return _in_turn(library, library.switch_words.all, whom, time) + _waiting(library, waits)


def study_off(library: Library, study: Study, whom: Whom, time: int = 0, *, waits: bool = False) -> str:
    """The same while ``study`` is off."""
    return _in_turn(library, library.switch_words.study, whom, time, study=study.title) + _waiting(library, waits)


def questionnaire_off(library: Library, whom: Whom, time: int = 0) -> str:
    """In place of the questions, and of what offers them."""
    return _in_turn(library, library.switch_words.questionnaire, whom, time)


def unapproved(library: Library, title: str, time: int = 0) -> str:
    """In place of an answer on the matter called ``title`` whose words nobody has approved; ``time`` as for ``all_off``."""
    texts = library.switch_words.unapproved
    return fill(texts[time % len(texts)], {"topic": title})


def ended(library: Library, whom: Whom, points: Sequence[Point], *, unnoted: bool) -> str:
    """To somebody in the middle of the questions, with the ``points`` that were noted; ``unnoted`` where the last answer was not."""
    words = library.switch_words
    noted = fill(words.noted, {"points": answers(library, points)}) + _PARAGRAPH if points else ""
    return _filled(library, words.ended, whom, noted=noted, unnoted=f" {words.unnoted}" if unnoted else "")


def notice(library: Library, text: str) -> str:
    """The ``text`` of a notice as it is told."""
    return fill(library.switch_words.notice, {"text": text})


def every_text(library: Library, line: str) -> Iterator[tuple[str, str]]:
    """All of these, each with its name, for the check and the script; ``line`` stands for the hospital's number."""
    words, emergency = library.switch_words, library.lines_of().emergency
    for whom in (Whom("", emergency), Whom(line, emergency)):
        yield "welcome", welcome(library, whom)
        yield from (("all", all_off(library, whom, time, waits=waits)) for time in range(len(words.all)) for waits in (False, True))
        for study in library.studies.values():
            yield from (("study", study_off(library, study, whom, time)) for time in range(len(words.study)))
        yield from (("questionnaire", questionnaire_off(library, whom, time)) for time in range(len(words.questionnaire)))
        yield from (("unapproved", unapproved(library, _ANY, time)) for time in range(len(words.unapproved)))
        yield from (("ended", ended(library, whom, (), unnoted=unnoted)) for unnoted in (False, True))
    yield "noted", fill(words.noted, {"points": ""})
    yield "notice", notice(library, "").strip()


def _in_turn(library: Library, texts: Sequence[str], whom: Whom, time: int, **values: str) -> str:
    return _filled(library, texts[time % len(texts)], whom, **values)


def _filled(library: Library, text: str, whom: Whom, **values: str) -> str:
    call = library.switch_words.call
    told = fill(call.number, {"line": whom.line}) if whom.line else call.none
    return fill(text, {**values, "call": told, "emergency": whom.emergency})


def _waiting(library: Library, waits: bool) -> str:
    return f"{_PARAGRAPH}{library.switch_words.waits} {library.switch_words.unnoted}" if waits else ""
