"""The log: one JSON object a line, on standard error.

Only our own lines keep their words. Of any other library's line the log has the logger, the level, the place in the code
and the type of an exception: such a line may repeat what a family typed, or where from.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from trialog.operation import chatter, metrics
from trialog.operation.faults import place_of_error

OURS = "trialog"

# Lines of one place in the code that are written in so many seconds; whoever floods the server does not fill the disk.
LINES, SECONDS = 500, 10.0


class PrivateFormatter(logging.Formatter):
    """A log record as JSON, without any words that are not ours."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"), "level": record.levelname}
        if record.name.partition(".")[0] == OURS:
            line |= {"message": record.getMessage(), **getattr(record, "about", {})}
        else:
            line |= {"logger": record.name, "place": f"{record.filename}:{record.lineno}"}
        if record.exc_info and record.exc_info[1]:
            line |= {"error": type(record.exc_info[1]).__name__, "place": place_of_error(record.exc_info[1])}
        return json.dumps(line)


class NotTooMany(logging.Filter):
    """Lets so many lines of one place through at a time; the first line afterwards says how many were left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        # For each place: since when, and how many came.
        self._counted: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """True for a line that is to be written."""
        place, now = (record.pathname, record.lineno), self._clock()
        since, came = self._counted.get(place, (now, 0))
        if now - since >= SECONDS:
            if came > LINES:
                record.__dict__["about"] = {**getattr(record, "about", {}), "left_out_before": came - LINES}
            since, came = now, 0
        self._counted[place] = since, came + 1
        if came >= LINES:
            metrics.LINES_LEFT_OUT.inc()
        return came < LINES


def setup_logging(level: str) -> None:
    """Log to standard error from ``level`` on, warnings of libraries included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PrivateFormatter())
    handler.addFilter(NotTooMany())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    chatter.silence()
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
