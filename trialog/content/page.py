"""The approved study page as it was handed over (page.txt): its title, its sections by heading, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from trialog.language.sentences import sentences_in

FILE = "page.txt"

# The text above the first heading.
SUMMARY = "Summary"

# A heading and a title are short, and a line that goes on below is long.
_HEADING_WORDS, _TITLE_WORDS, _FULL_LINE = 8, 16, 60

_BULLET = re.compile(r"^\s*(?:[•●▪◦*–-]|\d{1,2}[.)])\s+")
# Behind these, and behind an initial ("Prof. J. Moon", and not "hepatitis B."), a sentence goes on.
_SHORT = re.compile(
    r"(?:(?:^|[.(]\s?|\b[A-Z][\w’'-]*\s)[A-Z]"
    r"|(?i:(?<!\w)(?:dr|prof|mr|mrs|ms|st|sr|jr|no|nr|vs|ca|approx|incl|tel|ext|dept|univ|fig|ph\.d|m\.d|e\.g|i\.e)))\.$"
)

_STRAIGHT = str.maketrans("“”„‘’\u00a0", '"""\'\' ')


@dataclass(frozen=True)
class Section:
    """A heading of the page with the sentences under it; each point of a list is one."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PageText:
    """The page in its order; the first section has no heading on the page and is called ``SUMMARY``."""

    title: str
    sections: tuple[Section, ...]

    @property
    def quotable(self) -> tuple[str, ...]:
        """The title and every sentence."""
        return (self.title, *(sentence for section in self.sections for sentence in section.sentences))

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(map(plain, self.quotable))

    def says(self, sentence: str) -> bool:
        """True if ``sentence`` stands on the page, whole; line breaks and the form of quotation marks do not count."""
        return plain(sentence) in self._said

    def nearest(self, sentence: str) -> str | None:
        """What the page may say now in place of ``sentence``."""
        return next(iter(get_close_matches(sentence, self.quotable, n=1, cutoff=0.5)), None)


def plain(text: str) -> str:
    """``text`` as it is compared."""
    return " ".join(text.translate(_STRAIGHT).split())


def bare(heading: str) -> str:
    """``heading`` as headings are compared: in small letters, without what may stand at its end."""
    return heading.strip().rstrip(" ?:").lower()


def read_page(text: str, known: Collection[str] = ()) -> PageText:
    """The page in ``text``; ``known`` are headings, as ``bare`` gives them, that are one wherever they stand alone on a line."""
    lines = [line.rstrip() for line in text.splitlines()]
    filled = [number for number, line in enumerate(lines) if line.strip()]
    # What is said of the page before its title belongs to the text above the headings.
    above = lines[filled[0]] if len(filled) > 1 and _is_notice(lines, filled[0], filled[1], known) else None
    first = filled[0 if above is None else 1] if filled else len(lines)
    title = lines[first].strip() if filled else ""
    found: list[tuple[str, list[str]]] = [(SUMMARY, [] if above is None else [above, ""])]
    for number in range(first + 1, len(lines)):
        if _is_heading(lines, number, known):
            found.append((lines[number].strip(" :"), []))
        else:
            found[-1][1].append(lines[number])
    sections = (Section(heading, tuple(_sentences(some))) for heading, some in found)
    return PageText(title, tuple(section for section in sections if section.sentences))


def _is_notice(lines: list[str], first: int, second: int, known: Collection[str]) -> bool:
    """True for a sentence in place of a title, with what looks like the title standing apart below: "Invented for a test."."""
    title = lines[second].strip()
    like_a_title = title[0].isupper() and title[-1] not in ".,;!" and bare(title) not in known and len(title.split()) <= _TITLE_WORDS
    return lines[first].strip()[-1] in ".!" and second > first + 1 and like_a_title


def _is_heading(lines: list[str], number: int, known: Collection[str]) -> bool:
    """A short line that begins like a title, ends like none of the sentences, stands apart, and has text below."""
    line = lines[number].strip()
    below = any(text.strip() for text in lines[number + 1 :])
    if not line or not below or _BULLET.match(line):
        return False
    if bare(line) in known:
        return True
    apart = not lines[number - 1].strip() or _BULLET.match(lines[number + 1])
    return bool(apart) and line[0].isupper() and len(line.split()) <= _HEADING_WORDS and line[-1] not in ".,;!"


def _sentences(lines: list[str]) -> Iterator[str]:
    for block in _blocks(lines):
        point = _BULLET.match(block)
        yield from [block[point.end() :]] if point else _whole(sentences_in(block))


def _whole(parts: Sequence[str]) -> Iterator[str]:
    """``parts`` put together where a full stop ended no sentence: "led by Northmere Hospital (Dr. Ilse Varga)".

    One also goes on in small letters, and until its bracket is closed.
    """
    sentence = ""
    for place, part in enumerate(parts):
        is_open = sentence.count("(") > sentence.count(")") and any(")" in rest for rest in parts[place:])
        if sentence and not (_SHORT.search(sentence) or part[0].islower() or is_open):
            yield sentence
            sentence = ""
        sentence = f"{sentence} {part}".strip()
    if sentence:
        yield sentence


def _blocks(lines: list[str]) -> Iterator[str]:
    """Paragraphs and points of lists; a line that is full goes on in the next."""
    block, full = "", False
    for line in lines:
        goes_on = block and full and line.strip() and not _BULLET.match(line)
        if not goes_on and block:
            yield block
            block = ""
        block = f"{block} {line.strip()}".strip()
        full = len(line) >= _FULL_LINE
    if block:
        yield block
