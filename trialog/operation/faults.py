"""What is told of a fault: its kind and its place in the code, never its words, which may hold what a family typed."""

from __future__ import annotations

import logging
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from trialog.operation import metrics

logger = logging.getLogger(__name__)

_STANDARD_LIBRARY = sysconfig.get_path("stdlib")


class HungError(Exception):
    """A turn took too long; ``place`` is where it was."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class SilenceError(Exception):
    """A turn ended without a reply."""


class ResponseMissingError(Exception):
    """An action asked for a response that the domain does not have."""


class StoreAwayError(Exception):
    """Redis or PostgreSQL cannot be reached now, or does not do what it should. It was reported where that was found."""


def report(where: str, error: BaseException, name: str = "") -> None:
    """Log and count a fault: ``where`` is the part that broke, ``name`` which of its kind."""
    while error.__cause__:  # Rasa wraps what its components raise
        error = error.__cause__
    kind = type(error).__name__
    place = error.place if isinstance(error, HungError) else place_of_error(error)
    metrics.FAULTS.labels(where, kind).inc()
    about = {"where": where, "name": name, "error": kind, "place": place}
    message = "fault in %s: %s at %s"
    logger.error(message, " ".join(filter(None, (where, name))), kind, place, extra={"about": about})


def place_of_error(error: BaseException) -> str:
    """File and line that raised ``error``; ``?`` for one that was never raised."""
    frames, trace = [], error.__traceback__
    while trace:
        frames.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return place_of(frames)


def place_of(frames: Iterable[tuple[FrameType, int]]) -> str:
    """``file.py:line`` of the last of ``frames`` that is not in Python's own library; ``?`` without any."""
    places = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
    known = [place for place in places if "site-packages" in place[0].parts or not place[0].is_relative_to(_STANDARD_LIBRARY)]
    file, line = (known or places or [(Path("?"), 0)])[-1]
    return f"{file.name}:{line}" if line else "?"
