"""Reading one content file: YAML in, a typed shape out, every fault as a path and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.resolver import VersionedResolver, implicit_resolvers

from trialog.content.marks import marks_in
from trialog.content.misfits import UNKNOWN_KEY, Misfit, Place, line_of, misfits, texts_in
from trialog.content.shape import Shape, fitted

S = TypeVar("S", bound=Shape)


def _resolvers(version: tuple[int, int]) -> dict[str | None, tuple[tuple[str, Any], ...]]:
    """What a word without quotation marks can be beside a text, by its first letter.

    Tuples, because ruamel.yaml adds those of any letter (None) to a list in place, which would grow with each word.
    """
    found: dict[str | None, tuple[tuple[str, Any], ...]] = {None: ()}
    for versions, tag, pattern, letters in implicit_resolvers:
        for letter in letters if version in versions else ():
            found[letter] = (*found.get(letter, ()), (tag, pattern))
    return found


class _Resolver(VersionedResolver):
    """Of YAML 1.2 and no other: else the version is looked up for each word of a file, which takes as long as all the rest."""

    versioned_resolver = _resolvers((1, 2))


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
    """A file that fits its shape, as it is written: its text, and what that holds."""

    path: Path
    text: str
    data: dict[str, Any]

    @property
    def end(self) -> tuple[str, ...]:
        """The end of its path, which says what the file is about."""
        return self.path.parts[-2:]

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
        fit = _fit(data, shape, given) if "[[" not in text else None
        if fit is None:
            open_ends = dict(marks_in(data))
            found = [misfit for misfit in _misfits(data, shape, given) if misfit.place not in open_ends]
            found += [Misfit(place, what) for place, what in open_ends.items()]
            for misfit in found:
                self._note(path, str(misfit), line_of(misfit.place, text))
            if found:
                return None
        self.files.append(ContentFile(path, text, data))
        return fit or _fit(data, shape, given)

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
    yaml = YAML(typ="safe")
    yaml.Resolver = _Resolver
    return yaml.load(text)


def _fit(data: Any, shape: type[S], given: dict[str, str]) -> S | None:
    """``data`` in its ``shape``; None where it does not fit, which ``_misfits`` explains."""
    if not isinstance(data, dict) or given.keys() & data.keys():
        return None
    try:
        fit: S = fitted({**data, **given}, shape)
    except msgspec.ValidationError:
        return None
    return fit


def _misfits(data: Any, shape: type[Shape], given: dict[str, str]) -> Iterator[Misfit]:
    if not isinstance(data, dict):
        yield from misfits(data, shape)
        return
    yield from (Misfit((name,), UNKNOWN_KEY) for name in given if name in data)
    yield from misfits({**data, **given}, shape)
