"""The training lines as data, each with the voice it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from trialog.training.blocks import examples_of


@dataclass(frozen=True)
class Example:
    """One line: its text, its class and the voice it is written in."""

    text: str
    label: str
    voice: str


def read_examples(folder: Path) -> list[Example]:
    """Every line of the NLU files below ``folder``."""
    return [example for file in sorted(folder.rglob("*.yml")) for example in read_file(file)]


def read_file(file: Path) -> list[Example]:
    """Every line of one NLU file; each block's ``metadata`` names its voice."""
    examples = []
    for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
        examples += [Example(text, block["intent"], block["metadata"]["voice"]) for text in examples_of(block)]
    return examples
