"""A file that is written is there whole, for everybody to read, or not at all."""

import stat
from pathlib import Path

import pytest

from trialog.operation.files import written_whole


def write_half(path: Path) -> None:
    with written_whole(path) as file:
        file.write(b"new")
        raise OSError("the disk is full")


def test_a_file_is_there_once_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "models" / "encoder.onnx"
    with written_whole(path) as file:
        file.write(b"weights")
        assert not path.exists()
    assert path.read_bytes() == b"weights"
    assert stat.S_IMODE(path.stat().st_mode) & 0o044, "another user may serve it"


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "encoder.onnx"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="the disk is full"):
        write_half(path)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]
