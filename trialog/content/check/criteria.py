"""The units that a time since something is counted in: what no unit of time is would be counted in days."""

from __future__ import annotations

from pathlib import Path

from trialog.content.criteria import Criterion
from trialog.content.files import ContentReader
from trialog.content.model import Study
from trialog.language.times import DAYS, unit_of

# A month has 28 to 31 days.
_FROM, _TO = 0.9, 1.1


def check_criteria(reader: ContentReader, folder: Path, study: Study) -> None:
    """Note each ``since`` that is counted in no unit of time, and each unit of time that is worth something else by the calendar."""
    for number, criterion in enumerate(study.criteria.values()):
        for place, sentence in enumerate(_faults(criterion) if criterion.since else ()):
            if sentence:
                reader.fault(folder / "criteria.yml", sentence, ("criteria", number, "units", place))


def _faults(criterion: Criterion) -> list[str | None]:
    """The fault of each unit, None where there is none."""
    first, *others = criterion.units
    counted = unit_of(first.spellings)
    if counted is None:
        return ["with 'since: true' the first unit must be days, weeks, months or years: 'at_least' and 'at_most' are counted in it."]
    found: list[str | None] = [None]
    for unit in others:
        named = unit_of(unit.spellings)
        worth = DAYS[named] / DAYS[counted] if named else unit.times
        is_so = _FROM <= unit.times / worth <= _TO
        told = f"one of {unit.name} is {worth:.2g} {first.name}: write 'times: {worth:.2g}', or leave the unit out."
        found.append(None if is_so else told)
    return found
