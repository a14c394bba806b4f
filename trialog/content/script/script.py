"""From the content to the script: pieces that are approved one by one, each with its wordings, and one hash over all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import asdict

from trialog.content.check import reading
from trialog.content.check.every_reply import Said, every_reply
from trialog.content.model import Library
from trialog.content.wording import Wording

# Where the fixed wording of this project stands.
RESPONSES = Path("data/responses")

# So many characters of a hash stand in the script: enough that no two wordings share them, few enough to be read out on the telephone.
HASH_LENGTH = 12

ANSWERS, WORDS, POINTS = "Answers from the study page", "Words explained", "Questions about the published points"
QUESTIONNAIRE, SAFETY, TALK = "Around the questions, the result", "Danger, worry, personal data", "Greetings and all other replies"
PROBLEMS, NUMBERS, LABELS = "When a request cannot be answered", "Numbers to call", "Buttons, titles and the sheet"

# What families need most is read first.
CHAPTERS = (SAFETY, ANSWERS, WORDS, QUESTIONNAIRE, POINTS, TALK, PROBLEMS, NUMBERS, LABELS)

_CHAPTER_OF_FILE = {
    "words": WORDS,
    "criteria": POINTS,
    "questionnaire": QUESTIONNAIRE,
    "safety": SAFETY,
    "problems": PROBLEMS,
    "switches": PROBLEMS,
}


@dataclass(frozen=True)
class Words:
    """One way to say a piece: when it is said so, and where on the page it comes from."""

    text: str
    part: str = ""
    when: str = ""
    section: str = ""
    names: tuple[str, ...] = ()
    english: bool = True

    @property
    def grade(self) -> float | None:
        """The school grade needed to read it; None where that cannot be measured."""
        return reading.grade(self.text, self.names) if self.english and reading.lines(self.text) else None


@dataclass(frozen=True)
class Piece:
    """What is approved at once: all that is said on one matter. ``shown`` has each sentence of ``words`` at least once in the script.

    ``rests_on`` are the sentences of the study page that it is told from.
    """

    key: str
    chapter: str
    title: str
    words: tuple[Words, ...]
    shown: tuple[Words, ...]
    rests_on: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """Changes with every word of the piece, and with when it is said."""
        return _hash([[words.part, words.when, words.section, words.text] for words in self.words])

    @property
    def sentences(self) -> list[str]:
        """Each sentence once, in the order it is said first."""
        return list(dict.fromkeys(line for words in self.words for line in reading.lines(words.text)))


@dataclass(frozen=True)
class Script:
    """All that can be said, in the order of ``CHAPTERS``."""

    pieces: tuple[Piece, ...]

    @property
    def hash(self) -> str:
        """Stands for the whole: two assistants with the same one say the same."""
        return _hash([[piece.key, piece.hash] for piece in self.pieces])

    def chapters(self) -> Iterator[tuple[str, list[Piece]]]:
        """The chapters that hold something, with their pieces."""
        for chapter in CHAPTERS:
            if pieces := [piece for piece in self.pieces if piece.chapter == chapter]:
                yield chapter, pieces


def read_script(library: Library, content: Path, responses: Path) -> Script:
    """The script of ``library``, which was read from ``content``, with the fixed wording in the folder ``responses``."""
    gathered: dict[tuple[str, str, str], list[Words]] = {}
    for said in every_reply(library, content, Wording.read(responses)):
        gathered.setdefault(_place(said, content, library), []).append(_words(said))
    for chapter, key, words in _labels(library):
        gathered[(chapter, key, key.rpartition("/")[2])] = words
    in_order = sorted(gathered.items(), key=lambda item: CHAPTERS.index(item[0][0]))
    numbers, told, rests_on = _numbers(library), set[str](), _rests_on(library)
    pieces = []
    for (chapter, key, title), words in in_order:
        shown = tuple(_not_told(words, numbers, told)) or (words[0],)
        pieces.append(Piece(key, chapter, title, tuple(words), shown, rests_on.get(key, ())))
    return Script(tuple(pieces))


def _rests_on(library: Library) -> dict[str, tuple[str, ...]]:
    """The sentences of the page by the key of the piece that is told from them."""
    found: dict[str, tuple[str, ...]] = {}
    for study in library.studies.values():
        found |= {f"{study.id}/answers/{answer.topic}": answer.rests_on or () for answer in study.answers.values()}
        found |= {f"{study.id}/words/{word.id}": word.rests_on or () for word in study.words.values()}
        found |= {f"{study.id}/criteria/{point.id}": point.rests_on or () for point in (*study.criteria.values(), *study.groups.values())}
    return found


def _place(said: Said, content: Path, library: Library) -> tuple[str, str, str]:
    """The chapter, the key and the title of the piece that a reply belongs to."""
    matter = said.name.partition(",")[0]
    known = library.topics.get(matter.rpartition("/")[2])
    title = known.title if known else matter.removeprefix("utter_").removeprefix("term:").replace("_", " ")
    if not said.path.is_relative_to(content):
        chapter = _CHAPTER_OF_FILE.get(said.path.stem, TALK)
        return chapter, f"general/{matter.removeprefix('utter_')}", title
    inside = said.path.relative_to(content)
    owner = inside.parts[1] if inside.parts[0] == "trials" else "general"
    kind = "answers" if inside.parent.name == "answers" else inside.stem
    chapter = ANSWERS if kind == "answers" else _CHAPTER_OF_FILE.get(kind, TALK)
    return chapter, f"{owner}/{kind}/{matter.removeprefix('term:')}", title


def _words(said: Said) -> Words:
    return Words(said.text, said.name.partition(",")[2].strip(), said.when, said.section, said.names, said.english)


def _labels(library: Library) -> Iterator[tuple[str, str, list[Words]]]:
    """What is no reply of its own: numbers to call by country, buttons, and the words of the sheet."""
    for country, lines in library.help_lines.items():
        told = f"Emergency: {lines.emergency}. Crisis: {lines.crisis_name}, {lines.crisis}. Confirmed on {lines.checked}."
        yield NUMBERS, f"general/numbers/{country}", [Words(told, when=f"country is {country}", section=lines.source, english=False)]
    yield LABELS, "general/buttons", _texts({**library.buttons, **library.interview.buttons})
    yield LABELS, "general/titles", _texts({topic: library.title(topic, library.study_of()) for topic in library.topics})
    yield LABELS, "general/menu", _texts({group.title: group.title for group in library.menu})
    yield LABELS, "general/sheet", _texts(asdict(library.interview.sheet))


def _texts(found: Mapping[str, object]) -> list[Words]:
    """Labels, each with its name; they are too short to have a school grade."""
    return [Words(text, name, english=False) for name, value in found.items() for text in _flat(value)]


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in _flat(part))
    elif isinstance(value, Iterable):
        yield from (text for part in value for text in _flat(part))


def _not_told(words: Iterable[Words], numbers: re.Pattern[str], told: set[str]) -> Iterator[Words]:
    """The wordings with a sentence that was not ``told`` yet; the numbers to call are told by country, in a chapter of their own."""
    for one in words:
        lines = {numbers.sub("#", line) for line in reading.lines(one.text)} or {one.text}
        if lines - told:
            told |= lines
            yield one


def _numbers(library: Library) -> re.Pattern[str]:
    """Finds the numbers and names of help lines of all countries."""
    found = {part for lines in library.help_lines.values() for part in (lines.emergency, lines.crisis, lines.crisis_name)}
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(found, key=len, reverse=True))) + r")(?!\w)")


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:HASH_LENGTH]
