"""The assistant for verbs that look at what it answers, not at how fast a busy machine does."""

from __future__ import annotations

from trialog.assistant import engine as assistant
from trialog.assistant.engine import Engine
from trialog.content.model import Library
from trialog.settings import Settings

# A reply may take so long.
SECONDS = 120


def patient_engine(settings: Settings, library: Library | None = None) -> Engine:
    """The assistant as ``Engine.load`` loads it, which takes its time for an answer."""
    assistant.REPLY_SECONDS = assistant.DANGER_SECONDS = SECONDS
    return Engine.load(settings, library)
