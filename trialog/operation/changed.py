"""Tells when files change: by their times and sizes, looked at again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

# A person who has saved a file does not notice a wait of this length.
LOOK_SECONDS = 0.5

Mark = frozenset[tuple[str, int, int]]


def mark_of(paths: Iterable[Path]) -> Mark:
    """Tells one state of the files at and below ``paths`` from another."""
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    return frozenset(found for file in files if (found := _of_file(file)))


def at_each_change(paths: Iterable[Path]) -> Iterator[None]:
    """At once, and then for ever whenever something of ``paths`` has changed."""
    paths, last = list(paths), None
    while True:
        now = mark_of(paths)
        if now != last:
            last = now
            yield
        else:
            sleep(LOOK_SECONDS)


def _of_file(file: Path) -> tuple[str, int, int] | None:
    """None for a folder, and for what has gone meanwhile."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (str(file), found.st_mtime_ns, found.st_size) if file.is_file() else None
