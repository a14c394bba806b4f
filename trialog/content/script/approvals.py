"""Who approved which words, and when: data beside the content (content/approvals.yml). A changed word ends its approval."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from trialog.content.files import ContentReader
from trialog.content.script.script import HASH_LENGTH, Piece, Script
from trialog.content.shape import Shape, Text

FILE = "approvals.yml"

_Hash = Annotated[str, Meta(pattern=f"^[0-9a-f]{{{HASH_LENGTH}}}$", description=f"a hash of {HASH_LENGTH} characters")]

_HEAD = """\
# Who approved which words, and when; `hash` is that of the words they read. Written by `trialog script --approve`.
"""


class Approval(Shape, frozen=True):
    """One line of approvals.yml."""

    what: Text
    hash: _Hash
    by: Text
    on: date


class _Approvals(Shape, frozen=True):
    approvals: tuple[Approval, ...]


@dataclass(frozen=True)
class Standing:
    """How a piece stands: with the approval it has, if any, and whether its words are still those that were read."""

    approval: Approval | None
    holds: bool

    def __str__(self) -> str:
        if self.approval is None:
            return "not approved"
        told = f"approved by {self.approval.by} on {self.approval.on}"
        return told if self.holds else f"CHANGED since they were {told}"


def read_approvals(reader: ContentReader) -> dict[str, Approval]:
    """The approvals by piece; none where the file is not there. Faults are left in ``reader``."""
    path = reader.root / FILE
    found = reader.read(path, _Approvals) if path.is_file() else None
    return {approval.what: approval for approval in found.approvals} if found else {}


def standing(piece: Piece, approvals: Mapping[str, Approval]) -> Standing:
    """How ``piece`` stands."""
    approval = approvals.get(piece.key)
    return Standing(approval, approval is not None and approval.hash == piece.hash)


def approved(pieces: Iterable[Piece], by: str, on: date) -> dict[str, Approval]:
    """Approvals of ``pieces`` as they are now."""
    return {piece.key: Approval(piece.key, piece.hash, by, on) for piece in pieces}


def write_approvals(content: Path, approvals: Mapping[str, Approval]) -> None:
    """Write all ``approvals``, in the order of their names, so that a change of one is one line."""
    lines = [
        f"- {{what: {json.dumps(key)}, hash: {json.dumps(one.hash)}, on: {one.on},\n  by: {json.dumps(one.by, ensure_ascii=False)}}}"
        for key, one in sorted(approvals.items())
    ]
    listed = "approvals:\n" + "\n".join(lines) if lines else "approvals: []"
    (content / FILE).write_text(f"{_HEAD}{listed}\n", encoding="utf-8")


def unapproved(script: Script, approvals: Mapping[str, Approval]) -> list[str]:
    """What the check says of words that nobody approved as they are: each that has changed, and how many there are in all."""
    missing = to_approve(script, approvals)
    changed = [f"{piece.key}: the words have {how}." for piece, how in missing if how.approval]
    count = f"{len(missing)} of {len(script.pieces)} pieces of wording are not approved; `trialog script --unapproved` lists them."
    return [*changed, count] if missing else []


def to_approve(script: Script, approvals: Mapping[str, Approval]) -> list[tuple[Piece, Standing]]:
    """Each piece whose words nobody has approved as they are."""
    found = [(piece, standing(piece, approvals)) for piece in script.pieces]
    return [(piece, how) for piece, how in found if not how.holds]
