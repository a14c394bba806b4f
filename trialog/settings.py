"""Every setting, read once from the environment (``TRIALOG_...``). docs/operator.md lists them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names the variable and the mend."""


@dataclass(frozen=True)
class Settings:
    """The settings and their defaults; the comment above each is its documentation."""

    # Where the server listens.
    host: str = "127.0.0.1"
    port: int = 8080
    # The study a conversation is about unless it names one; empty takes the first folder of content/trials.
    trial: str = ""
    # ISO code of the country whose emergency and crisis numbers are given; empty gives 112.
    country: str = ""
    # Folders, relative to where the command runs.
    content: Path = Path("content")
    models: Path = Path("models")
    # Folder with model.onnx and tokenizer.json of another sentence encoder; empty takes the bundled one.
    encoder: str = ""
    # Minutes after which an idle conversation is deleted.
    idle_minutes: int = 30
    # Requests a minute from one address, or "off".
    rate_limit: str = "120"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``TRIALOG_<NAME>`` for every field; raises SettingsError for a value of the wrong kind."""
        given = {f.name: environment[f"TRIALOG_{f.name.upper()}"] for f in fields(cls) if f"TRIALOG_{f.name.upper()}" in environment}
        settings = cls(**{name: _convert(name, text) for name, text in given.items()})
        if settings.rate_limit != "off":
            _convert("port", settings.rate_limit, "rate_limit")
        return settings

    @property
    def requests_a_minute(self) -> int | None:
        """The rate limit as a number, None when it is off."""
        return None if self.rate_limit == "off" else int(self.rate_limit)


def _convert(name: str, text: str, shown_as: str | None = None) -> Any:
    kind = type(getattr(Settings, name))
    if kind is not int:
        return kind(text)
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(f"TRIALOG_{(shown_as or name).upper()} must be a whole number above 0, not '{text}'")
    return int(text)
