"""What libraries say that nobody here can act on, silenced in this one place. Every other warning and every error is shown."""

from __future__ import annotations

import logging
import os
import re
import warnings
from typing import TextIO

import structlog

# How a warning begins, and why it is none of ours.
KNOWN: dict[str, str] = {
    "pkg_resources is deprecated as an API": "Rasa and apscheduler use it; the lock holds setuptools below 81",
    "Slot auto-fill has been removed": "Rasa tells everybody; its own command line silences it, too",
    "The following duplicated intents": "Rasa names each retrieval intent twice itself, for the domain and for the responses",
    "You have defined training data with examples for training a response selector": "our classifier does the selector's work",
    "The example '.*' was found labeled with multiple different intents": "what a message does is learned apart from its topic (data/acts)",
    "The intent 'switch_study' is listed in the domain file": "only its buttons say it; nobody types it",
    r"The utterance '\S+' is not used in any story or rule": "Rasa does not look into the actions, which use it",
}

_KNOWN = re.compile("|".join(KNOWN))


def silence() -> None:
    """To be called before the libraries are imported, because some warn at once.

    It decides where warnings are shown and not by a filter: Sanic puts a filter of its own before everybody's.
    """
    show = warnings.showwarning

    def show_unless_chatter(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
    ) -> None:
        if not is_chatter(message, category):
            show(message, category, filename, lineno, file, line)

    warnings.showwarning = show_unless_chatter
    # Rasa was written for SQLAlchemy 1, and the lock holds it there.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # Rasa draws a progress bar for each of a dozen steps of a few milliseconds unless its log is this quiet.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    # Rasa tells every step of its rules by structlog, which shows everything unless told otherwise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def is_chatter(message: Warning | str, category: type[Warning]) -> bool:
    """True for a warning that is known, or meant for whoever keeps a library up and not for whoever runs it."""
    return issubclass(category, DeprecationWarning) or bool(_KNOWN.match(str(message)))
