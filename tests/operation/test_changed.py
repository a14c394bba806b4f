"""A change of files is told, whatever it is."""

from pathlib import Path

import pytest

from trialog.operation.changed import at_each_change


def test_each_change_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, file, slept = tmp_path / "folder", tmp_path / "file", 0
    folder.mkdir()
    steps = iter(
        (
            lambda: (folder / "new").write_text("a", encoding="utf-8"),
            lambda: None,
            lambda: file.write_text("a", encoding="utf-8"),
            lambda: (folder / "new").write_text("longer", encoding="utf-8"),
            lambda: (folder / "new").unlink(),
        )
    )

    def sleep(_: float) -> None:
        nonlocal slept
        slept += 1
        next(steps)()

    monkeypatch.setattr("trialog.operation.changed.sleep", sleep)
    changes = at_each_change([folder, file])
    after = []
    for _ in range(5):
        next(changes)
        after.append(slept)
    assert after == [0, 1, 3, 4, 5]
