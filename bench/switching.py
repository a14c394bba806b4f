"""``python -m bench.switching``: each switch is thrown while twenty clients talk, on a real server and by the real command.

What is measured, from the moment at which the command had ended, is the first message whose reply knew of it and the last one whose reply
did not; what families then read; and what stands in the audit log. Each client also cries for help, which is answered whatever is off.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import figures
from bench.siege import CRY, post
from tests.server import ROOT, Server, serving
from trialog.content.load import load_library
from trialog.operation.switches import audit_file

CLIENTS = 20

# A switch takes effect within five seconds; so long clients go on after it.
WATCHED_SECONDS = 7.0

# As quick as a family could be.
READING_SECONDS = 1.0

NOTICE = "The phone is out of order until 14:00."
STUDY = load_library(ROOT / "content").default_study
WHO = ("--by", "A. Nurse, ward 3", "--why", "a trial run")

# What is switched, how it is switched back, what a client does that shows it, and what is said in its place. A client begins a
# conversation, asks, wants the questions, and cries for help.
SWITCHES = {
    "all": (("all", "off"), ("all", "on"), "asks", "switched off just now"),
    "a study": (("study", STUDY, "off"), ("study", STUDY, "on"), "asks", "cannot answer about"),
    "questionnaire": (("questionnaire", "off"), ("questionnaire", "on"), "wants the questions", "cannot go through the questions"),
    "a notice": (("notice", NOTICE, "--until", "2999-01-01"), ("notice", "1", "off"), "begins", NOTICE),
}
SAID = {"asks": {"text": "What are the side effects?"}, "wants the questions": {"payload": "/elig_start"}, "cries": {"text": CRY}}


@dataclass(frozen=True)
class Reply:
    """What a client did, when it did so, and what it got; nothing where no answer came."""

    sent: float
    does: str
    text: str


@dataclass
class Clients:
    """They talk until they are stopped."""

    server: Server
    stop: threading.Event = field(default_factory=threading.Event)
    replies: list[Reply] = field(default_factory=list)

    def talk(self, number: int) -> None:
        """One conversation after the other."""
        self.stop.wait(number / CLIENTS)
        while not self.stop.is_set():
            opened = self._say("begins", "/api/conversations", {})
            if opened is None:
                continue
            for does, body in SAID.items():
                self._say(does, f"/api/conversations/{opened['id']}/messages", body)
                self.stop.wait(READING_SECONDS)

    def _say(self, does: str, path: str, body: dict[str, str]) -> Any:
        sent = time.monotonic()
        try:
            status, _, answer = post(self.server, path, body, "198.51.100.1")
        except OSError:
            status, answer = 0, None
        answered = status in (200, 201)
        self.replies.append(Reply(sent, does, "\n".join(one["text"] for one in answer["messages"]) if answered else ""))
        return answer if answered else None


def switched(file: Path, *what: str) -> float:
    """Throw a switch by the command; gives the moment at which it has ended."""
    command = [sys.executable, "-m", "trialog", "switch", *what, *WHO]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "TRIALOG_SWITCHES": str(file)}, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic()


def seen(clients: Clients, since: float, does: str, words: str, *, off: bool) -> dict[str, float]:
    """After how many seconds the first reply knew of what was switched at ``since``, and the last one did not."""
    after = [reply for reply in list(clients.replies) if reply.does == does and reply.sent >= since and reply.text]
    knew = [reply.sent - since for reply in after if (words in reply.text) is off]
    did_not = [reply.sent - since for reply in after if (words in reply.text) is not off]
    return {"first s": round(min(knew), 1), "last s": round(max(did_not, default=0.0), 1)}


def throw(clients: Clients, file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each switch, off and on again."""
    for name, (off, on, does, words) in SWITCHES.items():
        began = time.monotonic()
        known = {}
        for way, what in (("off", off), ("on", on)):
            since = switched(file, *what)
            time.sleep(WATCHED_SECONDS)
            known[way] = seen(clients, since, does, words, off=way == "off")
        meanwhile = [reply for reply in clients.replies if reply.sent >= began]
        cries = [reply for reply in meanwhile if reply.does == "cries"]
        told = next(reply.text for reply in meanwhile if reply.does == does and words in reply.text)
        yield (
            name,
            {
                **known,
                "read": next(line for line in told.splitlines() if words in line),
                "replies": len(meanwhile),
                "without an answer": sum(not reply.text for reply in meanwhile),
                "cries": f"{sum('112' in reply.text for reply in cries)} of {len(cries)}",
                "audit": [line for line in audited(file) if line["event"] == "in effect"][-2],
            },
        )


def audited(file: Path) -> list[dict[str, str]]:
    """The lines of the audit log."""
    return [json.loads(line) for line in audit_file(file).read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Throw each switch under load, and write what was seen."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "switches.yml"
        with serving(Path(folder) / "log", TRIALOG_RATE_LIMIT="off", TRIALOG_SWITCHES=str(file)) as server:
            clients = Clients(server)
            threads = [threading.Thread(target=clients.talk, args=(number,)) for number in range(CLIENTS)]
            for thread in threads:
                thread.start()
            try:
                found = dict(throw(clients, file))
            finally:
                clients.stop.set()
                for thread in threads:
                    thread.join()
    print(json.dumps(found, indent=1))
    figures.keep("switching", {"clients": CLIENTS, "switches": found})


if __name__ == "__main__":
    main()
