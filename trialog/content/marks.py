"""The marks of a draft: what is still to be written, and what is there but in words that nobody has made plain yet.

A text that holds a mark is a fault, so a study that has one is not served.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trialog.content.misfits import Place, texts_in

# Stands before a text that was taken over as it is.
DRAFT = "[[draft]]"

_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_STILL_A_DRAFT = "this is a draft: make it plain, hold it against the page, and take '[[draft]]' away."


def blank(what: str) -> str:
    """Stands for a text that is to be written."""
    return f"[[to write: {what}]]"


def draft(text: str) -> str:
    """``text`` as it was taken over."""
    return f"{DRAFT} {text}"


def is_blank(text: object) -> bool:
    """True for what ``blank`` gives."""
    return isinstance(text, str) and text.startswith("[[to write: ")


def marks_in(data: Any) -> Iterator[tuple[Place, str]]:
    """The places in ``data`` that hold a mark, each with what is to be done there."""
    for place, text in texts_in(data):
        if found := _MARK.search(text):
            what = " ".join(found[1].split()).removeprefix("to write: ")
            yield place, _STILL_A_DRAFT if found[0] == DRAFT else f"to write: {what}."


def path_of(place: Place) -> str:
    """``place`` as a person reads it: the keys that lead there, without the numbers of lists."""
    return ".".join(key for key in place if isinstance(key, str))
