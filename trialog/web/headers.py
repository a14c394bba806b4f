"""The headers on every response, and which pages of others may use this server."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from trialog.settings import Settings
from trialog.web.problems import problem_response

# Read by pages of other origins: the chat itself and what it loads. Everything else stays with this origin.
EMBEDDED = ("/trialog-chat.js", "/static/", "/api/")

# A browser asks again after this whether a page may use the API.
PREFLIGHT_SECONDS = "600"

HSTS = "max-age=31536000; includeSubDomains"


def add_headers(settings: Settings) -> Middleware:
    """A middleware that adds the security headers to every response, and CORS for the allowed origins.

    CORS is twenty lines here because one list of origins holds for the whole API; aiohttp-cors is configured route by
    route and answers a refused preflight with plain text.
    """
    policy = content_policy(settings.origins)

    @web.middleware
    async def add(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        is_allowed = origin in settings.origins and request.path.startswith("/api/")
        is_preflight = is_allowed and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        if is_preflight:
            response: web.StreamResponse = web.Response(status=204)
        elif request.method == "POST" and not is_allowed and _is_of_another_page(request, origin):
            response = problem_response(request, "foreign_page")
        else:
            response = await handler(request)
        response.headers.update(policy)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if request.path.startswith(EMBEDDED) else "same-origin"
        response.headers.setdefault("Cache-Control", "no-store" if request.path.startswith("/api/") else "no-cache")
        if settings.tls == "on":
            response.headers["Strict-Transport-Security"] = HSTS
        if request.path.startswith("/api/"):
            response.headers["Vary"] = "Origin"
        if is_allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        if is_preflight:
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
        return response

    return add


def _is_of_another_page(request: web.Request, origin: str) -> bool:
    """True for a request that a page of another origin makes a browser send. A browser says so; its page cannot change that."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("cross-site", "same-site")
    return bool(origin) and origin.partition("://")[2] != request.host


def content_policy(origins: tuple[str, ...]) -> dict[str, str]:
    """The headers that are the same on every response; ``origins`` may show our pages in a frame."""
    ancestors = " ".join(("'self'", *origins))
    policy = f"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; object-src 'none'"
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        # Not aiohttp's default, which tells the versions of aiohttp and Python.
        "Server": "trialog",
        "X-Content-Type-Options": "nosniff",
    }
