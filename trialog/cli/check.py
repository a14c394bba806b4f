"""``trialog check``: check content, replies and training data, and report all faults."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from trialog.content.check.content import check_content
from trialog.content.check.help_lines import numbers_to_call_again
from trialog.content.files import ContentReader
from trialog.content.load import load_library
from trialog.content.script.approvals import read_approvals, reminders
from trialog.content.script.script import read_script
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.operation import progress
from trialog.settings import Settings
from trialog.training.blocks import block_faults, intents_of
from trialog.training.data_check import check_data
from trialog.training.examples import read_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--data", type=Path, default=Path("data/nlu"), help="folder of the training data")
    parser.add_argument("--domain", type=Path, default=Path("domain.yml"), help="the domain, which names the intents")
    parser.add_argument("--study", metavar="NAME", help="only this study: its folder, and its questions and families played")
    parser.add_argument("--responses", type=Path, default=Path("data/responses"), help="folder of the fixed replies")


def run(arguments: argparse.Namespace) -> int:
    """Print every fault as ``path:line: sentence``, and what should be looked at again; 1 if there is a fault."""
    settings = Settings.from_environment()
    if arguments.study is not None:
        # Only this way needs the assistant, which takes seconds to import.
        from trialog.cli.check_study import check_study

        return check_study(arguments.study, arguments.responses, settings)
    reader = ContentReader(settings.content)
    approvals = read_approvals(reader)
    in_content = [str(fault) for fault in (*check_content(settings.content, arguments.responses), *reader.faults)]
    faults = in_content + _in_data(arguments.data, arguments.domain, settings)
    print(*faults, sep="\n", end="\n" if faults else "")
    if not in_content:
        library = load_library(settings.content)
        script = read_script(library, settings.content, arguments.responses)
        print(*numbers_to_call_again(library, date.today()), *reminders(script, approvals), sep="\n")
    print(f"{len(faults)} faults" if faults else "Content and training data have no faults.")
    return 1 if faults else 0


def _in_data(data: Path, domain: Path, settings: Settings) -> list[str]:
    """Faults of form first: lines are compared once every block can be read."""
    # What a message does (data/acts) has the form of what it is about.
    faults = [fault for folder in (data, data.parent / "acts") for fault in block_faults(folder, intents_of(domain))]
    if faults:
        return faults
    vectors = KeptVectors(Encoder.from_settings(settings), settings.models)
    with progress.shown_on(sys.stderr):
        return [f"{data}: {fault}" for fault in check_data(read_examples(data), vectors.encode)]
