"""``python -m bench``: measure what a server costs, against the least that a reply can cost, and with ``--stock`` against stock Rasa.

Figures go to bench/figures.json and docs/performance.md. Nothing is asserted: a busy machine is slow.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import statistics
import subprocess
from collections.abc import Sequence
from typing import Any

from bench import accuracy, browser, figures, servers
from bench.clients import IN_ONE_CONVERSATION, Floor, Load, Speaker, Stock, Trialog, load
from bench.costs import costs
from bench.processes import machine, memory, processor_seconds
from bench.servers import Running
from bench.spent import spent
from trialog.assistant.engine import Engine
from trialog.content.load import load_library
from trialog.operation import chatter
from trialog.settings import Settings

# Messages of one client, and of 2, of 10, of 50 and of 100; with the first 40 they are 2,000 in 500 conversations.
ALONE, MANY = 200, {2: 400, 10: 400, 50: 500, 100: 500}

# Seconds that each of 100 families takes to read an answer and type, which is quick; without a pause they are a machine.
PAUSE = 5.0

# Of each figure in processor time.
TIMES = 100

# On a machine that has much else to do: so much less of everything.
QUICK = 5

# Starts of a server that has all it needs; the median counts.
STARTS = 3


def _questions(settings: Settings) -> list[str]:
    """One a topic; not those that open a questionnaire or end the conversation, so that each reply is to one question."""
    topics = load_library(settings.content).topics.values()
    return [topic.example for topic in topics if topic.kind != "questionnaire" and topic.id != "delete_conversation"]


def _served(running: Running, speaker: Speaker, questions: Sequence[str], less: int) -> dict[str, Any]:
    """One server under more and more clients, with so many times ``less`` messages."""
    found: dict[str, Any] = {"ready s": round(running.seconds, 1), "memory when ready MB": round(memory(running.process))}
    load(running.base, speaker, 1, 40, questions)
    for clients, usual in {1: ALONE, **MANY}.items():
        # Each client has one conversation at least.
        messages = max(usual // less, clients * IN_ONE_CONVERSATION)
        found[str(clients)] = _measured(running, running.base, speaker, clients, messages, questions)
        print(clients, found[str(clients)], flush=True)
    said = sum(found[str(clients)]["messages"] for clients in (1, *MANY))
    return found | {"memory afterwards MB": round(memory(running.process)), "messages": said}


def _families(running: Running, questions: Sequence[str], less: int) -> dict[str, Any]:
    return {"100 families": _measured(running, running.base, Trialog(), 100, 1_000 // min(less, 2), questions, PAUSE)}


def _measured(running: Running, *arguments: Any) -> dict[str, float]:
    before, store = processor_seconds(running.process), processor_seconds(running.store) if running.store else 0.0
    seen: Load = load(*arguments)
    used = processor_seconds(running.process) - before
    each = 1000 / len(seen.milliseconds)
    found = seen.figures() | {"processor ms a message": round(used * each, 1)}
    if running.store:
        found["processor ms a message of Redis"] = round((processor_seconds(running.store) - store) * each, 2)
    return found


async def _inside(settings: Settings, questions: Sequence[str], less: int) -> dict[str, Any]:
    engine = Engine.load(dataclasses.replace(settings, rate_limit="off", max_conversations=100_000))
    found = await costs(engine, questions, TIMES // less)
    parts = await spent(engine, questions, 2 * TIMES // less)
    return {**found, "where it goes, ms a message": {name: round(each, 2) for name, each in parts.items()}}


def _trialog(questions: Sequence[str], less: int) -> dict[str, Any]:
    starts = []
    for _ in range((STARTS - 1) // less):
        with servers.trialog() as running:
            starts.append(running.seconds)
    with servers.trialog() as running:
        found = _served(running, Trialog(), questions, less) | _families(running, questions, less)
        page = browser.measure(running.base)
        seen = page if isinstance(page, str) else {name: round(value) for name, value in page.items()}
    found["ready s"] = round(statistics.median([*starts, found["ready s"]]), 1)
    found["ready cold s"] = round(servers.cold_start(), 1)
    with servers.trialog(workers=2) as running:
        found["two workers"] = _served(running, Trialog(), questions, less) | _families(running, questions, less)
    return {**found, "in a browser": seen}


def main() -> None:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stock", action="store_true", help="measure stock Rasa in the same run, and the training and accuracy of both")
    parser.add_argument("--quick", action="store_true", help=f"a {QUICK}th of the messages, on a machine that has much else to do")
    arguments = parser.parse_args()
    chatter.silence()
    less = QUICK if arguments.quick else 1
    settings = Settings.from_environment()
    questions = _questions(settings)
    found: dict[str, Any] = {"machine": machine()}
    print(f"{len(questions)} questions")
    with servers.floor() as running:
        found["floor"] = _served(running, Floor(), questions, less)
    found["trialog"] = _trialog(questions, less)
    found["inside"] = asyncio.run(_inside(settings, questions, less))
    if arguments.stock:
        subprocess.run([str(servers.STOCK / "setup")], check=True)
        trained = servers.train_stock()
        with servers.stock() as running:
            found["stock"] = _served(running, Stock(), questions, less)
            found["stock"] |= {"training": trained, "accuracy %": accuracy.of_stock(running.base)}
        found["trialog"] |= {"training": servers.train_trialog(), "accuracy %": accuracy.of_trialog(settings)}
    figures.keep("bench", found)


if __name__ == "__main__":
    main()
