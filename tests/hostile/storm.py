"""Sends hostile messages to a real server and counts what comes back. Run as ``python -m tests.hostile.storm``."""

import argparse
import collections
import itertools
import json
import tempfile
from pathlib import Path

from tests.hostile.texts import endless
from tests.server import Server, serving

# Before memory is compared: what the first messages load stays for good.
WARM_UP = 2_000

# A family does not write more in one sitting.
IN_ONE_CONVERSATION = 50

# How often a line tells how far it is.
PROGRESS = 1_000


def storm(server: Server, messages: int, seed: int) -> collections.Counter[str]:
    """How often each outcome was seen: ``status 200``, ``silent``, ``traceback``."""
    seen: collections.Counter[str] = collections.Counter()
    texts = endless(seed)
    conversation = server.open()
    for count, text in enumerate(itertools.islice(texts, messages), 1):
        status, _, body = server.ask("POST", f"{conversation}/messages", {"text": text})
        seen[f"status {status}"] += 1
        seen["traceback"] += b"Traceback" in body
        replies = json.loads(body)["messages"] if status == 200 else []
        seen["silent"] += status == 200 and not any(reply["text"].strip() for reply in replies)
        if count % IN_ONE_CONVERSATION == 0:
            server.ask("DELETE", conversation)
            conversation = server.open()
        if count % PROGRESS == 0:
            print(f"{count} of {messages} messages", flush=True)
    return seen


def memory(server: Server) -> float:
    """Resident memory of the server in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", TRIALOG_RATE_LIMIT="off", TRIALOG_LOG_LEVEL="error") as server,
    ):
        storm(server, WARM_UP, seed=1)
        before = memory(server)
        seen = storm(server, arguments.messages, seed=2)
        after = memory(server)
        faults = (Path(folder) / "log").read_text(encoding="utf-8").count("fault in")
    print(dict(seen), f"faults in the log: {faults}")
    growth = 100 * (after / before - 1)
    print(f"memory after {WARM_UP} messages {before:.1f} MB, after {arguments.messages} more {after:.1f} MB: {growth:+.1f} %")


if __name__ == "__main__":
    main()
