"""Folders of the project as they were at a Git version."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path


class VersionError(Exception):
    """There is no such version, or it does not hold the folders; the message says so."""


@contextlib.contextmanager
def folders_at(version: str, *folders: Path) -> Iterator[list[Path]]:
    """``folders`` as they were at ``version``, for as long as it lasts; raises VersionError."""
    here = [os.path.relpath(folder) for folder in folders]
    archive = subprocess.run(["git", "archive", version, *here], capture_output=True, check=False)  # noqa: S607
    if archive.returncode:
        raise VersionError(f"'{version}' is neither a file nor a Git version that holds {' and '.join(map(str, folders))}.")
    with tempfile.TemporaryDirectory() as root, tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(root, filter="data")
        yield [Path(root) / place for place in here]
