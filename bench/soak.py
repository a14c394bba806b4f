"""``python -m bench.soak``: many families in questionnaires, while all that can go wrong goes wrong at the same time.

Two workers on Redis and PostgreSQL. Workers are killed, stores restarted, and one client attacks in every way of ``siege``. A family sends
again, by its key, what was not answered; what is counted is what was lost, doubled, mixed up with another family's, or late.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench import figures
from bench.clients import is_broken
from bench.processes import family, memory
from bench.siege import CRY, hold_sockets, open_without_end, post, send_slowly, under, write_heavily
from tests.server import Server, serving
from tests.stores import Store, running_postgres, running_redis

CLIENTS, MINUTES = 50, 10.0

# What a family says, and which point is asked then. Its age is its own, so that it is known again at the end.
DIALOGUE = (
    ("can my child take part?", "age"),
    ("she is {age}", "diagnosis"),
    ("B-cell precursor ALL", "cd22"),
    ("CD22 is positive", "relapsed"),
    ("yes, it came back", "very_high_risk"),
    ("no", None),
)
AGES = range(2, 17)
OVER = "she is fine now, it is over"

# Later than any reply may come; so long a family goes on sending; so long it reads.
LATE_SECONDS, PATIENCE_SECONDS, READING_SECONDS = 5.0, 90.0, 2.0

# How often something is broken: not before what was broken last can be there again. Every which time it is a store, and every which time a
# worker is told to end, as by a new version.
BREAK_SECONDS, OF_A_START, STORE_EVERY, END_EVERY, STORE_AWAY_SECONDS = 8.0, 1.5, 4, 3, 1.5

COUNTED = ("answers", "lost", "doubled", "mixed", "late", "cries answered", "cries not answered", "whole questionnaires", "sent again")


class Families:
    """So many at once, until told to stop."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.stop = threading.Event()
        self.counted: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.seconds: list[float] = []
        self.cries: list[float] = []

    def run(self, number: int) -> None:
        """One family after the other, from a network of its own."""
        chance, address = random.Random(number), f"198.51.{number}.1"  # noqa: S311
        while not self.stop.is_set():
            self._talk(chance, address)

    def _talk(self, chance: random.Random, address: str) -> None:
        opened = self._answer("/api/conversations", {}, address)
        if opened is None:
            return
        path, age = f"/api/conversations/{opened['id']}/messages", chance.choice(AGES)
        for place, (text, asked) in enumerate(DIALOGUE):
            message = {"text": text.format(age=age), "idempotency_key": f"m{place}"}
            answer = self._answer(path, message, address)
            if answer is None or not self._is_right(answer, asked, age):
                return
            if chance.random() < 0.3 and self._answer(path, message, address) != answer:
                self.counted["doubled"] += 1
                return
            if chance.random() < 0.1:
                self._cry(path, address)
                return
            self.stop.wait(chance.random() * READING_SECONDS)
        self.counted["whole questionnaires"] += 1

    def _is_right(self, answer: Any, asked: str | None, age: int) -> bool:
        """True if the next point is asked; at the end, if what was noted is this family's."""
        last = answer["messages"][-1]
        if asked and last.get("criterion") != asked:
            self.counted["doubled"] += 1
            return False
        if not asked and f"{age} years" not in "".join(message["text"] for message in answer["messages"]):
            self.counted["mixed"] += 1
            return False
        return True

    def _cry(self, path: str, address: str) -> None:
        began = time.monotonic()
        answer = self._answer(path, {"text": CRY, "idempotency_key": "cry"}, address)
        answered = answer is not None and "112" in answer["messages"][0]["text"]
        self.counted["cries answered" if answered else "cries not answered"] += 1
        self.cries.append(time.monotonic() - began)
        self._answer(path, {"text": OVER, "idempotency_key": "over"}, address)

    def _answer(self, path: str, body: dict[str, str], address: str) -> Any:
        """What it is answered in the end; None where that is nothing."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE_SECONDS:
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                status, _, answer = post(self._server, path, body, address)
                if status in (200, 201) and not is_broken(answer):
                    return self._noted(answer, time.monotonic() - began)
            self.counted["sent again"] += 1
            time.sleep(0.5)
        self.counted["lost"] += 1
        return None

    def _noted(self, answer: Any, seconds: float) -> Any:
        self.counted["answers"] += 1
        self.counted["late"] += seconds > LATE_SECONDS
        self.seconds.append(seconds)
        return answer


def break_things(server: Server, stores: list[Store], counted: Counter[str], ends: float, pause: float) -> None:
    """Until ``ends``, every ``pause`` seconds, kill a worker, end one, or restart a store, again and again."""
    turn = 0
    while time.monotonic() + pause < ends:
        time.sleep(pause)
        turn += 1
        if turn % STORE_EVERY == 0:
            store = stores[turn // STORE_EVERY % len(stores)]
            store.stop()
            time.sleep(STORE_AWAY_SECONDS)
            store.start()
            counted["stores restarted"] += 1
        else:
            with contextlib.suppress(OSError):
                workers = [one for one in family(server.process.pid)[1:] if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
                sign, what = (signal.SIGTERM, "ended") if turn % END_EVERY == 0 else (signal.SIGKILL, "killed")
                os.kill(workers[turn % len(workers)], sign)
                counted[f"workers {what}"] += 1


def soak(minutes: float, clients: int) -> dict[str, Any]:
    """What ``clients`` families met in so many ``minutes``."""
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(running_redis()), stack.enter_context(running_postgres())]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment: dict[str, Any] = {
            "TRIALOG_REDIS": stores[0].url,
            "TRIALOG_DATABASE": stores[1].url,
            "TRIALOG_WORKERS": "2",
            "TRIALOG_TRUSTED_PROXIES": "127.0.0.0/8",
            # They send again much sooner than a family would.
            "TRIALOG_CONVERSATION_RATE_LIMIT": "600",
        }
        began = time.monotonic()
        server = stack.enter_context(serving(folder / "log", **environment))
        pause = max(BREAK_SECONDS, OF_A_START * (time.monotonic() - began))
        everyone = Families(server)
        threads = [threading.Thread(target=everyone.run, args=(number,)) for number in range(clients)]
        with under(server, open_without_end, write_heavily, hold_sockets, send_slowly):
            for thread in threads:
                thread.start()
            break_things(server, stores, everyone.counted, time.monotonic() + minutes * 60, pause)
            everyone.stop.set()
            for thread in threads:
                thread.join()
        used = round(memory(server.process.pid))
        faults = (folder / "log").read_text(encoding="utf-8").count("fault in request")
    return _figures(everyone) | {"clients": clients, "minutes": minutes, "memory afterwards MB": used, "faults in requests": faults}


def _figures(everyone: Families) -> dict[str, Any]:
    seconds, cries = sorted(everyone.seconds), sorted(everyone.cries) or [0.0]
    return {
        "counted": dict(everyone.counted),
        "median s": round(seconds[len(seconds) // 2], 2),
        "95 of 100 s": round(seconds[int(0.95 * len(seconds))], 2),
        "cry: median s": round(cries[len(cries) // 2], 2),
        "cry: 95 of 100 s": round(cries[int(0.95 * len(cries))], 2),
        "cry: longest s": round(cries[-1], 2),
    }


def main() -> None:
    """Soak, and write what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    arguments = parser.parse_args()
    found = soak(arguments.minutes, arguments.clients)
    print(found)
    figures.keep("soak", found)


if __name__ == "__main__":
    main()
