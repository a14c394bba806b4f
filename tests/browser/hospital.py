"""A hospital's own web server: another origin than ours, with a page that embeds the chat under a strict policy."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

# What a careful hospital sends; `assistant` is where our server is.
STRICT_POLICY = (
    "default-src 'none'; script-src {assistant}; connect-src {assistant}; style-src 'none'; img-src 'none'; font-src 'none'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
PAGE = (
    '<!doctype html><html lang="en"><title>Study</title>'
    '<script src="{assistant}/trialog-chat.js" defer></script><main><h1>Study</h1><trialog-chat trial="itcc-059"></trialog-chat></main>'
)


class _Page(BaseHTTPRequestHandler):
    """``GET /?assistant=ADDRESS``: the page with the chat of the server at ADDRESS."""

    def do_GET(self) -> None:
        assistant = parse_qs(urlsplit(self.path).query)["assistant"][0]
        body = PAGE.format(assistant=assistant).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", STRICT_POLICY.format(assistant=assistant))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """The tests' output stays theirs."""


class Hospital:
    """One server under two names: ``allowed`` is an origin that our server allows, ``refused`` one that it does not."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
        port = self._server.server_address[1]
        self.allowed, self.refused = f"http://127.0.0.1:{port}", f"http://localhost:{port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
