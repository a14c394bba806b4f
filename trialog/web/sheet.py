"""The sheet for the appointment, as a page to print and as a PDF."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import structs

from trialog.content import typeset
from trialog.content.interview import Interview
from trialog.content.model import Study
from trialog.content.placeholders import fill
from trialog.content.replies.talk import START
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.sheet import Sheet, sheet_of
from trialog.web.api import conversation_of, engine_of
from trialog.web.keys import ASSISTANT, library_of
from trialog.web.problems import ProblemError

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)

# What the PDF needs of the content's words.
_WORDS = ("answers", "point", "answer", "says", "open_points", "no_open_points", "ask", "own_questions", "kept")


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
            library = library_of(request)
            said = library.problems[problem.name]
            text = _TEMPLATES.get_template("no_sheet.html").render(detail=said.detail, words=library.interview.sheet)
            return web.Response(text=text, content_type="text/html", status=said.status, headers=problem.headers)

    return answer


@_kind
async def page(request: web.Request) -> web.Response:
    """The sheet as a page."""
    words = library_of(request).interview.sheet
    text = _TEMPLATES.get_template("sheet.html").render(sheet=await _sheet(request), words=words)
    return web.Response(text=text, content_type="text/html")


@_kind
async def pdf(request: web.Request) -> web.Response:
    """The sheet as a PDF to save."""
    body = await asyncio.to_thread(as_pdf, await _sheet(request), library_of(request).interview)
    headers = {"Content-Disposition": 'attachment; filename="points-for-the-doctor.pdf"'}
    return web.Response(body=body, content_type="application/pdf", headers=headers)


async def _sheet(request: web.Request) -> Sheet:
    """What the family has answered and checked; where there is nothing yet, what to ask the doctor."""
    # Told from the content that it was asked from.
    engine = request.app[ASSISTANT].answers(await conversation_of(request)) or engine_of(request)
    library = engine.library
    slots = await engine.slots(request.match_info["id"])
    study, kept = library.study_of(slots.get("study") or ""), slots.get("questionnaire")
    if library.keeps_back(START, study):
        study, kept = structs.replace(study, criteria={}, groups={}), None
    if not kept or kept["stage"] != Stage.RESULT:
        sheet = questions_for(study, library.interview, date.today())
    else:
        sheet = once(sheet_of(Questionnaire.from_json(kept), study, library.interview, date.today()))
    if script := request.app[ASSISTANT].scripts.get(engine.edition):
        # So that the doctor can look up what the assistant may have said.
        return replace(sheet, made=f"{sheet.made} {fill(library.interview.sheet.script, {'script': script})}")
    return sheet


def questions_for(study: Study, interview: Interview, today: date) -> Sheet:
    """The sheet of a family that has not gone through the questions: what to ask about each point of the page."""
    words = interview.sheet
    empty = sheet_of(Questionnaire(), study, interview, today)
    return replace(empty, title=words.title_questions, not_a_decision=words.only_questions, open_points=())


def once(sheet: Sheet) -> Sheet:
    """``sheet`` without the first sentence of a reason where it says the verdict, which stands above it."""
    points = (replace(point, reason=_without_verdict(point.reason, point.verdict_words)) for point in sheet.points)
    return replace(sheet, points=tuple(points))


def _without_verdict(reason: str, verdict: str) -> str:
    first, _, rest = reason.partition(". ")
    return rest if verdict.lower() in first.lower() else reason


def as_pdf(sheet: Sheet, interview: Interview) -> bytes:
    """``sheet`` as a PDF file."""
    words = {name: getattr(interview.sheet, name) for name in _WORDS}
    return typeset.as_pdf(_FOLDER / "sheet.typ", {"sheet": asdict(sheet), "words": words})
