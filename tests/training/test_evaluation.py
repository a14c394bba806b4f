from pathlib import Path

import numpy as np
import pytest

from trialog.nlu.decider import FALLBACK, Thresholds, decide, rank
from trialog.training.evaluation import Example, Prediction, best_refusal, folds, got_worse, measure, read_examples

CLASSES = ["ask/cost", "safety/crisis", "safety/emergency", "out_of_scope/oos_general"]
THRESHOLDS = Thresholds(refusal=0.4, danger=0.25)


@pytest.mark.parametrize(
    ("probabilities", "decision"),
    [
        ([0.9, 0.05, 0.03, 0.02], "ask/cost"),
        ([0.39, 0.1, 0.1, 0.41], "out_of_scope/oos_general"),
        ([0.39, 0.1, 0.14, 0.37], FALLBACK),
        ([0.7, 0.05, 0.2, 0.05], "safety/emergency"),
        ([0.7, 0.2, 0.05, 0.05], "safety/crisis"),
        ([0.75, 0.12, 0.12, 0.01], "ask/cost"),
        ([0.1, 0.3, 0.3, 0.3], "safety/crisis"),
    ],
)
def test_what_is_acted_on(probabilities: list[float], decision: str) -> None:
    assert decide(rank(CLASSES, probabilities, THRESHOLDS), THRESHOLDS) == decision


def test_voices_on_the_same_class_are_held_out_apart() -> None:
    examples = [Example("x", "safety/crisis", voice) for voice in ("alarm", "danger") for _ in range(9)]
    examples += [Example("x", "ask/cost", voice) for voice in ("uncle", "aunt") for _ in range(5)]
    groups = folds(examples, 2)
    assert sorted(voice for group in groups for voice in group) == ["alarm", "aunt", "danger", "uncle"]
    assert not any({"alarm", "danger"} <= group or {"uncle", "aunt"} <= group for group in groups)
    assert folds(examples, 2) == groups


def prediction(label: str, *probabilities: float) -> Prediction:
    return Prediction(Example("x", label, "uncle"), CLASSES, np.array(probabilities, dtype=np.float32))


def test_figures_of_a_small_evaluation() -> None:
    figures = measure(
        [
            prediction("ask/cost", 0.9, 0.0, 0.0, 0.1),
            prediction("ask/cost", 0.3, 0.1, 0.1, 0.3),  # asked back
            prediction("ask/cost", 0.2, 0.0, 0.0, 0.8),  # declined
            prediction("safety/crisis", 0.6, 0.4, 0.0, 0.0),  # danger first
            prediction("out_of_scope/oos_general", 0.1, 0.0, 0.5, 0.4),  # false alarm
        ],
        THRESHOLDS,
    )
    assert (figures["understood"], figures["asked back"]) == (40.0, 20.0)
    assert (figures["danger noticed"], figures["false alarms"]) == (100.0, 25.0)
    assert figures["study questions declined"] == pytest.approx(33.33)
    assert figures["topic"]["ask/cost"] == {"examples": 3, "recall": 33.33, "precision": 100.0}
    assert ["ask/cost", FALLBACK, 1] in figures["confusions"]


def test_the_refusal_threshold_follows_from_the_curve() -> None:
    rows = [{"threshold": step / 10, "study asked back": step * 1.0} for step in range(6)]
    assert best_refusal({"refusal curve": rows}) == 0.3


def test_what_got_worse_is_named() -> None:
    before = {"topic": {"ask/cost": {"recall": 90.0}, "ask/rights": {"recall": 90.0}}}
    now = {"topic": {"ask/cost": {"recall": 86.0}, "ask/rights": {"recall": 88.0}, "ask/new": {"recall": 10.0}}}
    assert got_worse(now, before) == ["ask/cost: recall 86.0 %, was 90.0 %"]


def test_examples_are_read_with_their_voice(tmp_path: Path) -> None:
    (tmp_path / "cost.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: ask/cost\n  metadata: {voice: uncle}\n  examples: |\n    - who pays\n    - is it free\n',
        encoding="utf-8",
    )
    assert read_examples(tmp_path) == [Example("who pays", "ask/cost", "uncle"), Example("is it free", "ask/cost", "uncle")]
