"""docs/scaling.md, made from what a message costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bench.page import table, text

if TYPE_CHECKING:
    from bench.scaling import Costs, Size

# As decision 26 measured it.
_STORED_KB = 12


def page(measured: Mapping[str, Any], costs: Costs, sizes: Sequence[Size], waits: Mapping[int, Mapping[str, float]]) -> str:
    """The whole page."""
    of_worker = measured["bench"]["trialog"]["two workers"]["memory when ready MB"] / 2
    return "\n".join(
        [
            "# How it scales\n",
            "Written by `make scaling` from the figures of [performance.md](performance.md); do not edit.\n",
            text(f"""
                A message costs a worker {costs.mean:.1f} ms of one processor, with the web and Redis's client, and Redis
                {costs.store:.2f} ms. A family sends one every 30 seconds. Workers are meant to be 60 % busy and a Redis 50 %: the rest
                is for a busier hour, and for a machine that is gone.
            """),
            "## Sizes\n",
            *table(
                [
                    "families at once",
                    "messages a second",
                    "workers (processors)",
                    "memory of workers, GB",
                    "cells",
                    "memory of each Redis, GB",
                ],
                (
                    [
                        f"{one.families:,}",
                        f"{one.messages_a_second:,.1f}",
                        f"{one.workers:,}",
                        f"{one.workers * of_worker / 1024:,.1f}",
                        str(one.cells),
                        f"{one.families / one.cells * _STORED_KB / 1024 / 1024:.2f}",
                    ]
                    for one in sizes
                ),
            ),
            "",
            text("""
                A cell is one Redis with its workers, as `deploy/kubernetes` or `deploy/compose.yml` set it up. Cells know nothing of
                each other: a proxy in front sends a conversation to the cell that began it (a cookie, or a name of its own for each
                cell). One family needs one process and no Redis; a hundred need that, too, and two workers so that one can die.
            """),
            "## What saturates first\n",
            *table(["what", "at", "then"], _limits(costs)),
            "\n## Simulated\n",
            text("""
                One cell for a minute: messages come by chance, each goes to a worker by chance (the worst that a proxy does) and through
                one Redis; how long a reply takes a worker is drawn from the measured ones.
            """),
            *table(
                ["families at once", "messages simulated", "half within ms", "95 of 100 within ms"],
                (
                    [f"{families:,}", f"{seen['messages']:,}", f"{seen['median']:.0f}", f"{seen['late']:.0f}"]
                    for families, seen in waits.items()
                ),
            ),
            "",
            text("""
                Nothing beyond two workers was measured: there were two processors. What the simulation leaves out: other work on the
                machines, the network, restarts, and families that come all at once, as after a broadcast. `TRIALOG_MAX_CONVERSATIONS`
                bounds a cell; set it to what its Redis has room for.
            """),
        ]
    )


def _limits(costs: Costs) -> list[list[str]]:
    worker, store = 1000 / costs.mean, 1000 / costs.store
    return [
        ["a worker's processor", f"{worker:.0f} messages a second ({worker * 30:,.0f} families)", "more workers, on more machines"],
        ["Redis, which uses one processor", f"{store:,.0f} messages a second ({store * 30:,.0f} families)", "more cells"],
        ["memory of Redis", f"{_STORED_KB} kB a conversation: 1 GB for 87,000", "more memory, or more cells"],
        ["PostgreSQL, where it is set", "one row written a message", "leave it out: dialogues are then in Redis"],
        ["connections", "4,096 a worker", "a proxy, which holds those of the families"],
    ]
