"""``trialog figures``: write the figures of docs/hospital/ anew, from content, training data, tests and the last evaluation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trialog.cli.evaluate import thresholds_in
from trialog.content.files import ContentError
from trialog.content.load import load_library
from trialog.settings import Settings, SettingsError
from trialog.training.figures import HOSPITAL, counted
from trialog.training.marks import MarkError, fill_pages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb has no options."""


def run(arguments: argparse.Namespace) -> int:
    """Fill the marked places of the pages; 2 if it cannot be done."""
    try:
        content = Settings.from_environment().content
        changed = fill_pages(HOSPITAL, counted(Path(), content, load_library(content), thresholds_in(Path("config.yml"))))
    except (ContentError, SettingsError, MarkError) as error:
        print(f"No figure was written: {error}", file=sys.stderr)
        return 2
    for page in changed:
        print(f"{page} has other figures now.")
    if not changed:
        print(f"The figures of {HOSPITAL} are those of today.")
    return 0
