"""What is switched off, and notices to families: a small file that a running server looks at again and again.

Who switched what, when and why stands in the file and, line by line for ever, in the audit log beside it.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, field
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trialog.operation import faults, metrics
from trialog.operation.files import written_whole
from trialog.settings import SettingsError

logger = logging.getLogger(__name__)

# What can be switched off beside a study, which is named by its id.
ALL, QUESTIONNAIRE = "all", "questionnaire"

# A running server looks at the file at most this often; what is switched takes effect within five seconds.
LOOK_SECONDS = 2.0

# A file of more characters is none of ours.
MOST_CHARACTERS = 64 * 1024

# What a notice may have: it stands above a reply, on a phone.
MOST_OF_A_NOTICE = 300

_HEAD = "# What is switched off, and notices to families (docs/operator.md, Switches). Written by `trialog switch`, or by hand.\n"

_Mark = tuple[int, ...]
_NEVER: _Mark = (-1,)

_Words = Annotated[str, Meta(min_length=1, max_length=MOST_OF_A_NOTICE)]


class Off(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is switched off: ``what`` is "all", "questionnaire" or the id of a study."""

    what: _Words
    by: _Words
    why: _Words
    since: str = ""

    def itself(self) -> dict[str, str]:
        """What it is, whoever switched it."""
        return {"what": self.what}


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the hospital tells families from one moment on and before another, both as ISO 8601 has them."""

    text: _Words
    begins: str = field(name="from")
    ends: str = field(name="until")
    by: _Words
    why: _Words

    def __post_init__(self) -> None:
        if moment(self.ends) <= moment(self.begins):
            raise ValueError("a notice ends after it begins")

    def itself(self) -> dict[str, str]:
        """What it is, whoever gave it."""
        return {"text": self.text, "from": self.begins, "until": self.ends}

    def holds(self, now: datetime) -> bool:
        """True while it is to be told."""
        return moment(self.begins) <= now < moment(self.ends)


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the file says."""

    switched_off: tuple[Off, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def off(self) -> list[str]:
        """The names of what is switched off."""
        return sorted({one.what for one in self.switched_off})

    def closed(self, study: str) -> str:
        """What keeps ``study`` from being answered about: "all", or its own id; nothing where it is answered."""
        return next((name for name in (ALL, study) if name in self.off), "")

    def notices_at(self, now: datetime) -> list[Notice]:
        """What is to be told at ``now``."""
        return [notice for notice in self.notices if notice.holds(now)]


class BrokenError(Exception):
    """The file cannot be used; the message says why."""


def moment(written: str) -> datetime:
    """The moment ``written`` as ISO 8601; where it names no time zone, in that of this machine. Raises ValueError."""
    return datetime.fromisoformat(written).astimezone()


def read(path: Path) -> State:
    """What the file says; without one nothing is switched off. Raises BrokenError."""
    try:
        text = path.read_text(encoding="utf-8")
        if len(text) > MOST_CHARACTERS:
            raise BrokenError(f"it has more than {MOST_CHARACTERS} characters")
        # Every value as it is written: "off" and dates are words of YAML.
        data = YAML(typ="base").load(text)
        return msgspec.convert(data or {}, State, strict=False)
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise BrokenError(error.strerror or type(error).__name__) from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BrokenError(f"this is not valid YAML{f', line {mark.line + 1}' if mark else ''}") from error
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        raise BrokenError(str(error)) from error


def write(path: Path, state: State) -> None:
    """Make ``state`` what the file says, whole or not at all."""
    lines = [_HEAD]
    for name, entries in (("switched_off", state.switched_off), ("notices", state.notices)):
        rows = (json.dumps(msgspec.to_builtins(entry), ensure_ascii=False) for entry in entries)
        lines.append(f"{name}:\n" + "".join(f"- {row}\n" for row in rows) if entries else f"{name}: []\n")
    with written_whole(path) as file:
        file.write("".join(lines).encode())


def audit_file(path: Path) -> Path:
    """The audit log beside the file ``path``."""
    return path.with_suffix(".audit.jsonl")


def audit(path: Path, event: str, changes: Iterable[Mapping[str, Any]]) -> None:
    """Append ``changes`` to the audit log beside ``path``: ``event`` is "asked" or "in effect". Nothing in it is ever changed."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = "".join(json.dumps({"time": now, "event": event, **change}, ensure_ascii=False) + "\n" for change in changes)
    if lines:
        file = os.open(audit_file(path), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        with os.fdopen(file, "a", encoding="utf-8") as log:
            log.write(lines)


def changes(before: State, after: State) -> Iterator[dict[str, str]]:
    """What is otherwise in ``after``. Who switches something on again is not who switched it off, so that has no name."""
    steps: tuple[tuple[str, Sequence[Off | Notice], Sequence[Off | Notice]], ...] = (
        ("off", after.switched_off, before.switched_off),
        ("on", before.switched_off, after.switched_off),
        ("notice", after.notices, before.notices),
        ("notice ended", before.notices, after.notices),
    )
    for change, entries, others in steps:
        known = [other.itself() for other in others]
        for entry in entries:
            if entry.itself() not in known:
                who = {"by": entry.by, "why": entry.why} if change in ("off", "notice") else {}
                yield {"change": change, **entry.itself(), **who}


class Switches:
    """The state as a running process has it: the file is read again where it has changed; one that is broken changes nothing."""

    def __init__(self, path: Path | None = None, studies: Iterable[str] = (), clock: Callable[[], float] = time.monotonic) -> None:
        """Reads ``path``, in which ``studies`` can be named; without one nothing is ever switched off.

        Raises SettingsError where it is broken: nobody knows what it is to say.
        """
        self._path, self._studies, self._clock = path, frozenset(studies), clock
        self._looked, self._mark, self._state = clock(), _NEVER, State()
        try:
            self._look()
        except BrokenError as error:
            raise SettingsError(f"TRIALOG_SWITCHES: '{path}' cannot be used: {error}") from error

    def now(self) -> State:
        """What is switched off now. Cheap: the file's time is looked at every two seconds at most."""
        if self._clock() - self._looked >= LOOK_SECONDS:
            try:
                self._look()
            except BrokenError as error:
                # Once for each broken file: its mark is known now.
                faults.report("switches", error)
                logger.error("%s cannot be used, and what held before still holds: %s", self._path, error)
        return self._state

    def know(self, studies: Iterable[str]) -> None:
        """These ``studies`` can be named from now on."""
        self._studies = frozenset(studies)

    def _look(self) -> None:
        self._looked = self._clock()
        if self._path and (mark := _mark(self._path)) != self._mark:
            self._mark = mark
            self._take_over(self._path, read(self._path))

    def _take_over(self, path: Path, state: State) -> None:
        before = self._state
        found = list(changes(before, state))
        self._state = state
        for change in found:
            logger.warning("switched: %s", " ".join(filter(None, (change.get("what"), change["change"]))))
        for unknown in sorted(set(state.off) - {ALL, QUESTIONNAIRE, *self._studies}):
            logger.error("%s switches off '%s', which is no study", path, unknown)
        # All by name: of several workers a figure can be changed, and not taken away.
        for name in {ALL, QUESTIONNAIRE, *self._studies, *before.off, *state.off}:
            metrics.SWITCHED_OFF.labels(name).set(name in state.off)
        try:
            audit(path, "in effect", found)
        except OSError as error:
            faults.report("audit", error)


def _mark(path: Path) -> _Mark:
    """Tells one file from another: by its time, its size and its place on the disk."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
