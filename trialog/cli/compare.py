"""``trialog compare``: show what is answered otherwise with another model, or with other content."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from trialog.assistant.dialogues.compare import BETTER, OTHERWISE, SAME, WORSE, Compared, compared, shown, table
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.form import Dialogue, DialogueError, Turn
from trialog.assistant.engine import ModelError
from trialog.cli.players import play_all
from trialog.cli.study import StudyError, add_study
from trialog.cli.versions import VersionError, folders_at
from trialog.content.files import ContentError
from trialog.content.load import load_library
from trialog.operation.progress import shown_on
from trialog.settings import Settings, SettingsError
from trialog.training.evaluation.banks import is_bank, read_bank

# What a content folder has.
_TOPICS = "topics.yml"

_MODEL = ".tar.gz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    told = "a content folder, a model (.tar.gz), or a Git version, whose content is taken"
    parser.add_argument("a", metavar="A", help=f"before: {told}")
    parser.add_argument("b", metavar="B", help="after: the same")
    told = "dialogues, or banks of messages by topic (tests/dialogues)"
    parser.add_argument("files", nargs="*", type=Path, metavar="BANK", default=[Path("tests/dialogues")], help=told)
    add_study(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what went otherwise; 1 if something did, 2 if nothing could be compared."""
    try:
        settings = Settings.from_environment()
        dialogues = list(_dialogues(arguments.files, load_library(settings.content, settings.trial).topics))
        with contextlib.ExitStack() as stack, shown_on(sys.stderr):
            sides = [stack.enter_context(_side(settings, named)) for named in (arguments.a, arguments.b)]
            every = compared(*(play_all(side, dialogues, arguments.study) for side in sides))
    except (ContentError, DialogueError, ModelError, SettingsError, StudyError, VersionError) as error:
        print(f"Nothing was compared: {error}", file=sys.stderr)
        return 2
    return _told(every)


def _told(every: list[Compared]) -> int:
    changed = [one for one in every if one.how != SAME]
    for one in changed:
        print(*shown(one), sep="\n", end="\n\n")
    if not changed:
        print(f"All {len(every)} replies are the same.")
        return 0
    print(*table(every, lambda one: one.topic, "topic"), sep="\n", end="\n\n")
    print(*table(every, lambda one: one.language, "language"), sep="\n", end="\n\n")
    counts = {how: sum(one.how == how for one in changed) for how in (BETTER, WORSE, OTHERWISE)}
    print(f"{len(changed)} of {len(every)} replies differ: {', '.join(f'{count} {how}' for how, count in counts.items())}.")
    return 1


@contextlib.contextmanager
def _side(settings: Settings, named: str) -> Iterator[Settings]:
    """The settings with the content or the model that is ``named``."""
    path = Path(named)
    if (path / _TOPICS).is_file():
        yield dataclasses.replace(settings, content=path)
    elif named.endswith(_MODEL) and path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            # The newest model of a folder is taken; what lies beside it there is of use for any.
            for file in settings.models.iterdir():
                if not file.name.endswith(_MODEL):
                    (Path(folder) / file.name).symlink_to(file.resolve())
            (Path(folder) / path.name).symlink_to(path.resolve())
            yield dataclasses.replace(settings, models=Path(folder))
    else:
        with folders_at(named, settings.content) as (content,):
            yield dataclasses.replace(settings, content=content)


def _dialogues(files: list[Path], topics: Collection[str]) -> Iterator[Dialogue]:
    """The dialogues of ``files``; a message of a bank is one, which expects its group where that is a topic."""
    for file in files:
        if not (file.is_file() and is_bank(file)):
            yield from read_dialogues([file])
            continue
        for number, example in enumerate(read_bank(file), start=1):
            yield Dialogue(file, number, 1, (Turn(say=example.text, topic=example.label if example.label in topics else None),))
