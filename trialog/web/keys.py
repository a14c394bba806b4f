"""What the parts of the web application share, by typed key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.assistant.conversations import Conversation
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.web.handoff import Handoff

if TYPE_CHECKING:
    # Loading Rasa takes seconds; the server listens meanwhile.
    from trialog.assistant.engine import Engine


@dataclass
class Assistant:
    """The engine, once it is loaded."""

    engine: Engine | None = None


SETTINGS = web.AppKey("settings", Settings)
LIBRARY = web.AppKey("library", Library)
ASSISTANT = web.AppKey("assistant", Assistant)
MENU = web.AppKey("menu", frozenset)
HANDOFF = web.AppKey("handoff", Handoff)
# Of a request: the conversation in its address, once it is found.
CONVERSATION = web.RequestKey("conversation", Conversation)
