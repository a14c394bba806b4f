"""How many requests one address may send, and how many messages one conversation."""

from __future__ import annotations

import math
import time
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from trialog.settings import Network, Settings
from trialog.web.problems import ProblemError


def rate_limit(settings: Settings) -> Middleware:
    """A middleware that answers 429 with ``Retry-After`` to an address or a conversation that sends more than its share."""
    limiter = MovingWindowRateLimiter(MemoryStorage())
    of_address = RateLimitItemPerMinute(settings.requests_a_minute or 0, namespace="address")
    of_conversation = RateLimitItemPerMinute(settings.conversation_rate_limit, namespace="conversation")

    async def count(limit: RateLimitItemPerMinute, who: str) -> None:
        if not await limiter.hit(limit, who):
            window = await limiter.get_window_stats(limit, who)
            raise ProblemError("too_many", {"Retry-After": str(max(1, math.ceil(window.reset_time - time.time())))})

    @web.middleware
    async def limit_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/api/"):
            await count(of_address, client_address(request, settings.proxies))
            if (conversation := request.match_info.get("id")) and request.method == "POST":
                await count(of_conversation, conversation)
        return await handler(request)

    return limit_requests


def client_address(request: web.Request, proxies: tuple[Network, ...]) -> str:
    """The address of the family's device: the last one that is no trusted proxy of ours.

    ``X-Forwarded-For`` is read from the right, as long as the address that wrote it is trusted; anybody can write the rest.
    """
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
    address = request.remote or "unknown"
    for before in reversed(forwarded.split(",") if forwarded else []):
        if not _is_one_of(address, proxies):
            break
        address = before.strip()
    return address if _is_address(address) else "unknown"


def _is_one_of(address: str, networks: tuple[Network, ...]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
