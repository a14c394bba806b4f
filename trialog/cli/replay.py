"""``trialog replay``: play written dialogues against the assistant, and show where it answers otherwise than expected."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import sys
import time
from pathlib import Path

from trialog.assistant.dialogues.form import Dialogue, DialogueError, read_dialogues
from trialog.assistant.dialogues.play import Played, in_new_conversation
from trialog.assistant.dialogues.report import as_it_is, difference, junit, update
from trialog.assistant.engine import Engine, ModelError
from trialog.cli.patience import patient_engine
from trialog.content.files import ContentError
from trialog.operation.progress import shown_on, steps
from trialog.settings import Settings, SettingsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("files", nargs="*", type=Path, default=[Path("tests/dialogues")], help="files or folders (tests/dialogues)")
    parser.add_argument("--trial", default="", help="id of the study (the first one by default)")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write the result as JUnit XML")
    parser.add_argument("--update", action="store_true", help="ask, turn by turn, if what was answered is right, and write it down")


def run(arguments: argparse.Namespace) -> int:
    """Show what went otherwise; 1 if something did, 2 if nothing could be played."""
    try:
        dialogues = read_dialogues(arguments.files)
        engine = patient_engine(Settings.from_environment())
    except (DialogueError, ContentError, ModelError, SettingsError) as error:
        print(f"Nothing was played: {error}", file=sys.stderr)
        return 2
    with shown_on(sys.stderr):
        played = asyncio.run(_play(engine, dialogues, arguments.trial))
    failed = [one for one in played if not one.passed]
    for one in failed:
        print(*difference(one), sep="\n", end="\n\n")
        if arguments.update:
            _ask_to_update(one)
    print(f"{len(played) - len(failed)} of {len(played)} dialogues went as expected.")
    if arguments.junit:
        arguments.junit.write_text(junit(played), encoding="utf-8")
    return 1 if failed else 0


async def _play(engine: Engine, dialogues: list[Dialogue], trial: str) -> list[Played]:
    found = []
    for dialogue in steps(f"Playing {len(dialogues):,} dialogues", dialogues, len(dialogues)):
        began = time.perf_counter()
        played = await in_new_conversation(engine, dialogue, trial)
        found.append(dataclasses.replace(played, seconds=time.perf_counter() - began))
    return found


def _ask_to_update(played: Played) -> None:
    """Each turn whose codes are others than expected; missing words are for a person to look at."""
    for place, turn in enumerate(played.turns):
        if turn.faults and turn.replies and as_it_is(turn):
            print(f"{turn.turn.text}\n  is answered as {as_it_is(turn)}. Is that right? [y/N] ", end="", flush=True)
            if sys.stdin.readline().strip().lower() in ("y", "yes"):
                update(played, place)
