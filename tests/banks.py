"""The banks of tests/held_out: messages by people who wrote no training line."""

from typing import Any

from ruamel.yaml import YAML

from tests.conftest import ROOT


def held_out(name: str) -> dict[str, Any]:
    """The groups of the bank ``name`` with their messages."""
    return dict(YAML(typ="safe").load((ROOT / "tests" / "held_out" / f"{name}.yml").read_text(encoding="utf-8")))
