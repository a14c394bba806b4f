"""``trialog check``: check content, replies, training data, rules and dialogues, and report all faults."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from trialog.assistant.dialogues.files import faults_in, read_dialogues
from trialog.assistant.dialogues.names import unknown_names
from trialog.content.check.content import check_content
from trialog.content.check.reminders import reminders
from trialog.content.files import ContentReader
from trialog.content.load import load_library
from trialog.content.script.approvals import read_approvals, unapproved
from trialog.content.script.kept_back import always_said, in_words, kept_back
from trialog.content.script.script import read_script
from trialog.content.wording import Wording
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.operation import progress
from trialog.operation.changed import Mark, at_each_change, mark_of
from trialog.settings import Settings
from trialog.training.blocks import block_faults, intents_of
from trialog.training.data_check import check_data, few_ways
from trialog.training.domain_check import domain_faults
from trialog.training.examples import read_examples

RULES = Path("data/rules")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--data", type=Path, default=Path("data/nlu"), help="folder of the training data")
    parser.add_argument("--domain", type=Path, default=Path("domain.yml"), help="the domain, which names the intents")
    parser.add_argument("--dialogues", type=Path, default=Path("tests/dialogues"), help="folder of the dialogues")
    parser.add_argument("--responses", type=Path, default=Path("data/responses"), help="folder of the fixed replies")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--study", metavar="NAME", help="only this study: its folder, and its questions and families played")
    alone.add_argument("--watch", action="store_true", help="check again whenever a file is saved, until Ctrl-C")


def run(arguments: argparse.Namespace) -> int:
    """Print every fault as ``path:line: sentence``, and what should be looked at again; 1 if there is a fault."""
    settings = Settings.from_environment()
    if arguments.study is not None:
        # Only this way needs the assistant, which takes seconds to import.
        from trialog.cli.check_study import check_study

        return check_study(arguments.study, arguments.responses, settings)
    check = Check(arguments, settings)
    if arguments.watch:
        for _ in at_each_change(check.files):
            print(f"\n{datetime.now():%H:%M:%S}")
            check.report()
    return check.report()


class Check:
    """What is checked, and what is known of lines that have not changed since."""

    def __init__(self, arguments: argparse.Namespace, settings: Settings) -> None:
        self._settings = settings
        self._data, self._domain, self._dialogues = arguments.data, arguments.domain, arguments.dialogues
        self._responses = arguments.responses
        self._lines: tuple[Mark | None, list[str], list[str]] = (None, [], [])

    @property
    def files(self) -> list[Path]:
        """All files and folders that are looked at."""
        return [self._settings.content, self._responses, *self._of_lines(), RULES, self._dialogues]

    def report(self) -> int:
        """Print all that is found; 1 if there is a fault."""
        content = self._settings.content
        reader = ContentReader(content)
        approvals = read_approvals(reader)
        in_content = [str(fault) for fault in (*check_content(content, self._responses), *reader.faults)]
        in_lines, few = self._in_lines()
        faults = [*in_content, *domain_faults(self._domain, RULES), *self._in_dialogues(known=not in_content), *in_lines]
        found: list[str] = []
        if not in_content:
            library = load_library(content)
            script = read_script(library, content, self._responses)
            reminded = reminders(library, content, Wording.read(self._responses), date.today())
            found = [*_to_look_at([*reminded, *few]), *unapproved(script, approvals)]
            if self._settings.approved_only == "on":
                faults += [f"TRIALOG_APPROVED_ONLY: {missing}." for missing in [always_said(script, approvals)] if missing]
                found += [f"Kept from families in {kept}" for kept in in_words(kept_back(library, script, approvals))]
        print(*faults, *found, sep="\n", end="\n" if faults or found else "")
        print(f"{len(faults)} faults" if faults else "Content, rules, training data and dialogues have no faults.", flush=True)
        return 1 if faults else 0

    def _of_lines(self) -> list[Path]:
        # What a message does (data/acts) has the form of what it is about.
        return [self._data, self._data.parent / "acts", self._domain]

    def _in_lines(self) -> tuple[list[str], list[str]]:
        """Faults of the training data, and what has few lines. Comparing all lines takes seconds: only where one has changed."""
        mark = mark_of(self._of_lines())
        if mark != self._lines[0]:
            self._lines = (mark, *self._read_lines())
        return self._lines[1:]

    def _read_lines(self) -> tuple[list[str], list[str]]:
        """Faults of form first: lines are compared once every block can be read."""
        folders = self._of_lines()[:2]
        if faults := [fault for folder in folders for fault in block_faults(folder, intents_of(self._domain))]:
            return faults, []
        examples, vectors = read_examples(self._data), KeptVectors(Encoder.from_settings(self._settings), self._settings.models)
        with progress.shown_on(sys.stderr):
            found = [f"{self._data}: {fault}" for fault in check_data(examples, vectors.encode)]
        return found, [f"{self._data}: {few}" for few in few_ways(examples)]

    def _in_dialogues(self, *, known: bool) -> list[str]:
        """Faults of form; and, where all names are ``known``, those that there are not."""
        faults = faults_in([self._dialogues])
        if faults or not known:
            return faults
        return list(unknown_names(read_dialogues([self._dialogues]), load_library(self._settings.content)))


def _to_look_at(found: list[str]) -> Iterator[str]:
    if found:
        yield f"To look at ({len(found)}), no faults:"
        yield from (f"  {one}" for one in found)
