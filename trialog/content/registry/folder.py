"""What a register's record means for a study's folder: blanks of a draft that it fills, and where the two disagree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from trialog.content.criteria import Kind
from trialog.content.marks import draft, is_blank
from trialog.content.model import Study
from trialog.content.registry.record import Record

_YEARS = re.compile(r"(\d+) Years?", re.IGNORECASE)


def fill_blanks(file: Path, record: Record) -> list[str]:
    """Fill what is blank in the study.yml of a draft from ``record``, marked as drafts; the fields that were filled.

    The page stays the only source: whoever takes a mark away has found it there, too.
    """
    yaml = YAML()
    yaml.preserve_quotes = True  # type: ignore[assignment]  # ruamel.yaml has this as None until it is set
    data = yaml.load(file.read_text(encoding="utf-8"))
    filled = list(_filled(data, record))
    out = io.StringIO()
    yaml.dump(data, out)
    if filled:
        file.write_text(out.getvalue(), encoding="utf-8")
    return filled


def _filled(data: Any, record: Record) -> Iterator[str]:
    """The longest name is the official title, which nobody says."""
    names = (*record.names[:1], *record.numbers)
    for name, found in (("study", names), ("tested", record.tested), ("disease", record.conditions)):
        if found and all(map(is_blank, data.get("called", {}).get(name, [None]))):
            data["called"][name] = [draft(text) for text in found]
            yield f"called.{name}"
    if record.our_state and "status" not in data:
        data["status"] = {"state": draft(record.our_state)}
        yield "status.state"


def disagreements(study: Study, record: Record) -> Iterator[str]:
    """What the folder of ``study`` says otherwise than ``record``, or does not know."""
    ours = study.status.state if study.status else None
    if record.our_state and ours != record.our_state:
        said = f"is {ours}" if ours else "is not there"
        verified = f" (verified {record.state_verified})" if record.state_verified else ""
        yield f"study.yml: status.state {said}; the register says {record.state}{verified}, which is {record.our_state} here"
    for criterion in study.criteria.values():
        if criterion.kind == Kind.AGE:
            yield from _ages((criterion.from_years, criterion.to_years), record)
    called = {_plain(name) for name in study.called.study}
    if unknown := [number for number in record.numbers if _plain(number) not in called]:
        yield f"study.yml: called.study does not know {', '.join(unknown)}"


def _ages(years: Sequence[int | None], record: Record) -> Iterator[str]:
    """Ages in other units than years are left to a person."""
    for name, ours, theirs in zip(("from_years", "to_years"), years, (record.least_age, record.most_age), strict=True):
        found = _YEARS.fullmatch(theirs or "")
        if found and int(found[1]) != ours:
            yield f"criteria.yml: {name} is {'not there' if ours is None else ours}; the register says {theirs}"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
