"""Progress can be read on a terminal and in the log of a build, and costs nothing where nobody watches."""

import io

import pytest

from trialog.operation.progress import begins, shown_on, steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def read_lines(count: int) -> list[int]:
    return list(steps("Reading", range(count), count))


def test_a_log_has_a_line_now_and_then_and_no_carriage_return() -> None:
    with shown_on(log := io.StringIO()):
        begins("Checking")
        read_lines(601)
    assert log.getvalue() == "Checking ...\nReading  20 %\nReading  40 %\nReading  60 %\nReading  80 %\nReading 100 %\n"


def test_a_terminal_has_one_line_that_is_written_over() -> None:
    with shown_on(terminal := Terminal()):
        read_lines(4)
    assert terminal.getvalue() == "\rReading  25 %\rReading  50 %\rReading  75 %\rReading 100 %\n"


def test_few_steps_are_enough_to_come_to_the_end() -> None:
    with shown_on(log := io.StringIO()):
        read_lines(1)
    assert log.getvalue() == "Reading 100 %\n"


def test_the_parts_come_through_unchanged_watched_or_not() -> None:
    with shown_on(io.StringIO()):
        assert read_lines(3) == [0, 1, 2]
    assert read_lines(3) == [0, 1, 2]


def test_nothing_is_shown_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    begins("Checking")
    read_lines(10)
    assert capsys.readouterr() == ("", "")
