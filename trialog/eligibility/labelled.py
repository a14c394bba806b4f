"""What stands beside the name of a point, as in a form: "relapse: no", "CD22? yes", "no idea about the age"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

# Between a name and what is said of it.
_SIGNS = frozenset([":", "-", "–", "—", "=", "?"])
_SPEAKERS = frozenset([",", "i", "we", "is", "was"])
_ABOUT = frozenset(["about", "of", "on", "for", "regarding", "the", "his", "her", "their"])
_MOST_BETWEEN = 3
_LINKS, _MOST_LINKS = frozenset(["is", "was", "a"]), 2

# Where the next part of a message begins.
_NEXT = frozenset(["and", "but"])


def said_behind(name: Span, sayings: Iterable[Span]) -> Span | None:
    """That of ``sayings`` which stands right behind ``name``, with one sign between at most, and ends its part of the message."""
    doc, place = name.doc, name.end
    if place < len(doc) and doc[place].text in _SIGNS:
        place += 1
    else:
        # "CD22 is a no".
        while place < min(len(doc), name.end + _MOST_LINKS) and doc[place].lower_ in _LINKS:
            place += 1
    return next((said for said in sayings if said.start == place and ends_part(said)), None)


def is_said_of(name: Span, said: Span) -> bool:
    """True for "the age, I don't know" and "no clue about the age": ``said`` is said of ``name``, and of nothing else."""
    if name.end <= said.start:
        return _opens_part(name) and ends_part(said) and _are_all(name.doc, name.end, said.start, _SIGNS | _SPEAKERS)
    return said.end < name.start and ends_part(name) and stands_before(said, name)


def stands_before(said: Span, name: Span) -> bool:
    """True for "they never said very high risk": nothing but small words stands between ``said`` and the ``name`` behind it."""
    return said.end <= name.start and _are_all(name.doc, said.end, name.start, _ABOUT)


def _are_all(doc: Doc, start: int, end: int, words: frozenset[str]) -> bool:
    return end - start <= _MOST_BETWEEN and all(token.lower_ in words for token in doc[start:end])


def ends_part(span: Span) -> bool:
    """True where ``span`` is the last of its part of a message."""
    after = span.doc[span.end : span.end + 1]
    if span.doc[span.end : span.end + 2].text.lower() == "at all":
        after = span.doc[span.end + 2 : span.end + 3]
    return not len(after) or after[0].is_punct or after[0].is_space or after[0].lower_ in _NEXT


def is_whole(said: Span) -> bool:
    """True where a yes or no is all that is said: "she is" is a yes, "she is low risk" is none."""
    return len(said) == 1 or ends_part(said)


def _opens_part(span: Span) -> bool:
    before = span.doc[max(span.start - 1, 0) : span.start]
    return not len(before) or before[0].is_punct or before[0].is_space or before[0].lower_ in _NEXT | {"the"}
