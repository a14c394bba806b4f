"""The shape of registry.yml: what each register says of a study, in the register's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec.structs import asdict

from trialog.content.files import ContentReader
from trialog.content.shape import Shape, Text, Texts
from trialog.content.status import State

FILE = "registry.yml"

# What the states of ClinicalTrials.gov mean for whoever wants to join. A state that is not here means nothing of ours for certain.
_STATES = {
    "RECRUITING": State.RECRUITING,
    "SUSPENDED": State.PAUSED,
    "ACTIVE_NOT_RECRUITING": State.CLOSED,
    "COMPLETED": State.COMPLETED,
    "TERMINATED": State.COMPLETED,
}


class Record(Shape, frozen=True):
    """One register's record; what it does not say is left out."""

    register: Literal["ClinicalTrials.gov", "ISRCTN"]
    number: Text
    updated: date
    names: Texts = ()
    numbers: Texts = ()
    state: Text | None = None
    state_verified: Text | None = None
    start: Text | None = None
    end: Text | None = None
    least_age: Text | None = None
    most_age: Text | None = None
    tested: Texts = ()
    conditions: Texts = ()
    sites: Texts = ()

    @property
    def our_state(self) -> State | None:
        """The state as study.yml names it; None where that is not certain."""
        return _STATES.get(self.state or "")

    def silent(self) -> list[str]:
        """The fields it says nothing of."""
        return [name for name, value in asdict(self).items() if not value]


class Kept(Shape, frozen=True):
    """The file: a record for each register."""

    records: tuple[Record, ...]

    def of(self, register: str) -> Record | None:
        """The record of ``register``."""
        return next((record for record in self.records if record.register == register), None)

    def updated_by(self, record: Record) -> Kept:
        """With ``record`` in place of the one of its register."""
        return Kept((*(other for other in self.records if other.register != record.register), record))


def read_kept(reader: ContentReader, folder: Path) -> Kept:
    """What is kept in ``folder``; nothing where there is no file, or where it has faults, which stand in ``reader``."""
    file = folder / FILE
    return (reader.read(file, Kept) if file.is_file() else None) or Kept(())


def as_data(kept: Kept) -> dict[str, object]:
    """As the file has it."""
    fields = ({name: _plain(value) for name, value in asdict(record).items() if value} for record in kept.records)
    return {"records": list(fields)}


def drift(old: Record, new: Record) -> Iterator[str]:
    """What ``new`` says otherwise than ``old``, field by field."""
    before, after = asdict(old), asdict(new)
    for name in before:
        if name == "updated" or before[name] == after[name]:
            continue
        if isinstance(before[name], tuple):
            yield f"{name}: {'; '.join(_changes(before[name], after[name]))}"
        else:
            yield f"{name}: {before[name] or 'not said'} -> {after[name] or 'not said'}"


def _changes(before: Texts, after: Texts) -> Iterator[str]:
    """Things of a list that went and came; where none did, their order has changed."""
    changes = [*(f"gone: {one}" for one in before if one not in after), *(f"new: {one}" for one in after if one not in before)]
    yield from changes or ["in another order"]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
