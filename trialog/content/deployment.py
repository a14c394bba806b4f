"""What an assistant is built on: its settings and the content they name.

Rasa builds graph components and the actions of its action server without arguments of ours. So they take the deployment
that is current while they are built: the one an engine hands in, or under plain ``rasa`` commands that of the environment.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.settings import Settings


@dataclass(frozen=True)
class Deployment:
    """The settings of one assistant, and its content as it was when it was loaded."""

    settings: Settings
    library: Library

    @classmethod
    def load(cls, settings: Settings) -> Deployment:
        """Read the content that ``settings`` name; raises ContentError with every fault found."""
        return cls(settings, load_library(settings.content))

    @classmethod
    def current(cls) -> Deployment:
        """The one handed in to what is being built now; without one, that of the environment."""
        return _handed_in.get() or _of_environment(Settings.from_environment())

    @contextlib.contextmanager
    def handed_in(self) -> Iterator[None]:
        """What is built inside is built on this deployment."""
        token = _handed_in.set(self)
        try:
            yield
        finally:
            _handed_in.reset(token)


_handed_in: ContextVar[Deployment | None] = ContextVar("deployment", default=None)


@cache
def _of_environment(settings: Settings) -> Deployment:
    """One for all components of a ``rasa`` command, which reads its content once."""
    return Deployment.load(settings)
