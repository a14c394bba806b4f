"""A flood of lines from one place does not fill the disk, and hides nothing from another place."""

import logging

from trialog.operation.logs import LINES, SECONDS, NotTooMany


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def line(number: int) -> logging.LogRecord:
    return logging.LogRecord("trialog.web", logging.INFO, "file.py", number, "request", (), None)


def test_so_many_lines_of_one_place_are_written() -> None:
    clock = Clock()
    few = NotTooMany(clock)
    written = sum(few.filter(line(1)) for _ in range(LINES + 7))
    assert (written, few.filter(line(2))) == (LINES, True)
    clock.now = SECONDS
    later = line(1)
    assert few.filter(later)
    assert later.about == {"left_out_before": 7}  # type: ignore[attr-defined]
    assert not hasattr(line(1), "about")
