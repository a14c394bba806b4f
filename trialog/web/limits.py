"""How many requests one address may send, how many conversations one network may begin, and how many messages one may hold."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from trialog.settings import Settings
from trialog.web.keys import ASSISTANT
from trialog.web.networks import client_address, household_of, network_of
from trialog.web.problems import ProblemError

SECONDS_OF_A_MINUTE = 60.0

# So many are remembered before those that may send again are forgotten.
MOST_REMEMBERED = 10_000


class Rate:
    """So many a minute for each: all at once, or one after the other. Remembers one number of each, and no times of requests."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds_of_one = SECONDS_OF_A_MINUTE / a_minute
        self._clock = clock
        # When what each has sent so far will be made up for.
        self._made_up: dict[str, float] = {}
        self._most = MOST_REMEMBERED

    def wait(self, who: str) -> float:
        """0 if ``who`` may send now, which is counted; else the seconds until then."""
        now = self._clock()
        made_up = max(self._made_up.get(who, now), now) + self._seconds_of_one
        if made_up - now > SECONDS_OF_A_MINUTE + 1e-6:
            return made_up - now - SECONDS_OF_A_MINUTE
        self._made_up[who] = made_up
        if len(self._made_up) > self._most:
            self._made_up = {one: until for one, until in self._made_up.items() if until > now}
            self._most = max(MOST_REMEMBERED, 2 * len(self._made_up))
        return 0.0


def rate_limit(settings: Settings) -> Middleware:
    """A middleware that answers 429 with ``Retry-After`` to an address, a network or a conversation that sends more than its share."""
    of_address = Rate(settings.requests_a_minute or 1)
    of_network = Rate(settings.openings_rate_limit)
    of_conversation = Rate(settings.conversation_rate_limit)

    def count(rate: Rate, who: str) -> None:
        if who and (seconds := rate.wait(who)):
            raise ProblemError("too_many", {"Retry-After": str(max(1, math.ceil(seconds)))})

    @web.middleware
    async def limit_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/api/"):
            address, conversation = client_address(request, settings.proxies), request.match_info.get("id")
            count(of_address, household_of(address))
            if request.method == "POST" and conversation is None:
                count(of_network, network_of(address))
            # An id that somebody made up is not remembered.
            elif request.method == "POST" and conversation and is_live(request.app, conversation):
                count(of_conversation, conversation)
        return await handler(request)

    return limit_requests


def is_live(app: web.Application, conversation: str) -> bool:
    """True if there is such a conversation."""
    engine = app[ASSISTANT].engine
    return engine is not None and engine.conversations.knows(conversation)
