"""``trialog import-registry``: keep what a public register says of a study, and say what has drifted since."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from trialog.content.files import ContentError, ContentReader
from trialog.content.load import is_draft, read_study, study_folders
from trialog.content.registry.folder import disagreements, fill_blanks
from trialog.content.registry.record import FILE, Kept, Record, as_data, drift, read_kept
from trialog.content.registry.sources import RegistryError, read_record
from trialog.content.write import as_yaml
from trialog.settings import Settings

_HEAD = (
    "What registers say of this study, in their own words; kept by `trialog import-registry`.",
    "Families are told none of it: the study page is the only source of what they are told.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("file", type=Path, help="a record: JSON of ClinicalTrials.gov (API version 2) or XML of ISRCTN")
    parser.add_argument("--study", metavar="NAME", help="the study it is about (the one that has the record's number)")
    parser.add_argument("--write", action="store_true", help="bring what is kept up to date")


def run(arguments: argparse.Namespace) -> int:
    """Keep a first record, compare a later one; 1 where something has drifted or disagrees, 2 if it cannot be read."""
    content = Settings.from_environment().content
    try:
        record = read_record(arguments.file.read_text(encoding="utf-8-sig"))
        folder = _folder(content, arguments.study, record)
        return _keep(folder, record, arguments.write)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        print(f"{arguments.file} cannot be read: {reason}.", file=sys.stderr)
    except RegistryError as error:
        print(f"{arguments.file} was not read: {error}", file=sys.stderr)
    except ContentError as error:
        print(f"{arguments.file} was not read: {error}", file=sys.stderr)
    return 2


def _folder(content: Path, name: str | None, record: Record) -> Path:
    """The folder ``name``; without a name the one that has the number of ``record``."""
    known = study_folders(content)
    if name is not None:
        found = [folder for folder in known if folder.name == name]
        unknown = f"there is no study '{name}'"
    else:
        found = [folder for folder in known if record.number in _numbers(folder)]
        unknown = f"no study has the number {record.number}: say with --study which one it is"
    if len(found) != 1:
        raise RegistryError(f"{unknown}. There are: {', '.join(folder.name for folder in known)}.")
    return found[0]


def _numbers(folder: Path) -> set[str]:
    kept = read_kept(ContentReader(folder.parent.parent), folder)
    words = re.findall(r"[\w-]+", (folder / "study.yml").read_text(encoding="utf-8").upper())
    return {record.number for record in kept.records} | set(words)


def _keep(folder: Path, record: Record, write: bool) -> int:
    reader = ContentReader(folder.parent.parent)
    kept = read_kept(reader, folder)
    if reader.faults:
        raise ContentError(reader.faults)
    old = kept.of(record.register)
    drifted = _compare(old, record) if old else []
    if old is None or (write and drifted):
        _write(folder, kept.updated_by(record))
        print(f"{folder / FILE} holds what {record.register} says of {record.number}, as of {record.updated}; sites: {len(record.sites)}.")
        _told("Filled in study.yml, as drafts", fill_blanks(folder / "study.yml", record) if is_draft(folder) else [])
        _told("It says nothing of", [", ".join([*record.silent(), "languages"])])
    elif drifted:
        print(f"Nothing was changed; --write brings {folder / FILE} up to date.")
    else:
        print(f"{record.register} says the same of {record.number} as on {old.updated}.")
    study = None if is_draft(folder) else read_study(reader, folder)
    disagree = list(disagreements(study, record)) if study else []
    _told(f"{folder.name} and the register disagree; the page decides", disagree)
    return 1 if drifted or disagree else 0


def _compare(old: Record, record: Record) -> list[str]:
    if old.number != record.number:
        raise RegistryError(f"it is about {record.number}, and this study is {old.number}.")
    if record.updated < old.updated:
        raise RegistryError(f"it is of {record.updated}, older than what is kept ({old.updated}).")
    drifted = list(drift(old, record))
    _told(f"{record.register} says otherwise of {record.number} than on {old.updated} (this record is of {record.updated})", drifted)
    return drifted


def _write(folder: Path, kept: Kept) -> None:
    (folder / FILE).write_text(as_yaml(as_data(kept), _HEAD), encoding="utf-8")


def _told(heading: str, found: Iterable[str]) -> None:
    lines = [f"  {one}" for one in found]
    if lines:
        print(f"{heading}:", *lines, sep="\n")
