"""Whether a study takes new people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from trialog.content.shape import Shape


class State(StrEnum):
    """Whether new people can join a study, as its page says."""

    RECRUITING = "recruiting"
    PAUSED = "paused"
    CLOSED = "closed"
    COMPLETED = "completed"


class Status(Shape, frozen=True):
    """The state of a study, and since which day, where the page says it."""

    state: State
    since: date | None = None
