"""What is told of a fault: its kind and its place in the code, never its words, which may hold what a family typed."""

from __future__ import annotations

import logging
from pathlib import Path
from types import FrameType

from trialog import metrics

logger = logging.getLogger(__name__)


class HungError(Exception):
    """A turn took too long; ``place`` is where it was."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class SilenceError(Exception):
    """A turn ended without a reply."""


class ResponseMissingError(Exception):
    """An action asked for a response that the domain does not have."""


def report(where: str, error: BaseException, name: str = "") -> None:
    """Log and count a fault: ``where`` is the part that broke, ``name`` which of its kind."""
    kind = type(error).__name__
    place = error.place if isinstance(error, HungError) else place_of_error(error)
    metrics.FAULTS.labels(where, kind).inc()
    about = {"where": where, "name": name, "error": kind, "place": place}
    message = "fault in %s: %s at %s"
    logger.error(message, " ".join(filter(None, (where, name))), kind, place, extra={"about": about})


def place_of_error(error: BaseException) -> str:
    """File and line that raised ``error``; ``?`` for one that was never raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return place_of(trace.tb_frame, trace.tb_lineno) if trace else "?"


def place_of(frame: FrameType, line: int) -> str:
    """``file.py:line`` of a frame."""
    return f"{Path(frame.f_code.co_filename).name}:{line}"
