"""The log: one JSON object a line, on standard error.

Only our own lines keep their words. Of any other library's line the log has the logger, the level, the place in the code
and the type of an exception: such a line may repeat what a family typed, or where from.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from trialog.operation import chatter
from trialog.operation.faults import place_of_error

OURS = "trialog"


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


def setup_logging(level: str) -> None:
    """Log to standard error from ``level`` on, warnings of libraries included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PrivateFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    chatter.silence()
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
