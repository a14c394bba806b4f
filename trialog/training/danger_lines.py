"""The lines the danger model is trained on: data/danger/*.yml, by voice and class, beside all other training examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruamel.yaml import YAML

from trialog.nlu.danger.model import CLASSES, HARMLESS
from trialog.training.examples import Example


def danger_lines(folder: Path) -> Iterator[Example]:
    """Every line below ``folder``, labelled with its class of ``CLASSES``. Raises ValueError that names a wrong class."""
    classes = {name.rpartition("/")[2]: name for name in CLASSES}
    for file in sorted(folder.glob("*.yml")):
        for voice, groups in YAML(typ="safe").load(file.read_text(encoding="utf-8")).items():
            for group, lines in groups.items():
                if group not in classes:
                    raise ValueError(f"{file.name}: {voice} has lines under {group}; there is only {', '.join(classes)}.")
                yield from (Example(line, classes[group], voice) for line in lines)


def as_danger(examples: Iterable[Example]) -> Iterator[Example]:
    """``examples`` of any intent, labelled by whether they tell of danger."""
    return (Example(example.text, example.label if example.label in CLASSES else HARMLESS, example.voice) for example in examples)


def digest(folder: Path) -> str:
    """Changes with every change of the lines, so that a model trained from older ones is noticed."""
    lines = sorted(f"{example.label}\t{example.text}" for example in danger_lines(folder))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
