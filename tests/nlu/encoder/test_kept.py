"""Vectors of training lines are worked out once, for one encoder, and a damaged file is as good as none."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from trialog.nlu.encoder import kept
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.kept import KeptVectors


class Counting:
    """An encoder whose vector of a text is its length, and which remembers what it was asked for."""

    def __init__(self, digest: str = "a" * 64) -> None:
        self.read: list[str] = []
        self._digest = digest

    def digest(self) -> str:
        return self._digest

    def encode(self, texts: Sequence[str]) -> Array:
        self.read += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def encoded(encoder: Counting, folder: Path, *texts: str) -> list[float]:
    return [float(number) for (number,) in KeptVectors(encoder, folder).encode(texts)]  # type: ignore[arg-type]


def test_only_new_lines_are_read(tmp_path: Path) -> None:
    encoder = Counting()
    assert encoded(encoder, tmp_path, "a", "bb", "a") == [1, 2, 1]
    assert encoded(encoder, tmp_path, "ccc", "bb") == [3, 2]
    assert encoded(encoder, tmp_path, "a") == [1], "earlier lines stay"
    assert encoder.read == ["a", "bb", "ccc"]


def test_another_encoder_finds_nothing(tmp_path: Path) -> None:
    encoded(Counting(), tmp_path, "a")
    other = Counting("b" * 64)
    encoded(other, tmp_path, "a")
    assert other.read == ["a"]


@pytest.mark.parametrize("left", [0, 10, 300, -1])
def test_a_file_that_was_cut_short_is_written_anew(tmp_path: Path, left: int) -> None:
    encoder = Counting()
    encoded(encoder, tmp_path, *"abcdefgh")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert encoded(encoder, tmp_path, *"abcdefgh") == [1] * 8
    assert encoder.read == [*"abcdefgh", *"abcdefgh"]
    assert file.read_bytes() == whole


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    encoder = Counting()
    encoded(encoder, tmp_path, "a")
    (file,) = tmp_path.iterdir()
    damaged = file.read_bytes().replace(np.float32(1).tobytes(), np.float32(2).tobytes())
    file.write_bytes(damaged)
    assert encoded(encoder, tmp_path, "a") == [1]


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    encoder = Counting()
    encoded(encoder, tmp_path, "a", "bb")
    encoded(encoder, tmp_path, "ccc")
    assert encoded(encoder, tmp_path, "ccc", "a", "bb") == [3, 1, 2]
    assert encoder.read == ["a", "bb", "ccc", "bb"], "the newest stay"


def test_lines_in_use_make_no_room_for_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    encoder = Counting()
    encoded(encoder, tmp_path, "a", "bb")
    encoded(encoder, tmp_path, "bb", "ccc")
    encoded(encoder, tmp_path, "ccc", "bb")
    assert encoder.read == ["a", "bb", "ccc"]
