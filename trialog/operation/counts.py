"""What families ask and do not get, counted by the day: never a word, an id, an address or a time of day.

Kept in a small SQLite file where the operator names one; counted for ``GET /metrics`` in any case.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from trialog.operation import faults, metrics
from trialog.settings import SettingsError

# Older days are deleted: a year can be compared with the one before.
KEPT_DAYS = 400

# What a process that writes to the same file may take.
_BUSY_SECONDS = 5.0


@dataclass(frozen=True)
class Begun:
    """A conversation was begun."""

    study: str
    channel: str


@dataclass(frozen=True)
class Asked:
    """A message was answered; every field is one of a closed list.

    ``topic`` is that of the reply, or what a message that was not understood was likeliest about. ``kind`` is the reply's, "asked_back"
    or "switched_off". ``context`` is "first", "after" a reply or in the "questionnaire", ``band`` how sure the assistant was.
    """

    study: str
    topic: str
    kind: str
    context: str
    band: str
    language: str
    channel: str


@dataclass(frozen=True)
class Clear:
    """Somebody said whether an answer was clear, and why it was not."""

    topic: str
    clear: str
    reason: str


@dataclass(frozen=True)
class Step:
    """A questionnaire was "begun", "finished", "stopped" by the family, "switched_off", or "left" when the conversation ended.

    ``step`` is the question that was open.
    """

    study: str
    step: str
    how: str


Event = Begun | Asked | Clear | Step

# Each kind of event has a table of its name, with a column for each field.
_KINDS: tuple[type[Event], ...] = (Begun, Asked, Clear, Step)

Counted = Counter[tuple[date, Event]]


class Counts:
    """Counts events; ``flush`` writes what has come since into the file, if there is one."""

    def __init__(self, path: Path | None = None, today: Callable[[], date] = date.today) -> None:
        """Raises SettingsError for a file that cannot be written."""
        self._path, self._today = path, today
        self._pending: Counted = Counter()
        self._adding = threading.Lock()
        if path:
            try:
                self._write(Counter())
            except (OSError, sqlite3.Error) as error:
                raise SettingsError(f"TRIALOG_COUNTS: '{path}' cannot be used: {error}") from error

    def add(self, event: Event) -> None:
        """Count ``event``, which happened just now."""
        _show(event)
        if self._path:
            with self._adding:
                self._pending[self._today(), event] += 1

    def flush(self) -> None:
        """Write what was counted; what cannot be written now is kept for the next time, and the fault is reported."""
        with self._adding:
            pending, self._pending = self._pending, Counter()
        if self._path is None:
            return
        try:
            self._write(pending)
        except (OSError, sqlite3.Error) as error:
            faults.report("counts", error)
            with self._adding:
                self._pending.update(pending)

    def _write(self, counted: Counted) -> None:
        assert self._path is not None  # noqa: S101  its two callers have looked
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as file, file:
            # What is deleted is overwritten.
            file.execute("PRAGMA secure_delete = ON")
            for kind in _KINDS:
                file.execute(_made(kind))
                file.execute(f"DELETE FROM {_name(kind)} WHERE day < ?", [_day(self._today() - timedelta(days=KEPT_DAYS))])  # noqa: S608
                rows = [(_day(day), *astuple(event), number) for (day, event), number in counted.items() if type(event) is kind]
                file.executemany(_added(kind), rows)


def read(path: Path, first: date, last: date) -> Counted:
    """What was counted from ``first`` to ``last``; raises OSError, sqlite3.Error."""
    if not path.is_file():
        raise FileNotFoundError(path)
    found: Counted = Counter()
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)) as file:
        for kind in _KINDS:
            columns = ", ".join(["day", *_columns(kind), "number"])
            query = f"SELECT {columns} FROM {_name(kind)} WHERE day BETWEEN ? AND ?"  # noqa: S608
            for day, *values, number in file.execute(query, [_day(first), _day(last)]):
                found[date.fromisoformat(day), kind(*values)] += number
    return found


def _show(event: Event) -> None:
    """The same for ``GET /metrics``, one figure a side: all of them at once would tell of single people."""
    match event:
        case Asked():
            metrics.ASKED.labels(event.topic, event.kind).inc()
            metrics.ASKED_IN.labels(event.context, event.band).inc()
            metrics.ASKED_LANGUAGE.labels(event.language, event.channel).inc()
        case Step():
            metrics.QUESTIONNAIRE.labels(event.step, event.how).inc()


def _name(kind: type[Event]) -> str:
    return kind.__name__.lower()


def _columns(kind: type[Event]) -> Iterator[str]:
    return (field.name for field in fields(kind))


def _day(day: date) -> str:
    return day.isoformat()


# The names in these are those of our classes and their fields.
def _made(kind: type[Event]) -> str:
    columns = ["day", *_columns(kind)]
    declared = ", ".join(f"{column} TEXT NOT NULL" for column in columns)
    return (
        f"CREATE TABLE IF NOT EXISTS {_name(kind)} ({declared}, number INTEGER NOT NULL, PRIMARY KEY ({', '.join(columns)})) WITHOUT ROWID"
    )


def _added(kind: type[Event]) -> str:
    columns = ["day", *_columns(kind)]
    places = ", ".join("?" * (len(columns) + 1))
    into = f"INSERT INTO {_name(kind)} ({', '.join(columns)}, number) VALUES ({places})"  # noqa: S608
    return f"{into} ON CONFLICT ({', '.join(columns)}) DO UPDATE SET number = number + excluded.number"
