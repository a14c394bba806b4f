"""``python -m bench.siege``: what one ordinary client can do to all others, tried on a real server.

Each attack comes from one network, and each family from one of its own. While an attack goes on families open conversations and write that
a child is not breathing; what is counted is how many are served, and how soon.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import figures
from bench.processes import memory
from tests.server import Server, serving

# Each attack comes from a network of its own: the openings of one count for it alone.
ATTACKERS = {"openings": "203.0.113.7", "messages": "192.0.2.7"}
CRY = "My child is not breathing"

# Legal messages that cost most before there was a budget.
HEAVY = [("What is CD22? " + "a? " * 700)[:2000], ("1 " * 1000)[:2000], "\ufdfa " * 1000, ("2y " * 700)[:2000]]

OPENINGS, HEAVY_AT_ONCE, SOCKETS, SLOW, FAMILIES = 1_000, 16, 400, 50, 20

# A server that may open no more files than so many was shut by 400 silent connections.
FEW_FILES = 256
_WITH_FEW_FILES = f"""
import resource, runpy
resource.setrlimit(resource.RLIMIT_NOFILE, ({FEW_FILES}, {FEW_FILES}))
runpy.run_module("trialog", run_name="__main__")
"""

Attack = Callable[[Server, threading.Event], None]


def post(server: Server, path: str, body: dict[str, str], address: str) -> tuple[int, float, Any]:
    """Status, seconds and answer of a request that comes from ``address``."""
    began = time.perf_counter()
    status, _, answer = server.ask("POST", path, body, **{"X-Forwarded-For": address})
    return status, time.perf_counter() - began, json.loads(answer)


def families(server: Server) -> dict[str, Any]:
    """What the families get, and the seconds until their cries for help are answered."""
    seen, seconds = Counter[str](), [0.0]
    for number in range(FAMILIES):
        address = f"198.51.{number}.1"
        status, _, opened = post(server, "/api/conversations", {}, address)
        if status == 201:
            seen["let in"] += 1
            answered, took, answer = post(server, f"/api/conversations/{opened['id']}/messages", {"text": CRY}, address)
            seen["answered"] += answered == 200 and "112" in answer["messages"][0]["text"]
            seconds.append(took)
        time.sleep(0.2)
    ordered = sorted(seconds[1:] or seconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {
        "let in": f"{seen['let in']} of {FAMILIES}",
        "answered": seen["answered"],
        "median s": round(statistics.median(ordered), 2),
        "95 of 100 s": round(late, 2),
        "memory MB": round(memory(server.process.pid)),
    }


def open_without_end(server: Server, stop: threading.Event) -> None:
    """Empty requests for conversations, one after the other."""
    for _ in range(OPENINGS):
        if stop.is_set():
            return
        with contextlib.suppress(OSError):
            post(server, "/api/conversations", {}, ATTACKERS["openings"])


def write_heavily(server: Server, stop: threading.Event) -> None:
    """The dearest legal messages, many at a time."""

    def write(text: str) -> None:
        while not stop.is_set():
            # A server that is killed under it, or refuses, is asked again.
            with contextlib.suppress(OSError, ValueError, KeyError):
                opened = post(server, "/api/conversations", {}, ATTACKERS["messages"])[2]["id"]
                while post(server, f"/api/conversations/{opened}/messages", {"text": text}, ATTACKERS["messages"])[0] != 404:
                    if stop.is_set():
                        return
            stop.wait(0.2)

    _all_at_once([threading.Thread(target=write, args=(HEAVY[number % len(HEAVY)],)) for number in range(HEAVY_AT_ONCE)])


def hold_sockets(server: Server, stop: threading.Event) -> None:
    """Connections on which nothing is said."""
    with contextlib.ExitStack() as held:
        for _ in range(SOCKETS):
            with contextlib.suppress(OSError):
                held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
        stop.wait()


def send_slowly(server: Server, stop: threading.Event) -> None:
    """Requests that come a byte a second."""
    request = b"POST /api/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"
    with contextlib.ExitStack() as held:
        slow: list[socket.socket] = []
        for place in (place for place in range(10_000) if not stop.is_set()):
            if len(slow) < SLOW:
                with contextlib.suppress(OSError):
                    slow.append(held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5)))
            for connection in list(slow):
                try:
                    connection.sendall(request[place % len(request) :][:1])
                except OSError:
                    slow.remove(connection)
            stop.wait(1)


def _all_at_once(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextlib.contextmanager
def under(server: Server, *attacks: Attack) -> Iterator[None]:
    """While ``attacks`` go on."""
    stop = threading.Event()
    attackers = [threading.Thread(target=attack, args=(server, stop)) for attack in attacks]
    for attacker in attackers:
        attacker.start()
    time.sleep(1)
    try:
        yield
    finally:
        stop.set()
        for attacker in attackers:
            attacker.join()


@contextlib.contextmanager
def _server(*command: str) -> Iterator[Server]:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", command=command, TRIALOG_TRUSTED_PROXIES="127.0.0.0/8") as server,
    ):
        yield server


def main() -> None:
    """Attack, and write what families met."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = {}
    with _server("-m", "trialog") as server:
        found["none"] = families(server)
        for attack in (open_without_end, write_heavily, send_slowly):
            with under(server, attack):
                found[attack.__name__.replace("_", " ")] = families(server)
            print(found, flush=True)
    with _server("-c", _WITH_FEW_FILES) as server, under(server, hold_sockets):
        found[f"hold sockets, {SOCKETS} on a server with {FEW_FILES} files"] = families(server)
    print(found)
    figures.keep("siege", {"attacks": found})


if __name__ == "__main__":
    main()
