"""The web application: everything wired together, in reading order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.content.load import load_library
from trialog.operation.memory import give_memory_back
from trialog.settings import Settings
from trialog.web import api, menu, pages, sheet
from trialog.web.headers import add_headers
from trialog.web.keys import ASSISTANT, LIBRARY, MENU, SETTINGS, Assistant
from trialog.web.limits import rate_limit, rates_of
from trialog.web.observe import observe
from trialog.web.problems import answer_problems

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

# How often idle conversations are looked for.
EXPIRY_SECONDS = 60


def create_app(settings: Settings, engine: Engine | None = None) -> web.Application:
    """The application that serves ``engine``; without one it answers ``not_ready`` until its ``Assistant`` gets one."""
    rates = rates_of(settings)
    limiters = [rate_limit(settings, rates)] if settings.requests_a_minute else []
    app = web.Application(middlewares=[observe, add_headers(settings), answer_problems, *limiters], client_max_size=api.MAX_BODY_BYTES)
    app[SETTINGS] = settings
    app[LIBRARY] = engine.library if engine else load_library(settings.content, settings.trial)
    app[MENU] = api.menu_payloads(app[LIBRARY])
    app[ASSISTANT] = Assistant(engine)
    api.setup_routes(app)
    menu.setup_routes(app)
    sheet.setup_routes(app)
    pages.setup_routes(app)
    app.cleanup_ctx.append(expire_conversations)
    app.on_cleanup.append(rates.close)
    return app


async def expire_conversations(app: web.Application) -> AsyncIterator[None]:
    """While the server runs, forget idle conversations."""

    async def expire() -> None:
        while True:
            await asyncio.sleep(EXPIRY_SECONDS)
            if engine := app[ASSISTANT].engine:
                await engine.conversations.expire()
            give_memory_back()

    task = asyncio.create_task(expire())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
