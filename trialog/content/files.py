"""Reading one content file: YAML in, a typed shape out, every fault as a path and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from trialog.content.marks import marks_in
from trialog.content.misfits import UNKNOWN_KEY, Misfit, Place, line_of, misfits, texts_in
from trialog.content.shape import Shape, fitted

S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in the content: in which file, at which line if that is known (else 0), and what, in a plain sentence."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}" if self.line else f"{self.path}: {self.sentence}"


class ContentError(Exception):
    """The content cannot be used. ``faults`` lists every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("the content has faults:\n" + "\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class ContentFile:
    """A file that fits its shape, as it is written."""

    path: Path
    data: dict[str, Any]

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Every text in the file, with its place."""
        return texts_in(self.data)


class ContentReader:
    """Reads files below ``root`` and gathers the faults of all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.files: list[ContentFile] = []

    def fault(self, path: Path, sentence: str, place: Place = ()) -> None:
        """Note a fault of ``path``, at a ``place`` in it."""
        self._note(path, sentence, line_of(place, path.read_text(encoding="utf-8")) if place else 0)

    def read(self, path: Path, shape: type[S], **given: str) -> S | None:
        """The file in its ``shape``, with the fields ``given`` by its place; None if it does not fit, with the faults noted."""
        text = self._text(path)
        if text is None:
            return None
        try:
            data = parsed(text)
        except MarkedYAMLError as error:
            # What ends too early is wrong behind its last line.
            line = min(error.problem_mark.line, text.rstrip().count("\n")) + 1 if error.problem_mark else 0
            self._note(path, f"this is not valid YAML: {error.problem}.", line)
            return None
        open_ends = dict(marks_in(data))
        found = [misfit for misfit in _misfits(data, shape, given) if misfit.place not in open_ends]
        found += [Misfit(place, what) for place, what in open_ends.items()]
        for misfit in found:
            self._note(path, str(misfit), line_of(misfit.place, text))
        if found:
            return None
        self.files.append(ContentFile(path, data))
        fit: S = fitted({**data, **given}, shape)
        return fit

    def _note(self, path: Path, sentence: str, line: int) -> None:
        beside = self.root.parent
        shown = path.relative_to(beside) if path.is_relative_to(beside) else path
        self.faults.append(Fault(shown.as_posix(), line, sentence))

    def _text(self, path: Path) -> str | None:
        if not path.is_file():
            self.fault(path, "this file is missing.")
            return None
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            self.fault(path, "this is not UTF-8 text.")
            return None


@lru_cache(maxsize=512)
def parsed(text: str) -> Any:
    """What the YAML ``text`` holds, to be read and not changed. Raises MarkedYAMLError if it is none.

    Kept, because the parser takes half the time of a check, and the content is read again for a comparison and by most tests.
    """
    return YAML(typ="safe").load(text)


def _misfits(data: Any, shape: type[Shape], given: dict[str, str]) -> Iterator[Misfit]:
    if not isinstance(data, dict):
        yield from misfits(data, shape)
        return
    yield from (Misfit((name,), UNKNOWN_KEY) for name in given if name in data)
    yield from misfits({**data, **given}, shape)
