"""What one ordinary client can do to all others, tried on a real server. Run as ``python -m tests.hostile.siege``.

Each attack comes from one network, and each family from one of its own. While an attack goes on families open conversations and write that
a child is not breathing; what is counted is how many are served, and how soon.
"""

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

from tests.hostile.storm import memory
from tests.server import Server, serving

# Each attack comes from a network of its own: the openings of one count for it alone.
ATTACKERS = {"openings": "203.0.113.7", "messages": "192.0.2.7"}
CRY = "My child is not breathing"

# Legal messages that cost most before there was a budget.
HEAVY = [("What is CD22? " + "a? " * 700)[:2000], ("1 " * 1000)[:2000], "\ufdfa " * 1000, ("2y " * 700)[:2000]]

OPENINGS, HEAVY_AT_ONCE, SOCKETS, FAMILIES = 1_000, 16, 400, 20


def post(server: Server, path: str, body: dict[str, str], address: str) -> tuple[int, float]:
    """Status and seconds of a request that comes from ``address``."""
    began = time.perf_counter()
    status, _, _ = server.ask("POST", path, body, **{"X-Forwarded-For": address})
    return status, time.perf_counter() - began


def families(server: Server) -> tuple[Counter[str], list[float]]:
    """What each family gets, and the seconds until its cry for help is answered."""
    seen, seconds = Counter[str](), []
    for number in range(FAMILIES):
        address = f"198.51.{number}.1"
        status, _, body = server.ask("POST", "/api/conversations", {}, **{"X-Forwarded-For": address})
        seen[f"opened {status}"] += 1
        if status == 201:
            answered, took = post(server, f"/api/conversations/{json.loads(body)['id']}/messages", {"text": CRY}, address)
            seen[f"answered {answered}"] += 1
            seconds.append(took)
        time.sleep(0.2)
    return seen, seconds


def open_without_end(server: Server, stop: threading.Event) -> None:
    for _ in range(OPENINGS):
        if stop.is_set():
            return
        post(server, "/api/conversations", {}, ATTACKERS["openings"])


def write_heavily(server: Server, stop: threading.Event) -> None:
    def write(text: str) -> None:
        status, _, body = server.ask("POST", "/api/conversations", {}, **{"X-Forwarded-For": ATTACKERS["messages"]})
        while status == 201 and not stop.is_set():
            post(server, f"/api/conversations/{json.loads(body)['id']}/messages", {"text": text}, ATTACKERS["messages"])

    writers = [threading.Thread(target=write, args=(HEAVY[number % len(HEAVY)],)) for number in range(HEAVY_AT_ONCE)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def hold_sockets(server: Server, stop: threading.Event) -> None:
    with contextlib.ExitStack() as held:
        for _ in range(SOCKETS):
            with contextlib.suppress(OSError):
                held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
        stop.wait()


@contextlib.contextmanager
def under(attack: Callable[[Server, threading.Event], None], server: Server) -> Iterator[None]:
    """While ``attack`` goes on."""
    stop = threading.Event()
    attacker = threading.Thread(target=attack, args=(server, stop))
    attacker.start()
    time.sleep(1)
    try:
        yield
    finally:
        stop.set()
        attacker.join()


def main() -> None:
    """Print what families met under each attack."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "log", TRIALOG_TRUSTED_PROXIES="127.0.0.0/8") as server:
        seen, seconds = families(server)
        print(f"{'at peace':16s} {dict(seen)} median {statistics.median(seconds):.2f} s, {memory(server):.0f} MB", flush=True)
        for attack in (open_without_end, write_heavily, hold_sockets):
            with under(attack, server):
                seen, seconds = families(server)
            late = sorted(seconds)[int(0.95 * len(seconds))] if seconds else float("nan")
            name = attack.__name__.replace("_", " ")
            print(
                f"{name:16s} {dict(seen)} median {statistics.median(seconds):.2f} s, 95 of 100 {late:.2f} s, {memory(server):.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
