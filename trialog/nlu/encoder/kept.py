"""Vectors of training lines, kept from one run to the next, so that each line of data/ is read by the encoder once.

For training, checks and measurements only: what families type is read by ``Encoder`` itself and kept nowhere.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import Encoder
from trialog.operation.files import written_whole

# The training lines twice over; lines that are long gone make room.
MOST_KEPT = 100_000

_LINES, _VECTORS = "lines", "vectors"
_DIGEST_BYTES = 16


class KeptVectors:
    """The vectors that ``encoder`` gives, from a file where they are known."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        """Keep them in ``folder``, in a file for this very encoder: a changed one finds nothing."""
        self._encoder = encoder
        self._file = folder / f"vectors-{encoder.digest()[:16]}.npz"

    def encode(self, texts: Sequence[str]) -> Array:
        """As ``Encoder.encode``; vectors that were not known are kept for the next time."""
        lines = {_digest(text): text for text in texts}
        kept = self._read()
        missing = [line for line in lines if line not in kept]
        if missing:
            new = self._encoder.encode([lines[line] for line in missing])
            kept |= zip(missing, new, strict=True)
            # What is asked for makes no room for what was asked for long ago.
            self._write({line: kept[line] for line in lines} | kept)
        return np.array([kept[_digest(text)] for text in texts])

    def _read(self) -> dict[bytes, Array]:
        """What is kept; nothing if the file is missing or damaged (each array in it has a checksum)."""
        try:
            with self._file.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return {line.tobytes(): vector for line, vector in zip(arrays[_LINES], arrays[_VECTORS], strict=True)}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return {}

    def _write(self, kept: dict[bytes, Array]) -> None:
        """Write what was asked for last of ``kept``, which comes first; a half-written file is never seen."""
        first = dict(islice(kept.items(), MOST_KEPT))
        lines = np.frombuffer(b"".join(first), dtype=np.uint8).reshape(-1, _DIGEST_BYTES)
        with written_whole(self._file) as file:
            np.savez(file, **{_LINES: lines, _VECTORS: np.array(list(first.values()))})


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES]
