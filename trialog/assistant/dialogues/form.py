"""The form of a dialogue: a YAML file holds a list of them, each a list of turns."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from trialog.content.misfits import UNKNOWN_KEY, Misfit, line_of, misfits
from trialog.content.shape import Shape, fitted


class DialogueError(Exception):
    """A file holds no dialogues; the message says which, and why."""


class Turn(Shape, frozen=True):
    """What the family says (``say``) or presses (a payload), and what the replies must have, or must not."""

    say: str | None = None
    press: str | None = None
    topic: str | None = None
    kind: str | None = None
    criterion: str | None = None
    outcome: str | None = None
    language: str | None = None
    words: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    # What the promises of a conversation take from a turn: the questionnaire begins here, danger is over here.
    begins: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        if (self.say is None) == (self.press is None):
            raise ValueError("exactly one of these must be given: 'say' or 'press'.")

    @property
    def text(self) -> str:
        """What is sent."""
        return self.say if self.say is not None else str(self.press)


class _Told(Shape, frozen=True):
    """A dialogue with a title, or with the voice it is told in."""

    turns: tuple[Turn, ...]
    title: str = ""
    voice: str = ""


@dataclass(frozen=True)
class Dialogue:
    """A dialogue, and where it stands: the ``number``-th of ``path``, which begins at ``line``."""

    path: Path
    number: int
    line: int
    turns: tuple[Turn, ...]

    @property
    def name(self) -> str:
        """As tests and reports call it."""
        return f"{self.path.with_suffix('').as_posix()}-{self.number}"


@contextlib.contextmanager
def _readable(file: Path) -> Iterator[None]:
    """A fault of the file's YAML as a DialogueError with its line."""
    try:
        yield
    except (YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        raise DialogueError(f"{file}:{where.line + 1 if where else 1}: this is not valid YAML.") from error


def listed(file: Path, key: str) -> tuple[Any, list[int]]:
    """What ``file`` holds, and at which line each item of its list begins, which may stand under ``key``.

    Without comments and places, which take ten times as long to read.
    """
    yaml = YAML(typ="safe")
    with _readable(file):
        text = file.read_text(encoding="utf-8")
        data, node = yaml.load(text), yaml.compose(text)
    if isinstance(data, dict):
        node = next((value for name, value in node.value if name.value == key), None)
    return data, [one.start_mark.line + 1 for one in node.value] if isinstance(node, SequenceNode) else []


def load(file: Path) -> Any:
    """The file with its comments and places."""
    with _readable(file):
        return _yaml().load(file.read_text(encoding="utf-8"))


def dialogue_in(file: Path, number: int, line: int, one: Any) -> Dialogue:
    """The ``number``-th dialogue of ``file``, from ``one`` at ``line``; raises DialogueError where that is none."""
    told = one if isinstance(one, dict) else {"turns": one}
    try:
        return Dialogue(file, number, line, fitted(told, _Told).turns)
    except msgspec.ValidationError as error:
        # The turns of a dialogue without a title stand in it themselves.
        places = ((misfit, misfit.place if told is one else misfit.place[1:]) for misfit in misfits(told, _Told))
        text = file.read_text(encoding="utf-8")
        faults = (f"{file}:{line_of((number - 1, *place), text)}: {_in_words(misfit)}" for misfit, place in places)
        raise DialogueError("\n".join(faults)) from error


def _in_words(misfit: Misfit) -> str:
    """For somebody who has written the file: which turn it is, and how the key is spelled."""
    turn = f"turn {misfit.place[1] + 1}: " if len(misfit.place) > 1 and isinstance(misfit.place[1], int) else ""
    key = str(misfit.place[-1]) if misfit.place else ""
    if misfit.sentence != UNKNOWN_KEY:
        return f"{turn}{f'{key}: ' if not key.isdecimal() else ''}{misfit.sentence}"
    known = Turn.__struct_fields__ if turn else _Told.__struct_fields__
    likely = difflib.get_close_matches(key, known, n=1)
    return f"{turn}there is no '{key}'. {f'Is it {likely[0]}? ' if likely else ''}There are: {', '.join(known)}."


def write_dialogue(file: Path, turns: Sequence[dict[str, Any]], titles: Sequence[str] = ()) -> None:
    """Add a dialogue to ``file``, which may not be there yet; raises DialogueError where it is one of something else.

    ``titles`` are those of the buttons pressed, one for each turn, empty where none was: nobody reads a payload.
    """
    data = load(file) if file.is_file() else CommentedSeq()
    if not isinstance(data, CommentedSeq):
        raise DialogueError(f"{file}: this is no list of dialogues.")
    written = [CommentedMap({name: _quoted(value) for name, value in turn.items()}) for turn in turns]
    for turn, title in zip(written, titles, strict=False):
        if title:
            turn.yaml_add_eol_comment(title, "press")
    data.append(written)
    save(file, data)


def save(file: Path, data: Any) -> None:
    """Write what ``load`` gave, with its comments."""
    with file.open("w", encoding="utf-8") as out:
        _yaml().dump(data, out)


def _quoted(value: Any) -> Any:
    """Words in quotation marks: "no", "yes" and numbers would be read as something else."""
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def _yaml() -> Any:
    yaml = YAML()
    yaml.width = 130  # type: ignore[assignment]  # ruamel.yaml has these as None until they are set
    yaml.preserve_quotes = True  # type: ignore[assignment]
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml
