"""The connections of the server: how many there may be, which is closed when there are too many, and what is no HTTP.

A connection on which nothing is being answered waits for its client, or holds a place for nothing. When there is no room the
one that has been waiting longest makes it, of the network that holds most; so silent connections keep nobody out.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from typing import Any, cast

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from trialog.content.model import Library
from trialog.operation import metrics
from trialog.web.headers import content_policy
from trialog.web.networks import address_of, network_of
from trialog.web.problems import PROBLEM_OF_STATUS, problem_body

# Files that the process needs beside its connections: models, libraries, and turns that have an event loop of their own.
FILES_BESIDE = 128

# Connections that are taken in one go; until one too many of them is closed they need files, too, of those beside.
MOST_IN_ONE_GO = 64

# More connections than anybody needs; a proxy in front holds a few hundred.
MOST_CONNECTIONS = 4_096


def raise_descriptors() -> int:
    """Let the process open as many files as the system allows, and return how many connections it may hold."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + FILES_BESIDE
    files = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(files - FILES_BESIDE, files // 2)


class Runner(web.AppRunner):
    """aiohttp's runner, with ``most`` connections at a time."""

    def __init__(self, app: web.Application, library: Library, emergency: str, most: int, **kwargs: Any) -> None:
        super().__init__(app, access_log=None, **kwargs)
        self._bounds = library, emergency, most

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Connections(made, *self._bounds)


class _Connections(web.Server):
    """Makes a handler for each connection."""

    def __init__(self, like: web.Server, library: Library, emergency: str, most: int) -> None:
        super().__init__(like.request_handler, request_factory=like.request_factory, loop=like._loop, **like._kwargs)
        self._most = most
        self.answers = {name: problem_body(library, name, emergency) for name in {*PROBLEM_OF_STATUS.values(), "bad_http", "broken"}}

    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        metrics.CONNECTIONS.set(len(self._connections))
        if len(self._connections) > self._most:
            metrics.CONNECTIONS_CLOSED.inc()
            closed = self._idlest(handler)
            closed.force_close()
            # It is lost a moment later; of many that come in one go each must close another one.
            self._connections.pop(closed, None)

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        # Not when its task has ended: what it held is free now.
        self._connections.pop(handler, None)
        metrics.CONNECTIONS.set(len(self._connections))

    def _idlest(self, newest: RequestHandler) -> RequestHandler:
        """The connection to close; ``newest`` itself where each of the others is being answered."""
        idle = [cast(_Connection, one) for one in self._connections if one is not newest and one._current_request is None]
        held = Counter(one.network for one in idle)
        return max(idle, key=lambda one: held[one.network], default=newest)  # the first of the largest is the oldest


class _Connection(RequestHandler):
    """aiohttp's handler of a connection; what aiohttp answers by itself is answered as all else is."""

    __slots__ = ("network",)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        self.network = network_of(address_of(str(peer[0]))) if peer else ""
        super().connection_made(transport)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        if not resp.prepared and resp.headers.get("Server") is None:
            name = PROBLEM_OF_STATUS.get(resp.status, "broken" if resp.status >= 500 else "bad_http")
            body = cast(_Connections, self._manager).answers[name]
            resp = web.json_response(body, status=body["status"], content_type="application/problem+json", headers=content_policy(()))
            resp.force_close()
        return await super().finish_response(request, resp, start_time)
