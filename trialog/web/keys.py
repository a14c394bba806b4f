"""What the parts of the web application share, by typed key."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.assistant.conversations import Conversation
from trialog.content.edition import Wanted
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.web.handoff import Handoff

if TYPE_CHECKING:
    # Loading Rasa takes seconds; the server listens meanwhile.
    from trialog.assistant.engine import Engine


@dataclass
class Earlier:
    """An engine with earlier content, and when it was last needed."""

    engine: Engine
    needed: float


@dataclass
class Assistant:
    """The content of now and the engine, once it is loaded; and those in whose content conversations still go on."""

    library: Library
    # What the buttons of the menu send, which is always at hand.
    menu: frozenset[str]
    engine: Engine | None = None
    earlier: dict[str, Earlier] = field(default_factory=dict)
    # The hash of what can be said, by the content, once it is worked out.
    scripts: dict[str, str] = field(default_factory=dict)
    # What was last wanted, be it taken over or refused.
    done_with: Wanted | None = None

    def answers(self, conversation: Conversation) -> Engine | None:
        """The engine with the content that ``conversation`` began with, where that is still there; else the one of now."""
        known = self.earlier.get(conversation.about.get("edition", ""))
        if known is None:
            return self.engine
        known.needed = time.monotonic()
        return known.engine

    def take_over(self, engine: Engine, menu: frozenset[str]) -> None:
        """Begin every conversation with the content of ``engine`` from now on."""
        if self.engine:
            self.earlier[self.engine.edition] = Earlier(self.engine, time.monotonic())
        # Content that was taken back is no earlier one.
        self.earlier.pop(engine.edition, None)
        self.engine, self.library, self.menu = engine, engine.library, menu

    def let_go(self, idle_seconds: float) -> None:
        """Forget earlier content that was not needed for so long that none of its conversations can still live."""
        for edition, one in list(self.earlier.items()):
            if time.monotonic() - one.needed > idle_seconds:
                del self.earlier[edition]
                one.engine.close()


SETTINGS = web.AppKey("settings", Settings)
ASSISTANT = web.AppKey("assistant", Assistant)
HANDOFF = web.AppKey("handoff", Handoff)
# Of a request: the conversation in its address, once it is found.
CONVERSATION = web.RequestKey("conversation", Conversation)


def library_of(request: web.Request) -> Library:
    """The content of now."""
    return request.app[ASSISTANT].library
