"""The web application: everything wired together, in reading order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from trialog.content.load import load_library
from trialog.engine import Engine
from trialog.memory import give_memory_back
from trialog.settings import Settings
from trialog.web import api
from trialog.web.keys import ENGINE, LIBRARY, SETTINGS
from trialog.web.limits import rate_limit
from trialog.web.problems import answer_problems

STATIC = Path(__file__).parent / "static"

# How often idle conversations are looked for.
EXPIRY_SECONDS = 60

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: Settings, engine: Engine) -> web.Application:
    """The application that serves ``engine``."""
    limiters = [rate_limit(settings.requests_a_minute)] if settings.requests_a_minute else []
    app = web.Application(middlewares=[add_headers, answer_problems, *limiters], client_max_size=api.MAX_BODY_BYTES)
    app[SETTINGS] = settings
    app[LIBRARY] = load_library(settings.content)
    app[ENGINE] = engine
    api.setup_routes(app)
    app.router.add_get("/", index)
    app.router.add_static("/static", STATIC)
    app.cleanup_ctx.append(expire_conversations)
    return app


async def index(request: web.Request) -> web.FileResponse:
    """The page with the chat."""
    return web.FileResponse(STATIC / "index.html")


@web.middleware
async def add_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The security headers on every response; API answers are never cached."""
    response = await handler(request)
    response.headers.update(SECURITY_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store" if request.path.startswith("/api/") else "no-cache")
    return response


async def expire_conversations(app: web.Application) -> AsyncIterator[None]:
    """While the server runs, forget idle conversations."""

    async def expire() -> None:
        while True:
            await asyncio.sleep(EXPIRY_SECONDS)
            app[ENGINE].conversations.expire()
            give_memory_back()

    task = asyncio.create_task(expire())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
