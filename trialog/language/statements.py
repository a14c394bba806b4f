"""How what a message says stands (ConText): said of this patient as true now, or denied, doubted, feared, of another time or person.

A cue turns what stands in its reach and in its direction. What no cue, no value and no known word explains is left over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.matcher.levenshtein import levenshtein
from spacy.tokens import Doc, Span, Token

from trialog.language.manner import CUES
from trialog.language.patient import is_patient
from trialog.language.patterns import Lists
from trialog.language.phrases import PhraseMatcher
from trialog.language.vocabulary import pipeline


class Stance(StrEnum):
    """How a statement stands, where it is not simply true."""

    DENIED = "denied"
    DOUBTED = "doubted"
    FEARED = "feared"
    IRONIC = "ironic"
    PAST = "past"
    THOUGHT = "thought"
    NOW = "now"
    TO_COME = "to_come"
    SOMEBODY = "somebody"
    AWAITED = "awaited"


_FRAME = "frame"

# What ends the reach of a cue: the end of a sentence, a word that sets the next clause against it, and a clause of its own.
_SENTENCE = frozenset([".", "!", "?", "\n", "..", "...", "…"])
_CONTRAST = frozenset(["but", "though", "although", "however", "whereas", "except", "because", ";", ":"])
_CLAUSE = frozenset([",", "and", "so", "then", "-", "–", "—", "(", ")", "/"])

_ANY_END = _SENTENCE | _CONTRAST | _CLAUSE

_ENDS: Mapping[Stance, frozenset[str]] = {
    Stance.DENIED: _SENTENCE | _CONTRAST | _CLAUSE,
    Stance.PAST: _SENTENCE | _CONTRAST | _CLAUSE,
    Stance.THOUGHT: _SENTENCE | _CONTRAST | _CLAUSE,
    Stance.NOW: _SENTENCE | _CONTRAST | _CLAUSE,
    Stance.TO_COME: _SENTENCE | _CONTRAST,
    Stance.DOUBTED: _SENTENCE | _CONTRAST,
    Stance.FEARED: _SENTENCE | _CONTRAST,
    Stance.SOMEBODY: _SENTENCE | _CONTRAST,
    Stance.IRONIC: _SENTENCE,
    Stance.AWAITED: _SENTENCE,
}

# A "no" denies a thing ("no relapse"); before one of these it is an answer of its own ("no it came back", "no the test was negative").
_SUBJECTS = frozenset(
    ["it", "he", "she", "they", "we", "i", "that", "this", "there", "the", "a", "an", "my", "our", "his", "her", "their", "its", "your"]
)

# A cue with one of these points back to what was said before, over any clause: "was it a relapse? they ruled that out".
_POINTS_BACK = frozenset(["it", "that", "this", "them"])

# How far a "not" reaches, in tokens: before what it denies, and behind it.
_AHEAD, _BEHIND = 6, 3

# Shorter words turn into others with a typing error; from the second length on two are allowed.
_SHORTEST_FUZZY, _SHORTEST_VERY_FUZZY = 5, 8

_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|x)")
# Names of markers and the like, with the digits that tell them apart.
MARKER = re.compile(r"\b(?:[A-Za-z]{2,4}\d{1,3}|CD\d{1,3}[a-z])\b")
# Stages: a lone I is a word.
_ROMAN = re.compile(r"II|III|IV|V")
# Genes and the like; a marker ("CD19") is a value.
_GENE = re.compile(r"(?!CD)[A-Z]{2,6}\d{1,2}[A-Z]{0,2}")

# Numbers that say when, how long or how heavy; any other number has a meaning of its own.
_UNITS = r"(?:months?|mos?|mths?|m|weeks?|wks?|w|days?|d|years?|yrs?|y)\b"
_MEASURES = r"(?:kg|kgs|kilos?|kilograms?|g|lbs?|pounds|stone|cm|m2|metres?|mg|ml|mcg|degrees|celsius|fahrenheit)\b"
_FEW = "a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty"
_AMOUNT = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,3}(?:\.\d)?\s?/\s?12\b|\b(?:day|week|month|year|d|cycle|block|round|line)\s?\+?\d{1,3}\b"
    rf"|\b(?:\d{{1,4}}(?:[.,]\d)?|{_FEW})(?:\s*(?:-|–|to|or)\s*\d{{1,3}})?[\s-]*(?:and a half\s+)?{_UNITS}(?:\s+and a half\b)?"
    rf"|\b\d{{1,4}}(?:[.,]\d)?\s*{_MEASURES}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """A cue at the tokens from ``start`` to ``end``, and those it reaches."""

    stance: Stance
    start: int
    end: int
    reach: frozenset[int]


@dataclass(frozen=True)
class Message:
    """A message with its cues; ``plain`` are the tokens that turn nothing."""

    doc: Doc
    cues: tuple[Cue, ...]
    frames: frozenset[int]
    plain: frozenset[int]

    def stances(self, start: int, end: int) -> frozenset[Stance]:
        """How what stands at the tokens from ``start`` to ``end`` stands; its own words are no cues."""
        return frozenset(cue.stance for cue in self._reaching(start, end))

    def without_cues(self, places: AbstractSet[int]) -> Message:
        """The message where what stands at ``places`` turns nothing: the "?" of "CD22? yes" doubts nothing else."""
        return replace(self, cues=tuple(cue for cue in self.cues if not set(range(cue.start, cue.end)) <= places))

    def is_framed(self, span: Span) -> bool:
        """True if ``span`` is only part of a frame or of a longer cue."""
        inside = set(range(span.start, span.end))
        return inside <= self.frames or any(inside < set(range(cue.start, cue.end)) for cue in self.cues if not _is_around(cue, span))

    def is_only_opened_by_no(self, span: Span) -> bool:
        """True if nothing denies ``span`` but a "no" that the message begins with, which is an answer of its own: "no sir, not back"."""
        denying = [cue for cue in self._reaching(span.start, span.end) if cue.stance == Stance.DENIED]
        return bool(denying) and all(cue.start <= 1 and self.doc[cue.start : cue.end].text.lower() == "no" for cue in denying)

    def doubt_behind(self, place: int) -> bool:
        """True if something behind the token at ``place`` is doubted, whatever it is."""
        return any(cue.stance in (Stance.DOUBTED, Stance.IRONIC) and cue.start > place for cue in self.cues)

    def is_one_clause(self, start: int, end: int) -> bool:
        """True if nothing between two tokens ends a clause."""
        return not any(token.lower_ in _ANY_END for token in self.doc[start:end])

    def is_contrast(self, start: int, end: int) -> bool:
        """True if a word between two tokens sets one clause against the other."""
        return any(token.lower_ in _CONTRAST for token in self.doc[start:end])

    def is_limited(self) -> bool:
        """True if something in the message is set against the rest of it or doubted: "yes, but I am not sure of the last one"."""
        is_set_against = any(token.is_alpha and token.lower_ in _CONTRAST for token in self.doc)
        return is_set_against or any(cue.stance == Stance.DOUBTED for cue in self.cues)

    def left_over(self, explained: Collection[int], values: Iterable[Span]) -> set[int]:
        """The tokens that neither ``explained`` nor a cue that turns something, nor a known word accounts for."""
        said = {token.i for span in values for token in span}
        # A "not" that denies none of the values says something else.
        idle = {i for cue in self.cues if cue.stance == Stance.DENIED and not cue.reach & said for i in range(cue.start, cue.end)}
        turning = {i for cue in self.cues for i in range(cue.start, cue.end)} - idle
        # The figures of somebody else, or of a joke, are not the patient's.
        others = {i for cue in self.cues if cue.stance in (Stance.SOMEBODY, Stance.IRONIC) for i in cue.reach if self.doc[i].like_num}
        return {token.i for token in self.doc} - set(explained) - said - turning - others - (self.plain - idle) - self.frames

    def sentence(self, place: int) -> int:
        """Which sentence the token at ``place`` stands in."""
        return sum(token.text in _SENTENCE for token in self.doc[:place])

    def _reaching(self, start: int, end: int) -> list[Cue]:
        """The cues that turn what stands there."""
        return [cue for cue in self._around(start, end) if cue.reach & set(range(start, end))]

    def _around(self, start: int, end: int) -> Iterable[Cue]:
        """The cues that are no part of what stands there; "ruled it out" stands on both sides of it."""
        return (cue for cue in self.cues if cue.end <= start or cue.start >= end or (cue.start < start and end < cue.end))


class Statements:
    """Reads how what messages say stands."""

    def __init__(
        self, cues: Mapping[str, Mapping[str, Sequence[str]]], frames: Sequence[str], plain: Iterable[str], lists: Lists | None = None
    ) -> None:
        """``cues`` by stance and direction (``ahead``, ``behind``, ``around``); ``plain`` words turn nothing."""
        phrases = {f"{stance} {way}": texts for stance, ways in cues.items() for way, texts in ways.items()}
        self._cues = PhraseMatcher({**phrases, _FRAME: frames}, CUES, lists)
        self._plain = frozenset(plain)
        self._lacking = frozenset(short for word in self._plain if len(word) in (4, 5) for short in _with_one_left_out(word))
        self._long: dict[str, list[str]] = {}
        for word in self._plain:
            if len(word) >= _SHORTEST_FUZZY:
                self._long.setdefault(word[0], []).append(word)

    def read(self, text: str, own: Iterable[Span] = (), sayings: Iterable[Span] = ()) -> Message:
        """``text`` with its cues; ``own`` is what the patient is called, and so speaks of nobody else.

        ``sayings`` are phrases of several words with a meaning of their own: "afraid so" is no fear.
        """
        doc = CUES.doc(pipeline(CUES.language), text)
        names = [set(range(span.start, span.end)) for span in own]
        found = self._cues.find(text)
        cues = [_cue(doc, span) for span in found if span.label_ != _FRAME]
        wholes = [set(range(span.start, span.end)) for span in sayings if len(span) > 1]
        cues = [cue for cue in cues if cue.stance == Stance.DENIED or not any(set(range(cue.start, cue.end)) <= whole for whole in wholes)]
        kept = tuple(cue for cue in cues if cue.stance != Stance.SOMEBODY or not is_patient(doc[cue.start : cue.end], names))
        frames = frozenset(token.i for span in found if span.label_ == _FRAME for token in span)
        named = {i for name in names for i in name}
        amounts = {token.i for match in _AMOUNT.finditer(text) for token in doc if match.start() <= token.idx < match.end()}
        return Message(doc, kept, frames, frozenset({token.i for token in doc if self._is_plain(token)} | amounts | named))

    def _is_plain(self, token: Token) -> bool:
        word = token.lower_
        if token.is_space or token.is_punct or word in self._plain:
            return True
        if not any(character.isalnum() for character in word):
            # The sign of a marker says nothing of the rest; where the marker is asked about, it is a value.
            return word not in ("+", "-", "±") or (token.i > 0 and MARKER.fullmatch(token.nbor(-1).text) is not None)
        if _ORDINAL.fullmatch(word) or _ROMAN.fullmatch(token.text) or _GENE.fullmatch(token.text) or word in self._lacking:
            return True
        return len(word) >= _SHORTEST_FUZZY and word.isalpha() and any(_is_misspelt(word, known) for known in self._long.get(word[0], ()))


def clause_before(span: Span) -> str:
    """What stands before ``span`` in its clause."""
    places = _until(span.doc, range(span.start - 1, -1, -1), _ANY_END)
    return str(span.doc[places[-1] : span.start].text) if places else ""


def _with_one_left_out(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def _is_misspelt(word: str, known: str) -> bool:
    most = 2 if len(word) >= _SHORTEST_VERY_FUZZY else 1
    return bool(abs(len(word) - len(known)) <= most and levenshtein(word, known, most) <= most)


def _is_around(cue: Cue, span: Span) -> bool:
    return bool(cue.start < span.start and span.end < cue.end)


def _cue(doc: Doc, span: Span) -> Cue:
    name, _, way = span.label_.partition(" ")
    stance = Stance(name)
    ahead = [] if way == "behind" else _until(doc, _ahead_of(doc, span, stance), _ends_ahead(span, stance))
    behind = [] if way == "ahead" else _behind(doc, span, stance, points_back=_points_back(span))
    return Cue(stance, span.start, span.end, frozenset([*ahead, *behind, *range(span.start, span.end)]))


def _ahead_of(doc: Doc, span: Span, stance: Stance) -> range:
    return range(span.end, min(len(doc), span.end + _AHEAD) if stance == Stance.DENIED else len(doc))


def _ends_ahead(span: Span, stance: Stance) -> frozenset[str]:
    return _ENDS[stance] | (_SUBJECTS if span.text.lower() == "no" else frozenset())


def _behind(doc: Doc, span: Span, stance: Stance, points_back: bool) -> list[int]:
    """What a cue reaches of what was said before it."""
    if points_back:
        return _until(doc, range(span.start - 1, -1, -1), _SENTENCE)
    if stance == Stance.SOMEBODY:
        # "She is five, her brother seven" says nothing of a brother's five; "five, that is her brother" does.
        clause = _until(doc, range(span.start - 1, -1, -1), _ANY_END)
        is_about_it = any(doc[place].lower_ in _POINTS_BACK for place in clause)
        return _until(doc, range(span.start - 1, -1, -1), _ENDS[stance]) if is_about_it else clause
    stop = max(-1, span.start - 1 - _BEHIND) if stance == Stance.DENIED else -1
    return _until(doc, range(span.start - 1, stop, -1), _ENDS[stance])


def _points_back(span: Span) -> bool:
    return any(token.lower_ in _POINTS_BACK for token in span)


def _is_hyphen(token: Token) -> bool:
    """True for the marks inside of "three-year-old", which end nothing."""
    return bool(token.text == "-" and 0 < token.i < len(token.doc) - 1 and (token.nbor(-1).like_num or token.nbor(1).lower_ == "old"))


def _until(doc: Doc, places: Iterable[int], ends: frozenset[str]) -> list[int]:
    reached = []
    for place in places:
        if doc[place].lower_ in ends and not _is_hyphen(doc[place]):
            break
        reached.append(place)
    return reached
