"""The training data block by block: what each holds, and every fault of its form with the line it stands in.

Rasa leaves out what it cannot read and goes on; a voice would be missing and nobody would know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

# A place, as a line number from 1, and what is wrong there.
Found = tuple[int, str]


def blocks_of(file: Path) -> list[Any]:
    """The blocks of an NLU file as they stand there."""
    return list(YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"])


def examples_of(block: Mapping[str, Any]) -> list[str]:
    """The messages of a block: a line each, or, where one is longer than a line may be, a ``text`` each."""
    examples = block["examples"]
    if isinstance(examples, str):
        return [line.removeprefix("- ") for line in examples.splitlines()]
    return [example["text"] for example in examples]


def intents_of(domain: Path) -> set[str]:
    """The intents that a domain file names."""
    named = YAML(typ="safe").load(domain.read_text(encoding="utf-8"))["intents"]
    return {name for intent in named for name in ([intent] if isinstance(intent, str) else intent)}


def block_faults(folder: Path, intents: Collection[str]) -> list[str]:
    """Every fault of the files below ``folder`` as ``path:line: sentence``; a block's intent must be one of ``intents``."""
    return [
        f"{file.as_posix()}:{line}: {sentence}"
        for file in sorted(folder.rglob("*.yml"))
        for line, sentence in sorted(_of_file(file.read_text(encoding="utf-8"), intents))
    ]


def _of_file(text: str, intents: Collection[str]) -> Iterator[Found]:
    # Knowing the lines takes ten times as long, and most files have no fault.
    if next(_as_read("safe", text, intents), None):
        yield from _as_read("rt", text, intents)


def _as_read(how: str, text: str, intents: Collection[str]) -> Iterator[Found]:
    """The faults of ``text``; their lines are right where it is read as "rt", and 0 else."""
    try:
        data = YAML(typ=how).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        problem = " ".join(str(error.problem).split())
        yield (mark.line + 1 if mark else 1), f"this is not valid YAML: {problem}."
        return
    if not isinstance(data, dict) or not isinstance(data.get("nlu"), list):
        yield 1, "the file has no list of blocks under 'nlu'."
        return
    for place, block in enumerate(data["nlu"]):
        line = _line_of(data["nlu"], place)
        if isinstance(block, dict):
            yield from _of_block(block, line, intents)
        else:
            yield line, "this is no block; it must have 'intent', 'metadata' and 'examples'."


def _line_of(part: Any, place: int) -> int:
    return int(part.lc.item(place)[0]) + 1 if hasattr(part, "lc") else 0


def _of_block(block: Any, line: int, intents: Collection[str]) -> Iterator[Found]:
    intent = block.get("intent")
    if not intent:
        yield line, "the block has no intent."
    elif str(intent).partition("/")[0] not in intents:
        yield line, f"the domain does not know the intent '{intent}'."
    if not (isinstance(block.get("metadata"), dict) and block["metadata"].get("voice")):
        yield line, "the block does not say whose voice it is (metadata: {voice: ...})."
    if not block.get("examples"):
        yield line, "the block is empty: it has no examples."
    elif isinstance(block["examples"], str):
        yield from _of_lines(block["examples"], block.lc.value("examples")[0] + 2 if hasattr(block, "lc") else 0)
    elif isinstance(block["examples"], list):
        yield from _of_texts(block["examples"])
    else:
        yield line, "the examples are neither lines nor a list of texts."


def _of_lines(examples: str, first: int) -> Iterator[Found]:
    for line, example in enumerate(examples.splitlines(), start=first):
        if not example.removeprefix("-").strip():
            yield line, "the line is empty."
        elif not example.startswith("- "):
            yield line, f"an example begins with '- ', and this does not: '{example.strip()}'."


def _of_texts(examples: Any) -> Iterator[Found]:
    for place, example in enumerate(examples):
        if not (isinstance(example, dict) and isinstance(example.get("text"), str) and example["text"].strip()):
            yield _line_of(examples, place), "the example has no text."
