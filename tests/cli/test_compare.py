"""``trialog compare``: what can be compared, and by what."""

import dataclasses
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT
from trialog.cli.compare import _dialogues, _side, _told
from trialog.settings import Settings


def test_a_side_is_a_content_folder_a_model_or_a_version(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with _side(settings, "content") as side:
        assert (side.content, side.models) == (Path("content"), settings.models)
    models = tmp_path / "models"
    models.mkdir()
    for name in ("old.tar.gz", "new.tar.gz", "encoder.onnx"):
        (models / name).write_text(name, encoding="utf-8")
    own = dataclasses.replace(settings, models=models, content=Path("content"))
    with _side(own, str(models / "old.tar.gz")) as side:
        assert {file.name: file.read_text(encoding="utf-8") for file in side.models.iterdir()} == {
            "old.tar.gz": "old.tar.gz",
            "encoder.onnx": "encoder.onnx",
        }
        assert side.content == Path("content")
    with _side(own, "HEAD") as side:
        assert (side.content / "topics.yml").is_file()
        assert side.content != Path("content")
    assert not side.content.exists()


def test_a_bank_expects_its_topics_and_dialogues_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "bank.yml").write_text("cost: [what does it cost]\nother: {nobody: [hm]}\n", encoding="utf-8")
    (tmp_path / "dialogues.yml").write_text("- - {say: hi, topic: greet}\n", encoding="utf-8")
    found = _dialogues([tmp_path / "bank.yml", tmp_path / "dialogues.yml"], {"cost", "greet"})
    assert [[(turn.say, turn.topic) for turn in one.turns] for one in found] == [
        [("what does it cost", "cost")],
        [("hm", None)],
        [("hi", "greet")],
    ]


def test_what_is_not_there_is_told_in_a_line(trialog: Trialog, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(ROOT)
    result = trialog("compare", "no-such-version", "content", "tests/dialogues/cost.yml")
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "'no-such-version' is neither a file nor a Git version" in result.err


def test_where_nothing_differs_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert _told([]) == 0
    assert capsys.readouterr().out == "All 0 replies are the same.\n"
