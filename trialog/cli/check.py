"""``trialog check``: check the content and every reply, and report all faults."""

from __future__ import annotations

import argparse
from pathlib import Path

from trialog.content.check import check_content
from trialog.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--responses", type=Path, default=Path("data/responses"), help="folder of the fixed replies")


def run(arguments: argparse.Namespace) -> int:
    """Print every fault as ``path: sentence``; 1 if there is one."""
    faults = check_content(Settings.from_environment().content, arguments.responses)
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(faults)} faults" if faults else "The content has no faults.")
    return 1 if faults else 0
