"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

# As any other file: whoever serves may be another user than whoever trains.
_READABLE = 0o666


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write ``path`` into, which takes its place once all is written. Where that fails nothing is left behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as scratch:
        try:
            yield scratch
            scratch.flush()
            os.fsync(scratch.fileno())
            os.chmod(scratch.name, _READABLE & ~_umask())
            os.replace(scratch.name, path)
        except BaseException:
            os.unlink(scratch.name)
            raise


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
