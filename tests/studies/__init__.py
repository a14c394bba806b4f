"""A third study, of a very different kind, invented for tests: a device, for adults. And all three together."""

import dataclasses
import shutil
from pathlib import Path

from tests.conftest import ROOT
from trialog.content.files import ContentReader
from trialog.content.load import load_library, read_study
from trialog.content.model import Library, Study

THIRD = Path(__file__).parent / "calm-band"


def third_study() -> Study:
    reader = ContentReader(THIRD.parent)
    study = read_study(reader, THIRD)
    assert reader.faults == []
    assert study is not None
    return study


def all_three(library: Library | None = None) -> Library:
    """The shipped studies and the third one."""
    library, third = library or load_library(ROOT / "content"), third_study()
    return dataclasses.replace(library, studies={**library.studies, third.id: third})


def content_of_three(folder: Path) -> Path:
    """The shipped content with the third study in it, below ``folder``."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(THIRD, folder / "content" / "trials" / THIRD.name)
    return folder / "content"
