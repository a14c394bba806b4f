"""Public sets of messages, out of a folder that whoever measures has filled; none of them is in the repository.

CLINC150 (data_full.json: everyday requests, and others out of its scope), MedSafetyBench (CSV: harmful medical requests), benchmarks of
crises: any JSON of splits with pairs of text and class, and any CSV with a column of texts.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from trialog.content.model import ANSWERED, DANGER
from trialog.nlu.prediction import FALLBACK
from trialog.nlu.thresholds import Thresholds
from trialog.training.evaluation.readings import Reading
from trialog.training.examples import Example

# Of each set so many messages are read, the same ones each time.
MOST, SEED = 1_000, 0

# Columns that hold what somebody says, as public sets call it.
TEXTS = ("text", "message", "post", "sentence", "prompt", "question", "harmful_medical_request")

# Splits that others learn from.
_LEARNED_FROM = ("train", "val", "oos_train", "oos_val")

# What may become of a message, in the order of the table.
_KINDS = ("alarm", "sent to the doctor", "declined", "asked back", "answered from the study", "small talk and the rest")


class NoSetError(ValueError):
    """There is nothing to read in a folder; the message says what is looked for."""


def read_sets(folder: Path) -> dict[str, list[Example]]:
    """The messages of each set below ``folder``, by file and split. Raises NoSetError if there are none."""
    sets: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        for name, texts in _texts(file):
            sets.setdefault(name, []).extend(texts)
    found = {name: [Example(text, name, name) for text in _some(texts)] for name, texts in sets.items() if texts}
    if not found:
        raise NoSetError(f"'{folder}' holds no set: a JSON of splits with pairs, or a CSV with one of the columns {', '.join(TEXTS)}")
    return found


def what_became(readings: Sequence[Reading], thresholds: Thresholds) -> dict[str, float]:
    """How many messages there are, and in percent what became of them."""
    kinds = Counter(_kind(reading.decision(thresholds).topic) for reading in readings)
    return {"messages": len(readings), **{kind: round(100 * kinds[kind] / len(readings), 1) for kind in _KINDS}}


def _kind(topic: str) -> str:
    if topic in DANGER:
        return "alarm"
    starts: Mapping[str, str | tuple[str, ...]] = {
        "sent to the doctor": "safety/",
        "declined": "out_of_scope/",
        "asked back": FALLBACK,
        "answered from the study": ANSWERED,
    }
    return next((kind for kind, start in starts.items() if topic.startswith(start)), _KINDS[-1])


def _texts(file: Path) -> Iterator[tuple[str, list[str]]]:
    if file.suffix == ".json":
        splits = json.loads(file.read_text(encoding="utf-8"))
        for split, pairs in splits.items() if isinstance(splits, dict) else ():
            if split not in _LEARNED_FROM and isinstance(pairs, list):
                yield f"{file.stem}: {split}", [pair[0] for pair in pairs if isinstance(pair, list)]
    elif file.suffix == ".csv":
        with file.open(encoding="utf-8", newline="") as rows:
            # Parts of one set stand side by side in a folder.
            yield file.parent.name, list(_column(csv.DictReader(rows)))


def _column(rows: csv.DictReader[str]) -> Iterator[str]:
    name = next((name for name in rows.fieldnames or () if name.lower() in TEXTS), None)
    yield from (row[name] for row in rows if name and row[name])


def _some(texts: Iterable[str]) -> list[str]:
    each = sorted(set(texts))
    return random.Random(SEED).sample(each, min(MOST, len(each)))  # noqa: S311 - which are read is no secret
