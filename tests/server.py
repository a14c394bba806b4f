"""A real server in a process of its own, for tests that look at it from outside."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass
class Server:
    """Where it listens, and its process."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: bytes | dict[str, Any] | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one request."""
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data, {"content-type": "application/json", **headers}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def open(self) -> str:
        """The path of a new conversation."""
        status, _, body = self.ask("POST", "/api/conversations", {})
        assert status == 201
        return f"/api/conversations/{json.loads(body)['id']}"

    def raw(self, data: bytes, seconds: float = 5, *, half_close: bool = False) -> bytes:
        """What the server answers to ``data``, until it closes or ``seconds`` are over."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection, contextlib.suppress(TimeoutError, OSError):
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        return answer


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(log: Path, *, command: tuple[str, ...] = ("-m", "trialog"), **environment: str) -> Iterator[Server]:
    """A server that is ready and says where; ``log`` gets what it writes. It is stopped with SIGTERM and must end with 0."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command, "serve", "--port", str(port)],
            cwd=environment.pop("CWD", str(ROOT)),
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=out,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith(b"Trialog is ready"), log.read_text()
            assert f":{port}".encode() in line
            yield Server(port, process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
        finally:
            if process.poll() is None:
                process.kill()
            # Waits, and closes the pipe that its first line came through.
            process.communicate()
