"""The sheet for the appointment, as a page to print and as a PDF."""

from __future__ import annotations

import functools
import io
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, HRFlowable, ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from trialog.content.interview import Interview, SheetWords
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.sheet import Sheet, sheet_of
from trialog.web.api import conversation_of, engine_of
from trialog.web.keys import LIBRARY
from trialog.web.problems import ProblemError

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined)

# DejaVu has every letter of Europe and is embedded, so that a name of a disease or a town prints anywhere. It comes with matplotlib,
# which Rasa needs; only its folder is looked up, the library is not loaded.
_FONT, _FONT_BOLD = "DejaVuSans", "DejaVuSans-Bold"
for _name in (_FONT, _FONT_BOLD):
    pdfmetrics.registerFont(TTFont(_name, str(distribution("matplotlib").locate_file(f"matplotlib/mpl-data/fonts/ttf/{_name}.ttf"))))

_INK, _GREY = HexColor("#212b32"), HexColor("#4c6272")
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=11, leading=15, textColor=_INK, spaceAfter=6)
_SMALL = ParagraphStyle("small", parent=_TEXT, fontSize=9.5, leading=13, textColor=_GREY)
_BOLD = ParagraphStyle("bold", parent=_TEXT, fontName=_FONT_BOLD)
_HEADING = ParagraphStyle("heading", parent=_BOLD, fontSize=14, leading=18, spaceBefore=12)
_TITLE = ParagraphStyle("title", parent=_BOLD, fontSize=20, leading=24)

# Lines to write on, under the last heading.
_OWN_LINES = 4
_LINE_HEIGHT = 9 * mm


def setup_routes(app: web.Application) -> None:
    """Add the sheet to ``app``."""
    app.router.add_get("/api/conversations/{id}/sheet", page)
    app.router.add_get("/api/conversations/{id}/sheet.pdf", pdf)


def _kind(handler: Handler) -> Handler:
    """``handler``, with a page for people in place of a problem document where a browser asks."""

    @functools.wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ProblemError as problem:
            if "text/html" not in request.headers.get("Accept", ""):
                raise
            library = request.app[LIBRARY]
            said = library.problems[problem.name]
            text = _TEMPLATES.get_template("no_sheet.html").render(detail=said.detail, words=library.interview.sheet)
            return web.Response(text=text, content_type="text/html", status=said.status, headers=problem.headers)

    return answer


@_kind
async def page(request: web.Request) -> web.Response:
    """The sheet as a page."""
    words = request.app[LIBRARY].interview.sheet
    text = _TEMPLATES.get_template("sheet.html").render(sheet=await _sheet(request), words=words)
    return web.Response(text=text, content_type="text/html")


@_kind
async def pdf(request: web.Request) -> web.Response:
    """The sheet as a PDF to save."""
    body = as_pdf(await _sheet(request), request.app[LIBRARY].interview)
    headers = {"Content-Disposition": 'attachment; filename="points-for-the-doctor.pdf"'}
    return web.Response(body=body, content_type="application/pdf", headers=headers)


async def _sheet(request: web.Request) -> Sheet:
    engine, conversation, library = engine_of(request), request.match_info["id"], request.app[LIBRARY]
    await conversation_of(request)
    kept = await engine.slot(conversation, "questionnaire")
    study = library.studies.get(await engine.slot(conversation, "study") or "")
    if study is None or not kept or kept["stage"] != Stage.RESULT:
        raise ProblemError("no_sheet")
    return sheet_of(Questionnaire.from_json(kept), study, library.interview, date.today())


def as_pdf(sheet: Sheet, interview: Interview) -> bytes:
    """``sheet`` as a PDF file; its language and title are set for screen readers."""
    file = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 20 * mm)
    document = SimpleDocTemplate(
        file, pagesize=A4, title=f"{sheet.title} – {sheet.about}", author="Trialog", lang="en", initialFontName=_FONT, **margins
    )
    document.build(_story(sheet, interview))
    return file.getvalue()


def _story(sheet: Sheet, interview: Interview) -> list[Flowable]:
    words = interview.sheet
    top = [(sheet.title, _TITLE), (sheet.about, _BOLD), (sheet.made, _SMALL), (sheet.not_a_decision, _TEXT), (words.answers, _HEADING)]
    bottom = [(words.own_questions, _HEADING), *([(sheet.address, _SMALL)] if sheet.address else []), (words.kept, _SMALL)]
    still_open = [_bullets(sheet.open_points)] if sheet.open_points else [_paragraph(words.no_open_points, _TEXT)]
    return [
        *(_paragraph(text, style) for text, style in top),
        _points(sheet, words),
        _paragraph(words.open_points, _HEADING),
        *still_open,
        _paragraph(words.ask, _HEADING),
        _bullets(sheet.questions),
        _paragraph(*bottom[0]),
        *(HRFlowable(width="100%", thickness=0.5, color=_GREY, spaceBefore=_LINE_HEIGHT) for _ in range(_OWN_LINES)),
        Spacer(0, _LINE_HEIGHT),
        *(_paragraph(text, style) for text, style in bottom[1:]),
    ]


def _points(sheet: Sheet, words: SheetWords) -> Table:
    head = [_paragraph(text, _BOLD) for text in (words.point, words.answer, words.says)]
    rows = [
        [
            [_paragraph(point.title, _BOLD), _paragraph(point.says, _SMALL)],
            _paragraph(point.answer, _TEXT),
            [_paragraph(point.verdict_words, _BOLD), _paragraph(point.reason, _TEXT), _paragraph(point.section, _SMALL)],
        ]
        for point in sheet.points
    ]
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _GREY),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("FONT", (0, 0), (-1, -1), _FONT),
        ]
    )
    return Table([head, *rows], colWidths=[32 * mm, 52 * mm, 86 * mm], style=style, repeatRows=1)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)


def _bullets(texts: tuple[str, ...]) -> ListFlowable:
    return ListFlowable([_paragraph(text, _TEXT) for text in texts], bulletType="bullet", bulletFontName=_FONT, start="•", leftIndent=12)
