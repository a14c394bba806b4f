"""How many requests one address may send, how many conversations one network may begin, and how many messages one may hold."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from trialog.operation.faults import StoreAwayError
from trialog.settings import Settings
from trialog.web.api import conversation_of
from trialog.web.networks import client_address, household_of, network_of
from trialog.web.problems import ProblemError

SECONDS_OF_A_MINUTE = 60.0

# So many are remembered before those that may send again are forgotten.
MOST_REMEMBERED = 10_000


class Rate(Protocol):
    """So many a minute for each: all at once, or one after the other."""

    async def wait(self, who: str) -> float:
        """0 if ``who`` may send now, which is counted; else the seconds until then."""

    async def close(self) -> None:
        """Let go of what it is counted in."""


class RateInMemory:
    """The rate of this process. Remembers one number of each, and no times of requests."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds_of_one = SECONDS_OF_A_MINUTE / a_minute
        self._clock = clock
        # When what each has sent so far will be made up for.
        self._made_up: dict[str, float] = {}
        self._most = MOST_REMEMBERED

    async def wait(self, who: str) -> float:
        """Counts it here."""
        now = self._clock()
        made_up = max(self._made_up.get(who, now), now) + self._seconds_of_one
        if made_up - now > SECONDS_OF_A_MINUTE + 1e-6:
            return made_up - now - SECONDS_OF_A_MINUTE
        self._made_up[who] = made_up
        if len(self._made_up) > self._most:
            self._made_up = {one: until for one, until in self._made_up.items() if until > now}
            self._most = max(MOST_REMEMBERED, 2 * len(self._made_up))
        return 0.0

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Rates:
    """The rate of an address, of a network and of a conversation."""

    address: Rate
    network: Rate
    conversation: Rate

    async def close(self, _: web.Application) -> None:
        """When the application ends."""
        for rate in (self.address, self.network, self.conversation):
            await rate.close()


def rates_of(settings: Settings) -> Rates:
    """The rates that are set, counted where conversations are kept."""
    each = {
        "address": settings.requests_a_minute or 1,
        "network": settings.openings_rate_limit,
        "conversation": settings.conversation_rate_limit,
    }
    if not settings.redis:
        return Rates(**{name: RateInMemory(a_minute) for name, a_minute in each.items()})
    from trialog.web.shared_rate import shared_rates  # its client takes memory

    return Rates(**shared_rates(settings.redis, each))


def rate_limit(settings: Settings, rates: Rates) -> Middleware:
    """A middleware that answers 429 with ``Retry-After`` to an address, a network or a conversation that sends more than its share."""

    async def count(rate: Rate, who: str) -> None:
        if who and (seconds := await rate.wait(who)):
            raise ProblemError("too_many", {"Retry-After": str(max(1, math.ceil(seconds)))})

    @web.middleware
    async def limit_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/api/"):
            address, conversation = client_address(request, settings.proxies), request.match_info.get("id")
            # Its country's number is told with a refusal.
            is_live = conversation is not None and await _is_live(request)
            await count(rates.address, household_of(address))
            if request.method == "POST" and conversation is None:
                await count(rates.network, network_of(address))
            # An id that somebody made up is not remembered.
            elif request.method == "POST" and conversation and is_live:
                await count(rates.conversation, conversation)
        return await handler(request)

    return limit_requests


async def _is_live(request: web.Request) -> bool:
    """True if there is such a conversation."""
    with contextlib.suppress(ProblemError, StoreAwayError):
        await conversation_of(request)
        return True
    return False
