import pytest

from tests.training.evaluation.readings import THRESHOLDS, reading
from trialog.nlu.prediction import FALLBACK
from trialog.training.evaluation.measures import best_refusal, got_worse, measure


def test_figures_of_a_small_evaluation() -> None:
    figures = measure(
        [
            reading("ask/cost", 0.9, 0.0, 0.0, 0.1),
            reading("ask/cost", 0.38, 0.12, 0.12, 0.38),  # asked back
            reading("ask/cost", 0.2, 0.0, 0.0, 0.8),  # declined
            reading("safety/crisis", 0.6, 0.4, 0.0, 0.0),  # danger first
            reading("out_of_scope/oos_general", 0.1, 0.0, 0.5, 0.4),  # false alarm
        ],
        THRESHOLDS,
    )
    assert (figures["understood"], figures["asked back"]) == (40.0, 20.0)
    assert (figures["danger noticed"], figures["false alarms"]) == (100.0, 25.0)
    assert figures["study questions declined"] == pytest.approx(33.33)
    assert figures["topic"]["ask/cost"] == {"examples": 3, "recall": 33.33, "precision": 100.0}
    assert figures["rule"]["opinion on danger"] == {"examples": 2, "understood": 50.0}
    assert ["ask/cost", FALLBACK, 1] in figures["confusions"]


def test_the_whole_decision_is_measured_not_the_topics_alone() -> None:
    figures = measure([reading("safety/emergency", 0.9, 0.0, 0.1, 0.0, sign=True)], THRESHOLDS)
    assert figures["danger noticed"] == 100.0


def test_the_refusal_threshold_follows_from_the_curve() -> None:
    rows = [{"threshold": step / 10, "study asked back": step * 1.0} for step in range(6)]
    assert best_refusal({"refusal curve": rows}) == 0.3


def test_what_got_worse_is_named() -> None:
    before = {"topic": {"ask/cost": {"recall": 90.0}, "ask/rights": {"recall": 90.0}}}
    now = {"topic": {"ask/cost": {"recall": 86.0}, "ask/rights": {"recall": 88.0}, "ask/new": {"recall": 10.0}}}
    assert got_worse(now, before) == ["ask/cost: recall 86.0 %, was 90.0 %"]
