"""A ranking of topics, and what evidence does to it; nothing here decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from scipy.special import expit, logit

from trialog.content.model import DANGER
from trialog.nlu.evidence import Ranking

# No opinion on danger is surer than this; else a rounding of 0.0 could never be outweighed.
SUREST = 0.999


def by_share(ranking: Ranking) -> Ranking:
    """``ranking`` with the likeliest first."""
    return sorted(ranking, key=lambda pair: -pair[1])


def without(ranking: Ranking, topics: Collection[str]) -> Ranking:
    """``ranking`` without ``topics``; adds up to 1 again, unless nothing else is left."""
    kept = [pair for pair in ranking if pair[0] not in topics]
    return _adding_up(kept) if any(share for _, share in kept) else ranking


def shares_of(topics: Collection[str], ranking: Ranking) -> dict[str, float]:
    """The probabilities of those of ``topics`` that ``ranking`` has."""
    return {name: share for name, share in ranking if name in topics}


def danger_share(ranking: Ranking) -> float:
    """The probability of any danger."""
    return sum(share for name, share in ranking if name in DANGER)


def danger_first(ranking: Ranking, threshold: float) -> Ranking:
    """``ranking`` with the likelier danger in front if danger of any kind is at least as likely as ``threshold``."""
    if danger_share(ranking) < threshold:
        return ranking
    worst = next(pair for pair in ranking if pair[0] in DANGER)
    return [worst, *(pair for pair in ranking if pair != worst)]


def with_opinion(ranking: Ranking, opinion: Mapping[str, float]) -> Ranking:
    """``ranking`` with its probabilities of danger weighed with those of ``opinion``; adds up to 1 again.

    The two err in different places, so their chances are averaged as log odds: a sure one outweighs an unsure one.
    """
    both = [danger_share(ranking), sum(opinion.values())]
    danger = float(expit(np.mean(logit(np.clip(both, 1 - SUREST, SUREST)))))
    kinds = {name: share + opinion[name] for name, share in ranking if name in DANGER}
    whole = sum(kinds.values()) or 1.0
    harmless = [(name, share * (1 - danger)) for name, share in without_danger(ranking)]
    return by_share([*harmless, *((name, share * danger / whole) for name, share in kinds.items())])


def without_danger(ranking: Ranking) -> Ranking:
    """``ranking`` without the classes of danger, adding up to 1 again."""
    return _adding_up([pair for pair in ranking if pair[0] not in DANGER])


def _adding_up(ranking: Ranking) -> Ranking:
    whole = sum(share for _, share in ranking) or 1.0
    return [(name, share / whole) for name, share in ranking]


def only(topic: str, ranking: Ranking) -> Ranking:
    """``ranking`` when it is certain that the message is on ``topic``."""
    return [(topic, 1.0), *((name, 0.0) for name, _ in ranking if name != topic)]
