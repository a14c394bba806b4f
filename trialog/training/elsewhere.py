"""Trains the heads of the encoder of all languages, on English lines and on those of data/languages: ``scripts/train-languages`` runs it.

The encoder stays as it was tuned, so this is a matter of minutes: what it makes of each line, two regressions, and a machine for danger.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.svm import SVC

from trialog.nlu.elsewhere.model import (
    DANGER_CLASSES,
    DANGER_HEAD,
    HARMLESS,
    HEADS,
    KEPT,
    MEAN,
    NUMBERS,
    SUPPORT,
    SUPPORT_WEIGHTS,
    TOPIC_HEAD,
    TOPICS,
    TRAINED_FROM,
)
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.base import BaseModel, Pieces
from trialog.nlu.encoder.multilingual import PREFIX, MultilingualEncoder, multilingual, tokenizer_of
from trialog.nlu.evidence import FOREIGN
from trialog.nlu.topics.parallel import PROCESSORS
from trialog.operation import progress
from trialog.training.danger_lines import danger_lines
from trialog.training.examples import Example, read_examples
from trialog.training.language_lines import digest, language_lines

# Languages that families write in, and how many of each one's commonest words must keep their pieces.
LANGUAGES = ("en", "nl", "de", "fr", "es", "it", "pl", "tr", "ar", "uk", "pt", "ru")
COMMON_WORDS = 10_000

# Danger is learned from so many English lines of a topic, and of a class of danger, of so many words at most: more take minutes.
MOST_OF_A_TOPIC, MOST_OF_DANGER, LONGEST = 30, 500, 16
# A line in another language counts as much as so many in English, for topics, which learn from all lines, and for danger.
OWN_LANGUAGE_OF_TOPICS, OWN_LANGUAGE_OF_DANGER = 3.0, 10.0
INVERSE_REGULARISATION = 10.0
MAX_ITERATIONS = 200
# Of the machine for danger: how much a line on the wrong side costs, how far a line reaches, and the folds (by voice) in which its
# decisions are turned into probabilities.
COST, GAMMA, FOLDS = 3.0, 3.0, 5
SEED = 0


def english_lines(data: Path) -> tuple[list[Example], list[int]]:
    """The English lines to learn from, and the places of those that danger is learned from: the same choice each time."""
    topics = [example for example in read_examples(data / "nlu") if example.label != FOREIGN]
    dangers = at_most(danger_lines(data / "danger"), MOST_OF_DANGER)
    chosen = set(at_most(topics, MOST_OF_A_TOPIC))
    lines = topics + dangers
    return lines, [place for place, line in enumerate(lines) if place >= len(topics) or line in chosen]


def at_most(examples: Iterable[Example], count: int) -> list[Example]:
    """At most ``count`` of each class, none of them long."""
    classes: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if len(example.text.split()) <= LONGEST:
            classes[example.label].append(example)
    chance = random.Random(SEED)  # noqa: S311 - which lines are chosen is no secret
    return [example for group in classes.values() for example in chance.sample(group, min(count, len(group)))]


def kept_pieces(pieces: Pieces, texts: Sequence[str]) -> NDArray[np.int64]:
    """The numbers of the pieces that common words of the languages and ``texts`` are cut into, and of their single characters."""
    # Installed by the script alone: nothing else needs the lists of words.
    import wordfreq

    whole = tokenizer_of(pieces, np.arange(len(pieces.texts)))
    common = [word for language in LANGUAGES for word in wordfreq.top_n_list(language, COMMON_WORDS)]
    used = {pieces.begin, pieces.end, pieces.padding, pieces.unknown}
    for encoding in whole.encode_batch([*common, *(word.capitalize() for word in common), *texts]):
        used.update(encoding.ids)
    characters = {character for number in used for character in pieces.texts[number]}
    used |= {number for number, text in enumerate(pieces.texts) if len(text) == 1 and text in characters}
    return np.array(sorted(used))


def head(vectors: Array, names: Sequence[str], weights: Array, classes: Sequence[str]) -> Array:
    """A regression from ``vectors`` to ``names``, its columns as ``classes``, its last row the intercepts."""
    regression = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=MAX_ITERATIONS).fit(vectors, names, sample_weight=weights)
    found = np.vstack([regression.coef_.T, regression.intercept_]).astype(np.float32)
    order = [list(regression.classes_).index(name) for name in classes]
    return np.ascontiguousarray(found[:, order])


def danger_machine(vectors: Array, names: Sequence[str], voices: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    """What tells danger from all else; its probabilities are those of voices that it has not learned from."""
    is_danger = np.array([name != HARMLESS for name in names])
    machine = SVC(C=COST, gamma=GAMMA)
    apart = cross_val_predict(machine, vectors, is_danger, groups=voices, cv=GroupKFold(FOLDS), method="decision_function")
    odds = LogisticRegression(C=INVERSE_REGULARISATION).fit(apart[:, None], is_danger)
    machine.fit(vectors, is_danger)
    return {
        SUPPORT: machine.support_vectors_.astype(np.float16),
        SUPPORT_WEIGHTS: machine.dual_coef_[0].astype(np.float32),
        NUMBERS: np.array([GAMMA, machine.intercept_[0], odds.coef_[0, 0], odds.intercept_[0]]),
    }


def topic_head(lines: Sequence[Example], english: int, vectors: Array) -> dict[str, NDArray[np.generic]]:
    """The head of topics, with the topics by its columns; the first ``english`` lines are in English."""
    taught = [place for place, line in enumerate(lines) if line.label != HARMLESS]
    topics = sorted({lines[place].label for place in taught})
    weights = np.where(np.array(taught) < english, 1.0, OWN_LANGUAGE_OF_TOPICS).astype(np.float32)
    return {TOPICS: np.array(topics), TOPIC_HEAD: head(vectors[taught], [lines[place].label for place in taught], weights, topics)}


def danger_heads(lines: Sequence[Example], english: int, vectors: Array) -> dict[str, NDArray[np.generic]]:
    """What tells danger from all else, and its kinds from each other; the first ``english`` lines are in English."""
    dangers = [line.label if line.label in DANGER_CLASSES else HARMLESS for line in lines]
    weights = np.where(np.arange(len(lines)) < english, 1.0, OWN_LANGUAGE_OF_DANGER).astype(np.float32)
    kinds = head(vectors, dangers, weights, DANGER_CLASSES)
    return {DANGER_HEAD: kinds, **danger_machine(vectors, dangers, [line.voice for line in lines])}


def trained(
    english: Sequence[Example], of_danger: Sequence[int], others: Sequence[Example], vectors: Array
) -> dict[str, NDArray[np.generic]]:
    """The heads with the mean of all ``vectors``, which are those of the ``english`` lines and then of the ``others``."""
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    places = [*of_danger, *range(len(english), len(vectors))]
    lines = [*english, *others]
    return {
        MEAN: mean,
        **topic_head(lines, len(english), centred),
        **danger_heads([lines[place] for place in places], len(of_danger), centred[places]),
    }


def main() -> None:
    """Train on the lines below data/ and write the heads."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--data", type=Path, default=Path("data"))
    options.add_argument("--models", type=Path, default=Path("models"), help="where the encoder is kept")
    chosen = options.parse_args()
    (english, of_danger), others = english_lines(chosen.data), list(language_lines(chosen.data / "languages"))
    lines = [*english, *others]
    print(f"{len(lines):,} lines, {PROCESSORS} processors", flush=True)
    kept = kept_pieces(BaseModel().pieces, [line.text for line in lines])
    print(f"{len(kept):,} word pieces kept", flush=True)
    encoder = MultilingualEncoder(multilingual(chosen.models, kept))
    with progress.shown_on(sys.stdout):
        vectors = encoder.encode([PREFIX + line.text for line in lines])
    np.savez_compressed(
        HEADS,
        **trained(english, of_danger, others, vectors),
        **{KEPT: kept.astype(np.uint32), TRAINED_FROM: np.array(digest(chosen.data / "languages"))},
    )
    print(f"wrote {HEADS.name}", flush=True)


if __name__ == "__main__":
    main()
