"""Faults of the training data that no schema sees: doubles, one phrase under two topics, topics that are thin."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from trialog.nlu.encoder.arrays import Array
from trialog.training.examples import Example

# A topic with fewer lines is understood badly by people who are not like their author; a word explained has its name.
LEAST_EXAMPLES = 40
LEAST_EXAMPLES_OF_A_WORD = 25

# From here on a topic is well covered; between, it is worth more lines.
FEW_LINES, WORDS_FEW_LINES, FEW_VOICES = 60, 40, 5

# Cosine of two embeddings, and share of letters in the same order, from which on a person would call two lines of a topic the same: the
# encoder was taught that all lines of a topic are alike.
SAME_LINE, SAME_LETTERS = 0.98, 0.85
# From here on two lines under different classes contradict each other.
SAME_MEANING = 0.96

_CHUNK = 1024

# Gives the vectors of texts, one row a text.
Encode = Callable[[Sequence[str]], Array]


def check_data(examples: Sequence[Example], encode: Encode) -> list[str]:
    """Every fault as a sentence, sorted; ``encode`` says how near two lines are."""
    return sorted([*_thin(examples), *_doubles(examples), *_near(examples, encode)])


def _thin(examples: Sequence[Example]) -> Iterator[str]:
    for label, count in Counter(example.label for example in examples).items():
        least = LEAST_EXAMPLES_OF_A_WORD if label.startswith("term/") else LEAST_EXAMPLES
        if count < least:
            yield f"{label}: only {count} lines; {least} is the least."


def few_ways(examples: Sequence[Example]) -> Iterator[str]:
    """What is no fault: topics that few lines, or few voices, ask about."""
    lines, voices = Counter(example.label for example in examples), defaultdict(set)
    for example in examples:
        voices[example.label].add(example.voice)
    for label, count in lines.items():
        few = WORDS_FEW_LINES if label.startswith("term/") else FEW_LINES
        if count < few or len(voices[label]) < FEW_VOICES:
            yield f"{label}: only {count} lines of {len(voices[label])} voices."


def _doubles(examples: Sequence[Example]) -> Iterator[str]:
    places: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        places[plain(example.text)].append(example.label)
    for text, labels in places.items():
        if len(labels) > 1:
            yield f"{' and '.join(sorted(set(labels)))}: '{text}' stands {len(labels)} times."


def plain(text: str) -> str:
    """``text`` without case and end marks; the text itself where nothing else is in it."""
    return text.lower().strip(" .!?") or text


def _near(examples: Sequence[Example], encode: Encode) -> Iterator[str]:
    # The encoder reads a script it was not trained on as one unknown piece, so all such lines look alike to it.
    examples = [example for example in examples if re.search("[a-z]", example.text.lower())]
    if not examples:
        return
    vectors = encode([example.text for example in examples])
    for start in range(0, len(examples), _CHUNK):
        # With those behind it: those before it have been compared with it.
        likeness = vectors[start : start + _CHUNK] @ vectors[start:].T
        for row, column in zip(*np.where(likeness >= SAME_MEANING), strict=True):
            first, second = examples[start + row], examples[start + column]
            if row < column and plain(first.text) != plain(second.text):
                yield from _compared(first, second, float(likeness[row, column]))


def _compared(first: Example, second: Example, likeness: float) -> Iterator[str]:
    if first.label != second.label:
        yield f"{first.label} and {second.label}: '{first.text}' and '{second.text}' mean the same."
    elif likeness >= SAME_LINE and first.voice == second.voice and _reads_alike(first.text, second.text):
        yield f"{first.label}: '{first.text}' and '{second.text}' are nearly the same line."


def _reads_alike(first: str, second: str) -> bool:
    return difflib.SequenceMatcher(None, plain(first), plain(second)).ratio() >= SAME_LETTERS
