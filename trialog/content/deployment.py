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
from trialog.content.model import DEFAULT_COUNTRY, Library
from trialog.settings import Settings, SettingsError


@dataclass(frozen=True)
class Deployment:
    """The settings of one assistant, and its content as it was when it was loaded."""

    settings: Settings
    library: Library

    def __post_init__(self) -> None:
        """Raises SettingsError where the settings name a study or a country that the content does not have."""
        _check_known("trial", self.settings.trial, sorted(self.library.studies), bool(self.library.studies.get(self.settings.trial)))
        countries = sorted(set(self.library.help_lines) - {DEFAULT_COUNTRY})
        _check_known("country", self.settings.country, countries, bool(self.library.country_of(self.settings.country)))

    @classmethod
    def load(cls, settings: Settings) -> Deployment:
        """Read the content that ``settings`` name; raises ContentError with every fault found."""
        return cls(settings, load_library(settings.content, settings.trial))

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


def _check_known(name: str, value: str, known: list[str], is_known: bool) -> None:
    if value and not is_known:
        raise SettingsError(f"TRIALOG_{name.upper()} must be one of {', '.join(known)}, not '{value}'")


_handed_in: ContextVar[Deployment | None] = ContextVar("deployment", default=None)


@cache
def _of_environment(settings: Settings) -> Deployment:
    """One for all components of a ``rasa`` command, which reads its content once."""
    return Deployment.load(settings)
