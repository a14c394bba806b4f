"""The hash of the script, which stands for all that the assistant can say (`trialog script`): shown by the API and on the sheet."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from trialog.content.model import Library
from trialog.content.script.script import RESPONSES, read_script
from trialog.web.keys import ASSISTANT, SETTINGS


async def note_script(app: web.Application) -> None:
    """Work the hash out for the content of now, once; it takes a second, so in a thread, and families do not wait for it."""
    assistant = app[ASSISTANT]
    if (engine := assistant.engine) and engine.edition not in assistant.scripts:
        assistant.scripts[engine.edition] = await asyncio.to_thread(_hash, engine.library, app[SETTINGS].content)


def _hash(library: Library, content: Path) -> str:
    """Empty where the fixed wording is not at hand, but in the model only."""
    return read_script(library, content, RESPONSES).hash if RESPONSES.is_dir() else ""
