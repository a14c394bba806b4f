"""The script as a PDF to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from trialog.content import typeset
from trialog.content.model import Library
from trialog.content.script.approvals import Approval, standing
from trialog.content.script.paper import HOW_TO_READ, SIGN, TITLE, about, again, around, counted, page_says
from trialog.content.script.script import Piece, Script

_TEMPLATE = Path(__file__).with_name("script.typ")


def as_pdf(script: Script, library: Library, approvals: Mapping[str, Approval], today: date) -> bytes:
    """The script as a PDF file, with its hash on every page."""
    chapters = [
        {"title": f"{chapter} ({len(pieces)})", "pieces": [_piece(piece, str(standing(piece, approvals))) for piece in pieces]}
        for chapter, pieces in script.chapters()
    ]
    top = [about(library), f"Script {script.hash}, printed on {today}. {counted(script, approvals)}", HOW_TO_READ]
    foot = f"Script {script.hash}, {today}"
    return typeset.as_pdf(_TEMPLATE, {"title": TITLE, "top": top, "foot": foot, "sign": SIGN, "chapters": chapters})


def _piece(piece: Piece, how_it_stands: str) -> dict[str, Any]:
    return {
        "title": piece.title,
        "about": [f"{piece.key} · {piece.hash} · {how_it_stands}", *filter(None, [page_says(piece)])],
        "words": [{"around": around(words), "text": words.text} for words in piece.shown],
        "again": again(piece),
    }
