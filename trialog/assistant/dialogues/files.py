"""The files of dialogues: those in the form of this project, and Rasa's own test stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from trialog.assistant.dialogues.form import Dialogue, DialogueError, dialogue_in, listed
from trialog.assistant.dialogues.stories import STORIES, story_in

# The questionnaire's families are a form of their own (tests/dialogues/questionnaire).
_OTHER_FORM = "questionnaire"


def read_dialogues(paths: Iterable[Path]) -> list[Dialogue]:
    """All dialogues of the files, and of the YAML files below the folders; raises DialogueError for the first that is none."""
    found = []
    for one in _each(paths):
        if isinstance(one, DialogueError):
            raise one
        found.append(one)
    return found


def faults_in(paths: Iterable[Path]) -> list[str]:
    """Why each of the dialogues is none that is none, as ``path:line: sentence``."""
    return [str(one) for one in _each(paths) if isinstance(one, DialogueError)]


def _each(paths: Iterable[Path]) -> Iterator[Dialogue | DialogueError]:
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.yml")):
                if file.parent.name != _OTHER_FORM:
                    yield from _in_file(file)
        elif path.is_file():
            yield from _in_file(path)
        else:
            yield DialogueError(f"{path}: there is no such file or folder.")


def _in_file(file: Path) -> Iterator[Dialogue | DialogueError]:
    try:
        data, lines = listed(file, STORIES)
    except DialogueError as error:
        yield error
        return
    is_stories = isinstance(data, dict) and isinstance(data.get(STORIES), list)
    if not is_stories and not isinstance(data, list):
        yield DialogueError(f"{file}: this is no list of dialogues.")
        return
    items, read = (data[STORIES], story_in) if is_stories else (data, dialogue_in)
    for number, (line, one) in enumerate(zip(lines, items, strict=True), start=1):
        try:
            yield read(file, number, line, one)
        except DialogueError as error:
            yield error
