"""What the operator sees: one log line a request, and the figures of ``GET /metrics``. Never ids, text or addresses."""

from __future__ import annotations

import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from trialog.operation import metrics
from trialog.web.keys import ASSISTANT, SETTINGS

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS")


@web.middleware
async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log and count the request by its route, which holds no id."""
    began = time.perf_counter()
    response = await handler(request)
    method = request.method if request.method in METHODS else "other"
    about = {"method": method, "route": route_of(request), "status": response.status}
    metrics.REQUESTS.labels(*(str(value) for value in about.values())).inc()
    logger.info("request", extra={"about": {**about, "ms": round((time.perf_counter() - began) * 1000, 1)}})
    return response


async def show_metrics(request: web.Request) -> web.Response:
    """The figures in Prometheus's format, those of all workers together."""
    if engine := request.app[ASSISTANT].engine:
        await engine.measure()
    registry = metrics.shown(of_workers=request.app[SETTINGS].workers > 1)
    return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def route_of(request: web.Request) -> str:
    """The route as it is declared, for example ``/api/conversations/{id}``."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"
