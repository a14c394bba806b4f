"""``trialog script``: print all that the assistant can say, say what changed in it, and note who approved it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from trialog.cli.versions import VersionError, folders_at
from trialog.content.files import ContentError, ContentReader
from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.content.script.approvals import Approval, approved, read_approvals, standing, to_approve, write_approvals
from trialog.content.script.changes import as_data, changes, sentences_of
from trialog.content.script.paper import as_html, counted
from trialog.content.script.script import RESPONSES, Script, read_script
from trialog.settings import Settings


class ScriptError(Exception):
    """What was asked for cannot be done; the message says what to do instead."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--out", type=Path, default=Path("results/script"), help="the folder it is written to (results/script)")
    parser.add_argument("--responses", type=Path, default=RESPONSES, help="folder of the fixed replies")
    parser.add_argument("--since", metavar="VERSION", help="show what changed since a Git version, or since a script.json that was kept")
    parser.add_argument("--unapproved", action="store_true", help="list the pieces that nobody has approved as they are")
    parser.add_argument("--approve", nargs="+", metavar="PIECE", help="note that these pieces are approved; * stands for anything")
    parser.add_argument("--by", help="who approves, with --approve")
    parser.add_argument("--json", action="store_true", help="with --since or --unapproved: lines of JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; 1 where something has changed or is not approved, 2 where it cannot be done."""
    try:
        return _run(arguments)
    except ContentError as error:
        print(f"There is no script yet: {error}", file=sys.stderr)
    except (ScriptError, VersionError) as error:
        print(error, file=sys.stderr)
    return 2


def _run(arguments: argparse.Namespace) -> int:
    content = Settings.from_environment().content
    library = load_library(content)
    script, approvals = read_script(library, content, arguments.responses), _approvals(content)
    if arguments.since:
        return _show_changes(_sentences_at(arguments.since, content, arguments.responses), script, arguments.json)
    if arguments.approve:
        return _approve(content, script, approvals, arguments.approve, arguments.by)
    if arguments.unapproved:
        return _show_unapproved(script, approvals, arguments.json)
    return _print(script, library, approvals, arguments.out)


def _approvals(content: Path) -> dict[str, Approval]:
    reader = ContentReader(content)
    approvals = read_approvals(reader)
    if reader.faults:
        raise ContentError(reader.faults)
    return approvals


def _print(script: Script, library: Library, approvals: Mapping[str, Approval], folder: Path) -> int:
    from trialog.content.script.pdf import as_pdf

    folder.mkdir(parents=True, exist_ok=True)
    today = date.today()
    (folder / "script.html").write_text(as_html(script, library, approvals, today), encoding="utf-8")
    (folder / "script.pdf").write_bytes(as_pdf(script, library, approvals, today))
    (folder / "script.json").write_text(json.dumps(as_data(script), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Script {script.hash}. {counted(script, approvals)}")
    print(f"Written to {folder}: script.html and script.pdf to read and sign, script.json to compare with later.")
    return 0


def _show_changes(before: Mapping[str, list[str]], script: Script, as_json: bool) -> int:
    found = list(changes(before, sentences_of(script)))
    for change in found:
        if as_json:
            print(json.dumps({"piece": change.key, "gone": change.gone, "new": change.new}, ensure_ascii=False))
        else:
            print(change.key, *(f"  - {line}" for line in change.gone), *(f"  + {line}" for line in change.new), sep="\n")
    if not as_json:
        print(f"{len(found)} of {len(script.pieces)} pieces changed." if found else "No sentence has changed.")
    return 1 if found else 0


def _show_unapproved(script: Script, approvals: Mapping[str, Approval], as_json: bool) -> int:
    missing = to_approve(script, approvals)
    for piece, how in missing:
        told = {"piece": piece.key, "hash": piece.hash, "changed": how.approval is not None}
        print(json.dumps(told) if as_json else f"{piece.key}: {how}")
    if not as_json:
        print(counted(script, approvals))
    return 1 if missing else 0


def _approve(content: Path, script: Script, approvals: dict[str, Approval], patterns: list[str], by: str | None) -> int:
    if not by:
        raise ScriptError('Say who approves: trialog script --approve PIECE --by "Name, role".')
    unknown = [pattern for pattern in patterns if not any(fnmatchcase(piece.key, pattern) for piece in script.pieces)]
    if unknown:
        raise ScriptError(f"There is no piece {', '.join(unknown)}. `trialog script --unapproved` lists the names.")
    chosen = [piece for piece in script.pieces if any(fnmatchcase(piece.key, pattern) for pattern in patterns)]
    # Somebody's earlier approval of the same words stays theirs.
    new = approved((piece for piece in chosen if not standing(piece, approvals).holds), by, date.today())
    known = {piece.key for piece in script.pieces}
    write_approvals(content, {key: one for key, one in (approvals | new).items() if key in known})
    print(f"{len(new)} pieces are approved by {by}. {counted(script, approvals | new)}")
    return 0


def _sentences_at(version: str, content: Path, responses: Path) -> Mapping[str, list[str]]:
    """The sentences by piece in a file that was kept, or as the content was at a Git version."""
    if Path(version).is_file():
        return _kept(Path(version))
    with folders_at(version, content, responses) as (old, said):
        try:
            return sentences_of(read_script(load_library(old), old, said))
        except ContentError as error:
            told = f"The content of '{version}' is written in a form of its own time and cannot be read by this version"
            raise ScriptError(f"{told} ({len(error.faults)} faults). Compare with the script.json that was kept then.") from error


def _kept(path: Path) -> Mapping[str, list[str]]:
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): list(map(str, sentences)) for key, sentences in kept["pieces"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScriptError(f"{path} is no script.json of `trialog script`.") from error
