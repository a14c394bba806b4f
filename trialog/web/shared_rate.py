"""A rate that several processes count together, in Redis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trialog.operation.faults import StoreAwayError
from trialog.operation.stores import Script, connect, name_of

MILLISECONDS_OF_A_MINUTE = 60_000.0

_LUA = Path(__file__).with_suffix(".lua")


class SharedRate:
    """A ``Rate``. Redis remembers one number of each, for two minutes at most."""

    def __init__(self, script: Script, name: str, a_minute: int, clock: Callable[[], float] | None = None) -> None:
        """Counts under ``name``; by the clock of Redis unless there is another."""
        self._script = script
        self._name = name
        self._milliseconds_of_one = MILLISECONDS_OF_A_MINUTE / a_minute
        self._clock = clock

    async def wait(self, who: str) -> float:
        """Counts it there. While Redis is away nobody is refused: the family is to be told what it needs to know."""
        now = "" if self._clock is None else self._clock() * 1000
        try:
            waits: int = await self._script.run(f"{self._name}:{name_of(who)}", self._milliseconds_of_one, now)
        except StoreAwayError:
            return 0.0
        return waits / 1000

    async def close(self) -> None:
        """Close the connections, which the other rates use, too."""
        await self._script.close()


def shared_rates(url: str, each: dict[str, int]) -> dict[str, SharedRate]:
    """A rate for ``each`` name with so many a minute, in the Redis at ``url``."""
    script = Script(connect(url), _LUA)
    return {name: SharedRate(script, name, a_minute) for name, a_minute in each.items()}
