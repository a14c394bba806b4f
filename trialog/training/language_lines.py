"""How families ask, and tell of danger, in other languages: data/languages/*.yml, by voice and class."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

from trialog.training.examples import Example


def language_lines(folder: Path) -> Iterator[Example]:
    """Every line below ``folder``; ``harmless`` is the class of lines that only sound like danger."""
    for file in sorted(folder.glob("*.yml")):
        for voice, groups in YAML(typ="safe").load(file.read_text(encoding="utf-8")).items():
            for label, lines in groups.items():
                yield from (Example(line, label, voice) for line in lines)


def digest(folder: Path) -> str:
    """Changes with every change of the lines, so that heads trained on older ones are noticed."""
    lines = sorted(f"{example.label}\t{example.text}" for example in language_lines(folder))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
