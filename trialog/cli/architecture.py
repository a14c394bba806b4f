"""``trialog architecture``: draw docs/architecture.svg, the packages and their imports, from the code."""

from __future__ import annotations

import argparse
from pathlib import Path

from trialog.training.architecture import draw, read_house

PICTURE = Path("docs/architecture.svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb has no options."""


def run(arguments: argparse.Namespace) -> int:
    """Write the picture; always 0."""
    PICTURE.write_text(draw(read_house(Path())), encoding="utf-8")
    print(f"{PICTURE} is drawn.")
    return 0
