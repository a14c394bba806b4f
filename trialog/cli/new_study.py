"""``trialog new-study``: begin a study from its page, as drafts that are not served."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from trialog.content.files import ContentError, ContentReader
from trialog.content.headings import read_headings
from trialog.content.load import read_topics
from trialog.content.marks import marks_in, path_of
from trialog.content.new_study import DraftStudy, begin_study
from trialog.content.page import FILE, read_page
from trialog.content.silent import read_silent
from trialog.content.write import as_yaml
from trialog.settings import Settings

# As wide as a terminal is at least.
_COLUMNS = 80


class NotBegunError(Exception):
    """The study cannot be begun; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("name", help="id of the study and name of its folder: small letters, digits and -")
    parser.add_argument("page", type=Path, help="the approved study page, as text")


def run(arguments: argparse.Namespace) -> int:
    """Write the drafts and list all that is missing; 2 if nothing could be begun."""
    content = Settings.from_environment().content
    folder = content / "trials" / arguments.name
    try:
        draft = _begin(arguments.name, arguments.page, content)
        _write(draft, folder, arguments.page.read_bytes())
    except (NotBegunError, ContentError) as error:
        print(f"Nothing was begun: {error}", file=sys.stderr)
        return 2
    print(*_told(draft, folder), sep="\n")
    return 0


def _begin(name: str, file: Path, content: Path) -> DraftStudy:
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        raise NotBegunError(f"'{name}' is no name for a study: it has small letters, digits and - only.")
    if (content / "trials" / name).exists():
        raise NotBegunError(f"{content / 'trials' / name} is there already, and nothing is written over.")
    reader = ContentReader(content)
    topics = read_topics(reader)
    headings, silent = read_headings(reader, topics or {}), read_silent(reader, topics or {})
    if topics is None or reader.faults:
        raise ContentError(reader.faults)
    try:
        page = read_page(file.read_text(encoding="utf-8-sig"), headings)
    except (OSError, UnicodeDecodeError) as error:
        raise NotBegunError(
            f"{file} cannot be read as text (UTF-8): {getattr(error, 'strerror', None) or 'it is another kind of file'}."
        ) from error
    if not page.sections:
        raise NotBegunError(f"{file} holds no page: a title, and sentences below it.")
    return begin_study(name, page, topics, headings, silent)


def _write(draft: DraftStudy, folder: Path, page: bytes) -> None:
    """All files or none: they are written elsewhere first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as place:
        begun = Path(place) / folder.name
        (begun / "answers").mkdir(parents=True)
        (begun / FILE).write_bytes(page)
        for file in draft.files:
            (begun / file.path).write_text(as_yaml(file.data, file.comments), encoding="utf-8")
        begun.rename(folder)


def _told(draft: DraftStudy, folder: Path) -> Iterator[str]:
    yield f"{folder} is begun: {len(draft.files)} files beside {FILE}. It is a draft, and not served."
    yield "In the page's own words:"
    yield from (f"  {heading}: {', '.join(files)}" for heading, files in draft.placed.items())
    if draft.unplaced:
        yield f"No place was found for these sections: {', '.join(draft.unplaced)}."
    missing = {file.path: tuple(dict.fromkeys(path_of(place) for place, _ in marks_in(file.data))) for file in draft.files}
    yield f"Missing ({sum(len(list(marks_in(file.data))) for file in draft.files)}):"
    for fields, files in _by_fields(missing).items():
        listed = f"{', '.join(file.removeprefix('answers/') for file in files)}: {', '.join(fields)}"
        yield textwrap.fill(listed, _COLUMNS, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    yield f"`trialog check --study {folder.name}` lists them with file and line."


def _by_fields(missing: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
    """The files that lack the same fields together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path, fields in missing.items():
        if fields:
            found.setdefault(fields, []).append(path)
    return found
