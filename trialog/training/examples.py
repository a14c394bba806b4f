"""The training lines as data, each with the voice it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trialog.training.blocks import blocks_of, examples_of


@dataclass(frozen=True)
class Example:
    """One line: its text, its class and the voice it is written in."""

    text: str
    label: str
    voice: str


def read_examples(folder: Path) -> list[Example]:
    """Every line of the NLU files below ``folder``; each block's ``metadata`` names its voice."""
    blocks = (block for file in sorted(folder.rglob("*.yml")) for block in blocks_of(file))
    return [Example(text, block["intent"], block["metadata"]["voice"]) for block in blocks for text in examples_of(block)]
