"""Reading one content file: YAML in, plain data out, every fault as a path and a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

SCHEMAS = Path(__file__).parent / "schemas"


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in the content: in which file, and what, in a plain sentence."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class ContentError(Exception):
    """The content cannot be used. ``faults`` lists every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("the content has faults:\n" + "\n".join(map(str, self.faults)))


class ContentReader:
    """Reads files below ``root`` and gathers the faults of all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def fault(self, path: Path, sentence: str) -> None:
        """Note a fault of ``path``."""
        beside = self.root.parent
        shown = path.relative_to(beside) if path.is_relative_to(beside) else path
        self.faults.append(Fault(shown.as_posix(), sentence))

    def read(self, path: Path, schema: str) -> dict[str, Any] | None:
        """The file's data if it is there, is YAML and fits ``schema``; else None, with the faults noted."""
        if not path.is_file():
            self.fault(path, "this file is missing.")
            return None
        try:
            data = _plain(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
        except MarkedYAMLError as error:
            line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
            self.fault(path, f"this is not valid YAML{line}: {error.problem}.")
            return None
        except UnicodeDecodeError:
            self.fault(path, "this is not UTF-8 text.")
            return None
        misfits = list(_validator(schema).iter_errors(data))
        for misfit in misfits:
            self.fault(path, _sentence(misfit))
        return None if misfits else data


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _plain(data: Any) -> Any:
    """Dates as ISO text, which is what JSON Schema knows."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def _sentence(error: ValidationError) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")
    place = f"at '{where}': " if where else ""
    if error.validator == "oneOf" and "required" in str(error.validator_value):
        options = " or ".join(" and ".join(f"'{name}'" for name in option.get("required", ["text"])) for option in error.validator_value)
        return f"{place}exactly one of these must be given: {options}."
    if error.validator == "anyOf":
        options = " or ".join(f"'{option['required'][0]}'" for option in error.validator_value)
        return f"{place}at least one of these must be given: {options}."
    if error.validator == "additionalProperties":
        return f"{place}unknown key: {error.message}."
    if error.validator == "required":
        return f"{place}a key is missing: {error.message}."
    if error.validator == "pattern":
        return f"{place}'{error.instance}' does not have the right form ({error.validator_value})."
    return f"{place}{error.message}."
