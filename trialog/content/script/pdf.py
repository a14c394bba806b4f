"""The script as a PDF to sign."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, SimpleDocTemplate, Spacer

from trialog.content.model import Library
from trialog.content.script.approvals import Approval, standing
from trialog.content.script.paper import HOW_TO_READ, SIGN, TITLE, about, again, around, counted, page_says
from trialog.content.script.script import Piece, Script

# The letters of most languages; the fonts that every PDF reader has know Western ones only.
_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"

_INK, _GREY = HexColor("#212b32"), HexColor("#4c6272")

_NOT_DRAWN = "(The letters of this language are printed by the HTML page only.)"


def as_pdf(script: Script, library: Library, approvals: Mapping[str, Approval], today: date) -> bytes:
    """The script as a PDF file, with its hash on every page."""
    styles = _styles()
    file = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 20 * mm)
    document = SimpleDocTemplate(file, pagesize=A4, title=f"{TITLE} ({script.hash})", author="Trialog", lang="en", **margins)

    def foot(canvas: Canvas, _: object) -> None:
        canvas.setFont(_FONT, 8)
        canvas.drawString(20 * mm, 12 * mm, f"Script {script.hash}, {today}")
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, str(canvas.getPageNumber()))

    document.build(list(_story(script, library, approvals, today, styles)), onFirstPage=foot, onLaterPages=foot)
    return file.getvalue()


def _styles() -> dict[str, ParagraphStyle]:
    for name in (_FONT, _BOLD):
        pdfmetrics.registerFont(TTFont(name, Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"))
    text = ParagraphStyle("text", fontName=_FONT, fontSize=9.5, leading=13, textColor=_INK, spaceAfter=5, leftIndent=4 * mm)
    return {
        "text": text,
        "plain": ParagraphStyle("plain", parent=text, leftIndent=0),
        "small": ParagraphStyle(
            "small", parent=text, fontSize=7.5, leading=10, textColor=_GREY, leftIndent=0, spaceAfter=1, keepWithNext=1
        ),
        "piece": ParagraphStyle("piece", parent=text, fontName=_BOLD, leftIndent=0, spaceBefore=8, spaceAfter=1, keepWithNext=1),
        "chapter": ParagraphStyle("chapter", parent=text, fontName=_BOLD, fontSize=14, leading=20, leftIndent=0, keepWithNext=1),
        "title": ParagraphStyle("title", parent=text, fontName=_BOLD, fontSize=19, leading=25, leftIndent=0),
    }


def _story(
    script: Script, library: Library, approvals: Mapping[str, Approval], today: date, styles: Mapping[str, ParagraphStyle]
) -> Iterator[Flowable]:
    yield Paragraph(TITLE, styles["title"])
    for line in (about(library), f"Script {script.hash}, printed on {today}. {counted(script, approvals)}", HOW_TO_READ):
        yield Paragraph(escape(line), styles["plain"])
    for chapter, pieces in script.chapters():
        yield CondPageBreak(60 * mm)
        yield Spacer(0, 6 * mm)
        yield Paragraph(f"{escape(chapter)} ({len(pieces)})", styles["chapter"])
        for piece in pieces:
            yield from _piece(piece, str(standing(piece, approvals)), styles)


def _piece(piece: Piece, how_it_stands: str, styles: Mapping[str, ParagraphStyle]) -> Iterator[Flowable]:
    yield CondPageBreak(30 * mm)
    yield Paragraph(escape(piece.title), styles["piece"])
    yield Paragraph(escape(f"{piece.key} · {piece.hash} · {how_it_stands}"), styles["small"])
    if told := page_says(piece):
        yield Paragraph(escape(told), styles["small"])
    for words in piece.shown:
        if told := around(words):
            yield Paragraph(escape(told), styles["small"])
        text = words.text if _can_be_drawn(words.text) else _NOT_DRAWN
        yield Paragraph(escape(text).replace("\n", "<br/>"), styles["text"])
    if told := again(piece):
        yield Paragraph(escape(told), styles["small"])
    yield Paragraph(f"{SIGN} {'_' * 60}", styles["plain"])


def _can_be_drawn(text: str) -> bool:
    """False for letters that the font has not, and for scripts written from right to left, whose letters would stand apart."""
    known = pdfmetrics.getFont(_FONT).face.charToGlyph
    return all(ch.isspace() or (ord(ch) in known and unicodedata.bidirectional(ch) not in ("R", "AL")) for ch in text)
