"""Which content it is: a name for all files of a folder as they are now, and the one that running servers are to answer from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec

from trialog.operation.files import written_whole

# Enough that no two contents share them, few enough to be read out on the telephone.
_LENGTH = 12

# Beside the content, because whoever runs several servers gives the folder to all of them.
FILE = "taken_over.json"


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The edition that running servers are to answer from; who checked it and wants that, why, and since when."""

    edition: str
    by: str
    why: str
    since: str


def edition_of(content: Path) -> str:
    """The name of the content as it is: another file, or another letter in one, and it is another."""
    digest = hashlib.sha256()
    for file in sorted(content.rglob("*")):
        if file.is_file() and file.name != FILE:
            digest.update(json.dumps(file.relative_to(content).as_posix()).encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_LENGTH]


def wanted(content: Path) -> Wanted | None:
    """What was last written there by ``want``; None where nothing was, or it cannot be read."""
    try:
        return msgspec.json.decode((content / FILE).read_bytes(), type=Wanted)
    except (OSError, msgspec.DecodeError):
        return None


def want(content: Path, what: Wanted) -> None:
    """Have running servers take ``what`` over."""
    with written_whole(content / FILE) as file:
        file.write(msgspec.json.encode(what) + b"\n")
