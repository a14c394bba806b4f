"""Who may work now: so many places, no network more than its share of them, and the networks that wait are served in turn."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque

# The network of somebody we cannot place (the command line, a proxy that does not say): it has no share of its own.
NO_NETWORK = ""


class LateError(Exception):
    """No place became free in time; the work has not begun."""


class Places:
    """Belongs to the event loop that it is used in; one family after the other, so none is passed over for long."""

    def __init__(self, count: int, share: int) -> None:
        """``count`` places, of which one network has at most ``share``."""
        self._free = count
        self._share = share
        self._held: Counter[str] = Counter()
        # Each network's own queue; the networks in the order in which they are served.
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def take(self, network: str = NO_NETWORK) -> None:
        """Wait for a place. Whoever gets one gives it back with ``give``."""
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(network, deque()).append(place)
        self._serve()
        try:
            await place
        except asyncio.CancelledError:
            self._give_up(network, place)
            raise

    def give(self, network: str = NO_NETWORK) -> None:
        """Give back a place that ``network`` has."""
        self._free += 1
        self._held[network] -= 1
        self._held += Counter()  # drops those that hold none
        self._serve()

    def has_room(self, network: str = NO_NETWORK) -> bool:
        """True if somebody of ``network`` would have a place at once."""
        return self._free > 0 and network not in self._waiting and self._may_take(network)

    def _serve(self) -> None:
        while self._free and (network := next(filter(self._may_take, self._waiting), None)) is not None:
            queue = self._waiting.pop(network)
            queue.popleft().set_result(None)
            self._free -= 1
            self._held[network] += 1
            if queue:
                self._waiting[network] = queue

    def _may_take(self, network: str) -> bool:
        return network == NO_NETWORK or self._held[network] < self._share

    def _give_up(self, network: str, place: asyncio.Future[None]) -> None:
        """Somebody does not wait any longer; the place may just have become theirs."""
        if place.done() and not place.cancelled():
            self.give(network)
            return
        queue = self._waiting.get(network, deque())
        with contextlib.suppress(ValueError):
            queue.remove(place)
        if not queue:
            self._waiting.pop(network, None)
