"""The figures of training lines held out by voice, as plain data (shares in percent)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from trialog.content.model import ANSWERED, DANGER
from trialog.nlu.decider import Decision
from trialog.nlu.prediction import FALLBACK
from trialog.nlu.thresholds import Thresholds
from trialog.training.evaluation.readings import Reading

# At most this share (in percent) of the study's questions may be asked back; the best refusal threshold follows from it.
MOST_ASKED_BACK = 3.0

# Recall of a topic that falls by more than this (in points) since the last result is reported as worse.
WORSE_BY = 3.0

# The confusions that are worth a look.
COMMONEST = 25

Decided = Sequence[tuple[Reading, Decision]]


def measure(readings: Sequence[Reading], thresholds: Thresholds) -> dict[str, Any]:
    """All figures of lines held out by voice."""
    decided = [(reading, reading.decision(thresholds)) for reading in readings]
    pairs = [(reading.example.label, decision.topic) for reading, decision in decided]
    return {
        "examples": len(readings),
        "voices": len({reading.example.voice for reading in readings}),
        "understood": share(label == said for label, said in pairs),
        "asked back": share(said == FALLBACK for _, said in pairs),
        "danger noticed": share(said in DANGER for label, said in pairs if label in DANGER),
        "false alarms": share(said in DANGER for label, said in pairs if label not in DANGER),
        "out of scope declined": share(_declined(said) for label, said in pairs if _out_of_scope(label)),
        "study questions declined": share(_out_of_scope(said) for label, said in pairs if label.startswith(ANSWERED)),
        "study questions asked back": share(said == FALLBACK for label, said in pairs if label.startswith(ANSWERED)),
        "rule": _by(decided, lambda _, decision: decision.reason),
        "voice": _by(decided, lambda reading, _: reading.example.voice),
        "group": _by(decided, lambda reading, _: reading.example.label.partition("/")[0]),
        "topic": _topics(pairs),
        "confusions": [[*pair, count] for pair, count in Counter(pair for pair in pairs if pair[0] != pair[1]).most_common(COMMONEST)],
        "calibration": _calibration(decided),
        "refusal curve": [_at(readings, replace(thresholds, refusal=step / 20)) for step in range(17)],
    }


def best_refusal(figures: Mapping[str, Any]) -> float:
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


def share(flags: Iterable[bool]) -> float:
    """How many of ``flags`` are true, in percent."""
    values = list(flags)
    return float(round(100 * sum(values) / max(len(values), 1), 2))


def _out_of_scope(topic: str) -> bool:
    return topic.startswith("out_of_scope/")


def _declined(topic: str) -> bool:
    return _out_of_scope(topic) or topic == FALLBACK


def _by(decided: Decided, key: Callable[[Reading, Decision], str]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[bool]] = defaultdict(list)
    for reading, decision in decided:
        rows[key(reading, decision)].append(reading.example.label == decision.topic)
    return {name: {"examples": len(flags), "understood": share(flags)} for name, flags in sorted(rows.items())}


def _topics(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    labels, said = zip(*pairs, strict=True)
    topics = sorted(set(labels))
    columns = precision_recall_fscore_support(labels, said, labels=topics, zero_division=0.0)
    return {
        topic: {"examples": int(count), "recall": round(100 * recall, 2), "precision": round(100 * precision, 2)}
        for topic, precision, recall, _, count in zip(topics, *columns, strict=True)
    }


def _calibration(decided: Decided, bins: int = 10) -> dict[str, Any]:
    """Expected calibration error (Naeini et al. 2015) over ``bins`` equal steps, and the steps themselves."""
    best = [(decision.ranking[0], reading.example.label) for reading, decision in decided]
    confidence = np.array([likely for (_, likely), _ in best])
    right = np.array([topic == label for (topic, _), label in best])
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
    error = sum(row["examples"] * abs(row["confidence"] - row["right"]) for row in rows) / max(len(decided), 1)
    return {"expected error": round(100 * error, 2), "steps": rows}


def _at(readings: Sequence[Reading], thresholds: Thresholds) -> dict[str, float]:
    pairs = [(reading.example.label, reading.decision(thresholds).topic) for reading in readings]
    return {
        "threshold": thresholds.refusal,
        "right": share(label == said for label, said in pairs),
        "wrong": share(said not in (label, FALLBACK) for label, said in pairs),
        "asked back": share(said == FALLBACK for _, said in pairs),
        "study asked back": share(said == FALLBACK for label, said in pairs if label.startswith(ANSWERED)),
    }
