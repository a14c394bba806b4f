"""``python -m bench.scaling``: how many families are served by what, from the measured cost of a message, with a simulation of queues.

Writes docs/scaling.md. Nothing here is measured but what bench/figures.json has; a simulation is no proof, and says where to look.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import figures
from bench.scaling_page import page

PAGE = Path(__file__).parent.parent / "docs" / "scaling.md"

FAMILIES = (1, 100, 10_000, 1_000_000)

# A family reads an answer and types the next message: seconds from one message to the next.
SECONDS_BETWEEN = 30.0

# How busy a worker, and a Redis, is meant to be: the rest is for an hour that is busier, and for a machine that is gone.
BUSY_WORKER, BUSY_STORE = 0.6, 0.5

# Families that one Redis is meant for, whatever it can bear: if it goes, so many wait.
FAMILIES_OF_A_CELL = 50_000

# What is simulated: so many seconds of one cell.
SECONDS, MOST_SIMULATED = 60.0, 400_000


@dataclass(frozen=True)
class Costs:
    """Milliseconds that a message takes: of a worker, twentieth by twentieth, and of its Redis."""

    worker: Sequence[float]
    store: float

    @property
    def mean(self) -> float:
        """Of a worker."""
        return sum(self.worker) / len(self.worker)


@dataclass(frozen=True)
class Size:
    """What so many families need."""

    families: int
    messages_a_second: float
    cells: int
    workers: int


def costs_in(measured: dict[str, Any]) -> Costs:
    """Out of the figures: the spread of replies in process, with what the web and Redis add to each."""
    bench = measured["bench"]
    spread: list[float] = bench["inside"]["replies ms, by twentieths"]
    served = bench["trialog"]["two workers"]["100"]
    more = max(0.0, served["processor ms a message"] - sum(spread) / len(spread))
    return Costs([one + more for one in spread], served["processor ms a message of Redis"])


def size(families: int, costs: Costs) -> Size:
    """Workers and cells (a Redis with its workers) for ``families`` at once."""
    messages = families / SECONDS_BETWEEN
    of_store = math.ceil(messages * costs.store / 1000 / BUSY_STORE)
    cells = max(1, of_store, math.ceil(families / FAMILIES_OF_A_CELL))
    workers = max(1, math.ceil(messages * costs.mean / 1000 / BUSY_WORKER / cells)) * cells
    return Size(families, messages, cells, workers)


def simulate(rate: float, workers: int, costs: Costs, seconds: float = SECONDS, seed: int = 18) -> list[float]:
    """Milliseconds that each message of one cell waits and takes: ``rate`` a second, each to a worker by chance, through one Redis.

    By chance is the worst that a proxy does; one message is done before the next of the same worker begins.
    """
    chance, now, store_free = random.Random(seed), 0.0, 0.0  # noqa: S311
    free = [0.0] * workers
    took: list[float] = []
    while (now := now + chance.expovariate(rate)) < seconds and len(took) < MOST_SIMULATED:
        store_free = max(now, store_free) + costs.store / 1000
        worker = chance.randrange(workers)
        free[worker] = max(store_free, free[worker]) + chance.choice(costs.worker) / 1000
        took.append((free[worker] - now) * 1000)
    return took


def main() -> None:
    """Work it out and write the page."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    measured = figures.read()
    costs = costs_in(measured)
    sizes = [size(families, costs) for families in FAMILIES]
    waits = {}
    for one in sizes[2:]:
        took = sorted(simulate(one.messages_a_second / one.cells, one.workers // one.cells, costs))
        waits[one.families] = {"messages": len(took), "median": took[len(took) // 2], "late": took[int(0.95 * len(took))]}
    PAGE.write_text(page(measured, costs, sizes, waits), encoding="utf-8")


if __name__ == "__main__":
    main()
