"""From which probability on something is decided."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, and ``short`` in words; config.yml says beside each value what it is for."""

    refusal: float
    hurting: float
    surely_hurting: float
    alike: float
    irreversible: float
    danger: float
    danger_in_few: float
    sure_danger: float
    unsure_danger: float
    hint_of_danger: float
    short: int
    sure_question: float
    surely_question: float
    sure_act: float
    sure_denial: float
    meaning: float
    danger_elsewhere: float
    sure_elsewhere: float
