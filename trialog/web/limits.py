"""How many requests one address may send."""

from __future__ import annotations

import math
import time

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from trialog.web.problems import ProblemError


def rate_limit(requests_a_minute: int) -> Middleware:
    """A middleware that answers 429 with ``Retry-After`` to an address that sends more to the API than that."""
    limiter = MovingWindowRateLimiter(MemoryStorage())
    limit = RateLimitItemPerMinute(requests_a_minute)

    @web.middleware
    async def limit_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
        address = request.remote or "unknown"
        if request.path.startswith("/api/") and not await limiter.hit(limit, address):
            window = await limiter.get_window_stats(limit, address)
            raise ProblemError("too_many", {"Retry-After": str(max(1, math.ceil(window.reset_time - time.time())))})
        return await handler(request)

    return limit_requests
