"""A time since something is counted in a unit of time, and the calendar says what the others are worth."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.studies import THIRD, third_study
from trialog.content.check.criteria import check_criteria
from trialog.content.criteria import Unit
from trialog.content.files import ContentReader

STUDY = third_study()
WEEKS = Unit("weeks", words=("week",), times=7)


def faults(tmp_path: Path, *units: Unit) -> list[str]:
    since = msgspec.structs.replace(STUDY.criteria["operation_days"], units=units)
    reader = ContentReader(tmp_path)
    shutil.copy(THIRD / "criteria.yml", tmp_path)
    check_criteria(reader, tmp_path, msgspec.structs.replace(STUDY, criteria={**STUDY.criteria, "operation_days": since}))
    return [str(fault).split(": ", 1)[1] for fault in reader.faults]


def test_days_and_months_can_be_counted_in(tmp_path: Path) -> None:
    assert faults(tmp_path, Unit("days"), WEEKS) == []
    assert faults(tmp_path, Unit("months"), Unit("weeks", times=0.23), Unit("terms", times=3)) == []
    assert faults(tmp_path, Unit("years")) == []


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ((Unit("visits"),), "with 'since: true' the first unit must be days, weeks, months or years"),
        (
            (Unit("months"), WEEKS),
            "one of weeks is 0.23 months: write 'times: 0.23', or leave the unit out.",
        ),
    ],
)
def test_another_unit_and_another_worth_are_faults(tmp_path: Path, units: tuple[Unit, ...], told: str) -> None:
    (fault,) = faults(tmp_path, *units)
    assert told in fault
