"""``trialog replay``: play written dialogues against the assistant, and show where it answers otherwise than expected."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.form import DialogueError
from trialog.assistant.dialogues.play import Played
from trialog.assistant.dialogues.report import as_it_is, difference, junit, update
from trialog.assistant.engine import ModelError
from trialog.cli.players import play_all
from trialog.cli.study import StudyError, add_study
from trialog.content.files import ContentError
from trialog.operation.progress import shown_on
from trialog.settings import Settings, SettingsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    told = "files or folders of dialogues, or of Rasa's test stories (tests/dialogues)"
    parser.add_argument("files", nargs="*", type=Path, default=[Path("tests/dialogues")], help=told)
    add_study(parser)
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write the result as JUnit XML")
    parser.add_argument("--update", action="store_true", help="ask, turn by turn, if what was answered is right, and write it down")


def run(arguments: argparse.Namespace) -> int:
    """Show what went otherwise; 1 if something did, 2 if nothing could be played."""
    try:
        dialogues = read_dialogues(arguments.files)
        with shown_on(sys.stderr):
            played = play_all(Settings.from_environment(), dialogues, arguments.study)
        if arguments.junit:
            arguments.junit.write_text(junit(played), encoding="utf-8")
    except (DialogueError, ContentError, ModelError, SettingsError, StudyError) as error:
        return tell(error)
    except OSError as error:
        print(f"The result cannot be written: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    return show(played, update_too=arguments.update)


def tell(error: Exception) -> int:
    """Say why nothing was played."""
    print(f"Nothing was played: {error}", file=sys.stderr)
    return 2


def show(played: Sequence[Played], *, update_too: bool = False) -> int:
    """Print what went otherwise, and ask if it is right where it is to be written down; 1 if something did."""
    failed = [one for one in played if not one.passed]
    for one in failed:
        print(*difference(one), sep="\n", end="\n\n")
        if update_too:
            _ask_to_update(one)
    print(f"{len(played) - len(failed)} of {len(played)} dialogues went as expected.")
    return 1 if failed else 0


def _ask_to_update(played: Played) -> None:
    """Each turn whose codes are others than expected; missing words are for a person to look at."""
    for place, turn in enumerate(played.turns):
        if turn.faults and turn.replies and as_it_is(turn):
            print(f"{turn.turn.text}\n  is answered as {as_it_is(turn)}. Is that right? [y/N] ", end="", flush=True)
            if sys.stdin.readline().strip().lower() in ("y", "yes"):
                update(played, place)
