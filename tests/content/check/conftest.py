"""A copy of the real content, to put faults into."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.content.check.content import check_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "data" / "responses", tmp_path / "responses")
    return tmp_path / "content"


@pytest.fixture
def faults(content: Path) -> Callable[[], list[str]]:
    return lambda: [str(fault) for fault in check_content(content, content.parent / "responses")]
