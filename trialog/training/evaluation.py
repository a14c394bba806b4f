"""How well the topic model understands people whose lines it has not seen: training examples held out by voice.

One author's lines are alike, so a random split would flatter the model. Here each voice is read by a model that was
trained on the other voices only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from trialog.content.model import DANGER
from trialog.nlu.decider import FALLBACK, Thresholds, decide, rank
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.topics.model import TopicModel
from trialog.training.blocks import examples_of

# At most this share (in percent) of the study's questions may be asked back; the best refusal threshold follows from it.
MOST_ASKED_BACK = 3.0

# Recall of a topic that falls by more than this (in points) since the last result is reported as worse.
WORSE_BY = 3.0


# Intents that ask about the study.
STUDY = ("ask/", "term/")


@dataclass(frozen=True)
class Example:
    """One training line: its text, its class and the voice it is written in."""

    text: str
    label: str
    voice: str


@dataclass(frozen=True)
class Prediction:
    """An example with the probabilities of a model that never saw its voice."""

    example: Example
    classes: Sequence[str]
    probabilities: np.ndarray[Any, np.dtype[np.float32]]

    def decision(self, thresholds: Thresholds) -> str:
        """The class the assistant would act on."""
        return decide(rank(self.classes, self.probabilities, thresholds), thresholds)


def read_examples(folder: Path) -> list[Example]:
    """Every line of the NLU files below ``folder``; each block's ``metadata`` names its voice."""
    examples = []
    for file in sorted(folder.rglob("*.yml")):
        for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            examples += [Example(text, block["intent"], block["metadata"]["voice"]) for text in examples_of(block)]
    return examples


def folds(examples: Sequence[Example], count: int) -> list[set[str]]:
    """The voices in ``count`` groups, always the same ones.

    Voices that speak of the same classes go to different groups: two that write about nothing but danger must not be
    held out together, or the model they are read by has hardly heard of it.
    """
    groups: list[set[str]] = [set() for _ in range(count)]
    labels: list[Counter[str]] = [Counter() for _ in range(count)]
    by_voice: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        by_voice[example.voice][example.label] += 1
    for voice, counts in sorted(by_voice.items(), key=lambda pair: (-pair[1].most_common(1)[0][1], pair[0])):
        overlap = [sum(counts[label] * group[label] for label in counts) for group in labels]
        chosen = overlap.index(min(overlap))
        groups[chosen].add(voice)
        labels[chosen] += counts
    return groups


def predict_held_out(examples: Sequence[Example], encoder: Encoder, count: int, progress: Callable[[str], None]) -> list[Prediction]:
    """Predict every example with a model trained on the other folds."""
    progress(f"encoding {len(examples)} examples")
    vectors = encoder.encode([example.text for example in examples])
    predictions = []
    for number, held_out in enumerate(folds(examples, count), start=1):
        inside = np.array([example.voice in held_out for example in examples])
        train = [example for example, held in zip(examples, inside, strict=True) if not held]
        test = [example for example, held in zip(examples, inside, strict=True) if held]
        progress(f"fold {number} of {count}: {len(train)} examples to learn, {len(test)} held out ({', '.join(sorted(held_out))})")
        model = TopicModel(encoder).fit([example.text for example in train], [example.label for example in train], vectors[~inside])
        rows = model.probabilities([example.text for example in test], vectors[inside])
        predictions += [Prediction(example, model.classes, row) for example, row in zip(test, rows, strict=True)]
    return predictions


def measure(predictions: Sequence[Prediction], thresholds: Thresholds) -> dict[str, Any]:
    """All figures of one evaluation, as plain data (shares in percent)."""
    decided = [(prediction.example.label, prediction.decision(thresholds)) for prediction in predictions]
    return {
        "examples": len(predictions),
        "voices": len({prediction.example.voice for prediction in predictions}),
        "thresholds": {"refusal": thresholds.refusal, "danger": thresholds.danger},
        "understood": _share(label == said for label, said in decided),
        "asked back": _share(said == FALLBACK for _, said in decided),
        "danger noticed": _share(said in DANGER for label, said in decided if label in DANGER),
        "false alarms": _share(said in DANGER for label, said in decided if label not in DANGER),
        "out of scope declined": _share(_declined(said) for label, said in decided if _out_of_scope(label)),
        "study questions declined": _share(_out_of_scope(said) for label, said in decided if label.startswith(STUDY)),
        "study questions asked back": _share(said == FALLBACK for label, said in decided if label.startswith(STUDY)),
        "voice": _by(predictions, decided, lambda prediction: prediction.example.voice),
        "group": _by(predictions, decided, lambda prediction: prediction.example.label.partition("/")[0]),
        "topic": _topics(decided),
        "confusions": [[*pair, count] for pair, count in Counter(pair for pair in decided if pair[0] != pair[1]).most_common(25)],
        "calibration": _calibration(predictions),
        "refusal curve": [_at(predictions, refusal / 20, thresholds.danger) for refusal in range(17)],
        "danger curve": [_danger_at(predictions, danger / 20) for danger in range(1, 13)],
    }


def best_refusal(figures: dict[str, Any]) -> float:
    """The highest refusal threshold of the curve that asks back few enough of the study's questions."""
    return float(max(row["threshold"] for row in figures["refusal curve"] if row["study asked back"] <= MOST_ASKED_BACK))


def got_worse(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """A sentence for each topic whose recall fell since the result ``before``."""
    fallen = []
    for topic, row in now["topic"].items():
        old = before.get("topic", {}).get(topic)
        if old and old["recall"] - row["recall"] > WORSE_BY:
            fallen.append(f"{topic}: recall {row['recall']:.1f} %, was {old['recall']:.1f} %")
    return fallen


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return float(round(100 * sum(values) / max(len(values), 1), 2))


def _out_of_scope(label: str) -> bool:
    return label.startswith("out_of_scope/")


def _declined(decision: str) -> bool:
    return _out_of_scope(decision) or decision == FALLBACK


def _by(predictions: Sequence[Prediction], decided: list[tuple[str, str]], key: Callable[[Prediction], str]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[bool]] = defaultdict(list)
    for prediction, (label, said) in zip(predictions, decided, strict=True):
        rows[key(prediction)].append(label == said)
    return {name: {"examples": len(flags), "understood": _share(flags)} for name, flags in sorted(rows.items())}


def _topics(decided: list[tuple[str, str]]) -> dict[str, dict[str, float]]:
    labels, said = Counter(label for label, _ in decided), Counter(said for _, said in decided)
    right = Counter(label for label, decision in decided if label == decision)
    return {
        label: {
            "examples": count,
            "recall": round(100 * right[label] / count, 2),
            "precision": round(100 * right[label] / max(said[label], 1), 2),
        }
        for label, count in sorted(labels.items())
    }


def _calibration(predictions: Sequence[Prediction], bins: int = 10) -> dict[str, Any]:
    """Expected calibration error (Naeini et al. 2015) over ``bins`` equal steps, and the steps themselves."""
    confidence = np.array([prediction.probabilities.max() for prediction in predictions])
    right = np.array([prediction.classes[int(prediction.probabilities.argmax())] == prediction.example.label for prediction in predictions])
    steps = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = [
        {
            "from": step / bins,
            "examples": int((steps == step).sum()),
            "confidence": round(float(confidence[steps == step].mean()), 4),
            "right": round(float(right[steps == step].mean()), 4),
        }
        for step in range(bins)
        if (steps == step).any()
    ]
    error = sum(row["examples"] * abs(row["confidence"] - row["right"]) for row in rows) / max(len(predictions), 1)
    return {"expected error": round(100 * error, 2), "steps": rows}


def _at(predictions: Sequence[Prediction], refusal: float, danger: float) -> dict[str, float]:
    thresholds = Thresholds(refusal, danger)
    decided = [(prediction.example.label, prediction.decision(thresholds)) for prediction in predictions]
    return {
        "threshold": refusal,
        "right": _share(label == said for label, said in decided),
        "wrong": _share(said not in (label, FALLBACK) for label, said in decided),
        "asked back": _share(said == FALLBACK for _, said in decided),
        "study asked back": _share(said == FALLBACK for label, said in decided if label.startswith(STUDY)),
    }


def _danger_at(predictions: Sequence[Prediction], danger: float) -> dict[str, float]:
    thresholds = Thresholds(0, danger)
    decided = [(prediction.example.label in DANGER, prediction.decision(thresholds) in DANGER) for prediction in predictions]
    return {
        "threshold": danger,
        "noticed": _share(alarm for is_danger, alarm in decided if is_danger),
        "false alarms": _share(alarm for is_danger, alarm in decided if not is_danger),
    }
