"""Takes changed content over while the server runs; conversations that go on finish with what they began with.

`trialog content reload` checks the content and says which one is wanted. Here it is loaded beside the one of now, in a thread, and
taken over if it is the very one that was checked; else it is refused, and nothing changes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.content.edition import Wanted, edition_of, wanted
from trialog.content.files import ContentError
from trialog.content.script.kept_back import load_served
from trialog.operation import faults
from trialog.operation.memory import give_memory_back
from trialog.operation.switches import audit
from trialog.settings import Settings, SettingsError
from trialog.web.api import menu_payloads
from trialog.web.keys import ASSISTANT, SETTINGS

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

logger = logging.getLogger(__name__)

# Each is an assistant of its own in memory.
MOST_EARLIER = 2


class RefusedError(Exception):
    """The content that is wanted is not taken over; the message says why."""


async def look_at_content(app: web.Application) -> None:
    """Take the content over that is wanted, if that was not looked at before."""
    settings, assistant = app[SETTINGS], app[ASSISTANT]
    assistant.let_go(60 * max(settings.idle_minutes, settings.kiosk_idle_minutes))
    engine, told = assistant.engine, wanted(settings.content)
    if engine is None or told is None or told == assistant.done_with:
        return
    assistant.done_with = told
    if told.edition == engine.edition:
        return
    try:
        if len(assistant.earlier) >= MOST_EARLIER:
            raise RefusedError(f"conversations still go on in {MOST_EARLIER} earlier contents: ask again when they have ended")
        new = await asyncio.to_thread(_load, settings, engine, told)
    except (RefusedError, ContentError, SettingsError) as error:
        logger.error("the content %s is not taken over: %s", told.edition, error)
        await asyncio.to_thread(_note, settings, "refused", told, str(error))
        return
    assistant.take_over(new, menu_payloads(new.library))
    give_memory_back()
    logger.warning("the content %s was taken over", told.edition)
    await asyncio.to_thread(_note, settings, "in effect", told)


def _load(settings: Settings, now: Engine, told: Wanted) -> Engine:
    """An engine beside the one of ``now``, with the same conversations, switches and counts; raises RefusedError."""
    from trialog.assistant.engine import Engine, ModelError

    if edition_of(settings.content) == told.edition:
        try:
            library = load_served(settings)
            new = Engine.load(settings, library, now.conversations, now.switches, now.counts)
        except ModelError as error:
            raise RefusedError(str(error)) from error
        if new.edition == told.edition:
            now.switches.know([*library.studies, *library.left_out])
            return new
        new.close()
    raise RefusedError("it was changed after it was checked: check it again with `trialog content reload`")


def _note(settings: Settings, event: str, told: Wanted, reason: str = "") -> None:
    """Who, when and why, beside what was switched."""
    change = {"change": "content", "what": told.edition, "by": told.by, "why": told.why}
    try:
        audit(settings.switches, event, [{**change, "reason": reason} if reason else change])
    except OSError as error:
        faults.report("audit", error)
