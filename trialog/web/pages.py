"""The pages: the chat's script, the example hospital page and the kiosk. Their sources are in ``static/``."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import json
import re
from pathlib import Path
from string import Template
from typing import Any

import segno
from aiohttp import web
from aiohttp.typedefs import Handler

from trialog.content.model import Study
from trialog.web.keys import library_of
from trialog.web.menu import not_offered
from trialog.web.problems import ProblemError

STATIC = Path(__file__).parent / "static"
CHAT = STATIC / "chat"

# The last source, which needs all others.
CHAT_ENTRY = "element.js"

# In the script itself; the others are loaded where they are wanted.
FIRST_LANGUAGE = "en"

_IMPORT = re.compile(r"^import .* from '\./([a-z_]+\.js)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(//|/\*\*|\*).*\n", re.MULTILINE)
_TYPE = re.compile(r"/\*\* @\w+ .*?\*/ ?")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
# In a style sheet only: a space before a colon means something there, one after it does not.
_STYLE_SPACE = re.compile(r"\s*;?\s*(})\s*|\s*([{;,])\s*|(?<=:)\s+")
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def setup_routes(app: web.Application) -> None:
    """Add the pages and the chat's script to ``app``."""
    app.router.add_get("/", example_page)
    app.router.add_get("/kiosk", kiosk)
    app.router.add_get("/kiosk/study-page.svg", study_page_code)
    app.router.add_get("/trialog-chat.js", _script(chat_script()))
    app.router.add_get("/api/words/{language}", words)
    app.router.add_static("/static", STATIC)


def chat_script() -> str:
    """``<trialog-chat>`` as one script: the modules of ``static/chat`` in the order they need each other, with style and words.

    Nothing is translated, so what a browser runs can be read here. Inside one function the modules need no ``import`` and
    ``export``; those two words are taken away, and what families would load for nothing: comments and the room before a line.
    """
    words = interface_words()
    languages = {language: said["itself"] for language, said in words.items()}
    style = _STYLE_SPACE.sub(r"\1\2", _STYLE_COMMENT.sub("", (CHAT / "style.css").read_text(encoding="utf-8")))
    resources = {"STYLE": style, "WORDS": {FIRST_LANGUAGE: words[FIRST_LANGUAGE]}, "LANGUAGES": languages}
    constants = [f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in resources.items()]
    return "\n".join(["(() => {\n'use strict';", *constants, *_in_order(CHAT_ENTRY, []).values(), "})();\n"])


def interface_words() -> dict[str, dict[str, Any]]:
    """The words around the replies, by language."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted((CHAT / "words").glob("*.json"))}


async def words(request: web.Request) -> web.Response:
    """The words of a language that is not in the script; 404 where there is none."""
    found = interface_words().get(request.match_info["language"])
    if found is None:
        raise ProblemError("not_found")
    return web.json_response(found, headers={"Cache-Control": "public, max-age=300"})


def _in_order(module: str, above: list[str]) -> dict[str, str]:
    """The source of ``module`` after those it imports, by name, without imports and exports."""
    source = (CHAT / module).read_text(encoding="utf-8")
    sources: dict[str, str] = {}
    for needed in _IMPORT.findall(source):
        if needed in above:
            raise ValueError(f"{module} and {needed} need each other")
        sources |= {name: text for name, text in _in_order(needed, [*above, module]).items() if name not in sources}
    return sources | {module: _without_comments(_EXPORT.sub("", _IMPORT.sub("", source)))}


def _without_comments(source: str) -> str:
    """``source`` without comments and indentation. Types go first: code may follow them in their line."""
    return _INDENT.sub("", _COMMENT.sub("", _TYPE.sub("", source)))


def script_version(body: bytes) -> str:
    """Names a version of the script: another text is another version."""
    return hashlib.sha256(body).hexdigest()[:32]


def _script(text: str) -> Handler:
    """A handler that sends the script compressed as well as can be, to any site, and only when the browser does not have it yet.

    Who asks for this very version (``?v=``) may keep it; a page that names a hash needs the header for any origin.
    """
    body = text.encode()
    small, tag = gzip.compress(body, mtime=0), script_version(body)
    common = {"Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Accept-Encoding", "Access-Control-Allow-Origin": "*"}

    async def send(request: web.Request) -> web.Response:
        kept = "public, max-age=31536000, immutable" if request.query.get("v") == tag else "no-cache"
        headers = {**common, "Cache-Control": kept}
        if any(known.value in (tag, "*") for known in request.if_none_match or ()):
            response = web.Response(status=304, headers=headers)
        else:
            unpacks = "gzip" in request.headers.get("Accept-Encoding", "")
            packed = {"Content-Encoding": "gzip"} if unpacks else {}
            response = web.Response(
                body=small if unpacks else body, content_type="text/javascript", charset="utf-8", headers={**headers, **packed}
            )
        response.etag = tag
        return response

    return send


async def example_page(request: web.Request) -> web.FileResponse:
    """A hospital's study page, made for show, with the chat in it."""
    return web.FileResponse(STATIC / "example" / "index.html")


async def kiosk(request: web.Request) -> web.Response:
    """The page of a shared touch screen. ``?trial=`` names the study, ``?printing=on`` allows the sheet."""
    library, study = library_of(request), _study(request)
    page = Template((STATIC / "kiosk" / "index.html").read_text(encoding="utf-8"))
    text = page.substitute(
        trial=html.escape(study.id),
        title=html.escape(study.title),
        about=html.escape(study.about),
        printing="printing" if request.query.get("printing") == "on" else "",
        choices="".join(_choice(library.title(topic, study)) for topic in study.suggested if topic not in not_offered(request, study)),
        code_hidden="" if study.url else "hidden",
    )
    return web.Response(text=text, content_type="text/html")


def _choice(choice: str) -> str:
    shown = html.escape(choice)
    return f'<li><button type="button" class="big" data-choice="{shown}">{shown}</button></li>'


async def study_page_code(request: web.Request) -> web.Response:
    """The address of the study page as a QR code, for a visitor's own phone; 404 where the content names no address."""
    study = _study(request)
    if not study.url:
        raise ProblemError("not_found")
    image = io.BytesIO()
    segno.make(study.url, micro=False).save(image, kind="svg", scale=8, border=4, light="#fff")
    return web.Response(body=image.getvalue(), content_type="image/svg+xml")


def _study(request: web.Request) -> Study:
    """The study the page is about: named in its address, else the default one."""
    library, named = library_of(request), request.query.get("trial", "")
    if named and named not in library.studies:
        raise ProblemError("unknown_trial")
    return library.study_of(named)
