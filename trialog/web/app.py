"""The web application: everything wired together, in reading order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.content.edition import wanted
from trialog.content.script.kept_back import load_served
from trialog.operation import faults
from trialog.operation.memory import give_memory_back
from trialog.settings import Settings
from trialog.web import api, menu, pages, sheet
from trialog.web.handoff import Handoff
from trialog.web.headers import add_headers
from trialog.web.keys import ASSISTANT, HANDOFF, SETTINGS, Assistant
from trialog.web.limits import rate_limit, rates_of
from trialog.web.observe import observe
from trialog.web.problems import answer_problems
from trialog.web.reload import look_at_content
from trialog.web.script import note_script

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

Work = Callable[[web.Application], Awaitable[None]]

# How often the file of switches is looked at, whether or not anybody asks something.
SWITCHES_SECONDS = 2

# How often is looked if other content is wanted.
CONTENT_SECONDS = 2

# How often what was counted is written down, if it is.
COUNTS_SECONDS = 60

# How often idle conversations are looked for.
EXPIRY_SECONDS = 60


def create_app(settings: Settings, engine: Engine | None = None) -> web.Application:
    """The application that serves ``engine``; without one it answers ``not_ready`` until its ``Assistant`` gets one."""
    rates = rates_of(settings)
    limiters = [rate_limit(settings, rates)] if settings.requests_a_minute else []
    app = web.Application(middlewares=[observe, add_headers(settings), answer_problems, *limiters], client_max_size=api.MAX_BODY_BYTES)
    app[SETTINGS] = settings
    library = engine.library if engine else load_served(settings)
    # What was wanted before the start has nothing to do with what was read now.
    app[ASSISTANT] = Assistant(library, api.menu_payloads(library), engine, done_with=wanted(settings.content))
    app[HANDOFF] = Handoff(settings.handoff_webhook)
    api.setup_routes(app)
    menu.setup_routes(app)
    sheet.setup_routes(app)
    pages.setup_routes(app)
    app.cleanup_ctx.append(_again_and_again(EXPIRY_SECONDS, expire_conversations))
    app.cleanup_ctx.append(_again_and_again(COUNTS_SECONDS, write_counts))
    app.cleanup_ctx.append(_again_and_again(SWITCHES_SECONDS, look_at_switches))
    app.cleanup_ctx.append(_again_and_again(CONTENT_SECONDS, look_at_content))
    app.cleanup_ctx.append(_again_and_again(CONTENT_SECONDS, note_script))
    app.on_cleanup.extend([write_counts, rates.close, tell_the_last])
    return app


async def expire_conversations(app: web.Application) -> None:
    """Forget idle conversations."""
    if engine := app[ASSISTANT].engine:
        await engine.conversations.expire()
    give_memory_back()


async def look_at_switches(app: web.Application) -> None:
    """Take over what was switched, also while nobody asks anything."""
    if engine := app[ASSISTANT].engine:
        engine.switches.now()


async def write_counts(app: web.Application) -> None:
    """Write what was counted; the disk may be slow, so in a thread."""
    if engine := app[ASSISTANT].engine:
        await asyncio.to_thread(engine.counts.flush)


async def tell_the_last(app: web.Application) -> None:
    """Let the hospital hear of everybody who asked for a person."""
    await app[HANDOFF].close()


def _again_and_again(seconds: float, work: Work) -> Callable[[web.Application], AsyncIterator[None]]:
    """Does ``work`` every so many ``seconds`` while the server runs."""

    async def running(app: web.Application) -> AsyncIterator[None]:
        async def repeat() -> None:
            while True:
                await asyncio.sleep(seconds)
                try:
                    await work(app)
                except Exception as error:
                    # What could not be done now may be done the next time; idle conversations must not stay for good.
                    faults.report("housekeeping", error)

        task = asyncio.create_task(repeat())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return running
