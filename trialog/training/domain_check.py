"""Faults of the rules against the domain: names that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

# What a rule may name, and where the domain lists it.
_LISTED = {"intent": "intents", "action": "actions", "active_loop": "forms", "slot_was_set": "slots"}

# Rasa's own slot of a form, and its actions that a rule may name.
_OF_RASA = ("requested_slot", "action_listen", "action_restart", "action_back")


def domain_faults(domain: Path, rules: Path) -> list[str]:
    """Every name in the files of ``rules`` that the ``domain`` does not know, as ``path:line: sentence``."""
    known = _known(YAML(typ="safe").load(domain.read_text(encoding="utf-8")))
    return [fault for file in sorted(rules.rglob("*.yml")) for fault in _of_file(file, known)]


def _known(domain: dict[str, Any]) -> dict[str, set[str]]:
    named = {part: domain.get(part) or () for part in _LISTED.values()}
    found = {part: {name for one in names for name in ([one] if isinstance(one, str) else one)} for part, names in named.items()}
    found["actions"] |= found["forms"]
    return found


def _of_file(file: Path, known: dict[str, set[str]]) -> Iterator[str]:
    try:
        rules = YAML().load(file.read_text(encoding="utf-8")).get("rules") or ()
    except (YAMLError, AttributeError):
        yield f"{file.as_posix()}: this is no list of rules in valid YAML."
        return
    for rule in rules:
        for step in (*rule.get("condition", ()), *rule.get("steps", ())):
            for key, name, line in _named(step):
                if name not in known[_LISTED[key]] and name not in _OF_RASA and not name.startswith("utter_"):
                    yield f"{file.as_posix()}:{line}: the domain has no '{name}' among its {_LISTED[key]}."


def _named(step: Any) -> Iterator[tuple[str, str, int]]:
    """Each name in a step of a rule, with the kind it is of, and its line."""
    line = int(step.lc.line) + 1
    if isinstance(step, dict):
        for one in step.get("or", ()):
            yield from _named(one)
        for slots in step.get("slot_was_set") or ():
            yield from (("slot_was_set", str(name), line) for name in ([slots] if isinstance(slots, str) else slots))
        for key in ("intent", "action", "active_loop"):
            if step.get(key):
                yield key, str(step[key]).partition("/")[0], line
