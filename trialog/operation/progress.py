"""How far long work is: whoever does it says so, and a command that somebody watches shows it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TextIO, TypeVar

T = TypeVar("T")

# Where no line can be written over, as in the log of a build, there is a new one after so many percent.
PERCENT_A_LINE = 20


class Progress:
    """Shows steps on a stream: on a terminal one line that is written over, elsewhere a line now and then."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._writes_over = stream.isatty()

    def show(self, work: str, percent: int, last: int) -> None:
        """``percent`` of ``work`` are done; the step before it was ``last``."""
        if self._writes_over:
            self._write(f"\r{work} {percent:3d} %" + ("\n" if percent == 100 else ""))
        elif percent // PERCENT_A_LINE > last // PERCENT_A_LINE:
            self._write(f"{work} {percent:3d} %\n")

    def say(self, line: str) -> None:
        """A line of its own."""
        self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


_watched: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextlib.contextmanager
def shown_on(stream: TextIO) -> Iterator[None]:
    """Show on ``stream`` what is done meanwhile."""
    token = _watched.set(Progress(stream))
    try:
        yield
    finally:
        _watched.reset(token)


def steps(work: str, parts: Iterable[T], count: int) -> Iterator[T]:
    """``parts``, of which there are ``count``, one by one; how many are done is shown where somebody watches."""
    progress, last = _watched.get(), 0
    for number, part in enumerate(parts, start=1):
        yield part
        percent = 100 * number // count
        if progress and percent > last:
            progress.show(work, percent, last)
            last = percent


def begins(work: str) -> None:
    """Show that ``work`` begins, of which nobody knows how far it is."""
    if progress := _watched.get():
        progress.say(f"{work} ...")
