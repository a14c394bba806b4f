"""From the probabilities of one message to what the assistant acts on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialog.content.model import DANGER

FALLBACK = "nlu_fallback"

Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Thresholds:
    """``refusal``: below it the best class is not acted on. ``danger``: from it on danger wins over everything."""

    refusal: float
    danger: float


def rank(classes: Sequence[str], probabilities: Iterable[float], thresholds: Thresholds) -> Ranking:
    """The classes with their probabilities, the one to act on first."""
    ranking = sorted(zip(classes, map(float, probabilities), strict=True), key=lambda pair: -pair[1])
    danger = [pair for pair in ranking if pair[0] in DANGER]
    # Danger first: an alarm too many is a sentence to read, one too few can cost a life.
    if danger and sum(share for _, share in danger) >= thresholds.danger:
        ranking.remove(danger[0])
        ranking.insert(0, danger[0])
    return ranking


def decide(ranking: Ranking, thresholds: Thresholds) -> str:
    """The class to act on; ``nlu_fallback`` when none is likely enough. Danger is never refused."""
    best, share = ranking[0]
    return FALLBACK if share < thresholds.refusal and best not in DANGER else best


def danger_share(ranking: Ranking) -> float:
    """The probability of any danger."""
    return sum(share for name, share in ranking if name in DANGER)


def without_danger(ranking: Ranking) -> Ranking:
    """``ranking`` without the classes of danger, adding up to 1 again."""
    rest = [(name, share) for name, share in ranking if name not in DANGER]
    whole = sum(share for _, share in rest) or 1.0
    return [(name, share / whole) for name, share in rest]
