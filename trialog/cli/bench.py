"""``trialog bench``: measure start, memory and reply time of a real server, what a reply costs, and the chat in a browser."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.model import get_latest_model

from trialog.assistant.conversations import new_id
from trialog.cli import browser_bench
from trialog.content.load import load_library
from trialog.nlu.danger.model import DangerModel
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.topics.model import TopicModel
from trialog.settings import Settings

ROUNDS = 10

# Welcomes and replies whose processor time is counted.
COUNTED = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--port", type=int, default=8099, help="port for the server that is measured (8099)")


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; 1 if the server does not start."""
    settings = Settings.from_environment()
    # Not those that open a questionnaire or end the conversation: each reply is to one question.
    topics = load_library(settings.content).topics.values()
    questions = [topic.example for topic in topics if topic.kind != "questionnaire" and topic.id != "delete_conversation"]
    print(f"{len(questions)} questions, {ROUNDS} rounds")
    _print_understanding(settings, questions)
    for what, milliseconds in asyncio.run(costs(settings, questions)).items():
        _print(f"{what}, processor time", milliseconds, "ms (median)")
    base = f"http://127.0.0.1:{arguments.port}"
    environment = {**os.environ, "TRIALOG_RATE_LIMIT": "off"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "trialog", "serve", "--port", str(arguments.port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            if not _wait_until_ready(base, server):
                print("the server did not start: run `trialog serve` to see why", file=sys.stderr)
                return 1
            _print("ready after", time.perf_counter() - began, "s")
            _print("memory when ready", _memory(server.pid), "MB")
            _print_replies(base, questions)
            _print("memory afterwards", _memory(server.pid), "MB")
            _print_browser(base)
        finally:
            server.terminate()
    return 0


def _print(what: str, value: float, unit: str) -> None:
    print(f"{what:28s} {value:8.1f} {unit}", flush=True)


def _print_understanding(settings: Settings, questions: list[str]) -> None:
    encoder = Encoder.from_settings(settings)
    model = _trained(settings, encoder)
    _print("encoder, one message", statistics.median(_timed(lambda text: encoder.encode([text]), questions * ROUNDS)), "ms (median)")
    both = statistics.median(_timed(lambda text: model.probabilities([text]), questions * ROUNDS))
    _print("encoder and classifier", both, "ms (median)")
    danger = DangerModel(settings.models)
    _print("danger model", statistics.median(_timed(lambda text: danger.shares([text]), questions * ROUNDS)), "ms (median)")


async def costs(settings: Settings, questions: list[str], times: int = COUNTED) -> dict[str, float]:
    """Median milliseconds of processor time, all threads together, that a welcome and a reply take, each ``times`` times."""
    from trialog.assistant.engine import Engine

    engine = Engine.load(settings)
    spent: dict[str, list[float]] = {"welcome": [], "reply": []}

    async def add(what: str, work: Awaitable[Any]) -> None:
        began = time.process_time()
        await work
        spent[what].append((time.process_time() - began) * 1000)

    for place in range(times):
        conversation = new_id()
        await add("welcome", engine.start(conversation))
        await add("reply", engine.say(conversation, questions[place % len(questions)]))
        await engine.conversations.forget(conversation)
    return {what: statistics.median(milliseconds) for what, milliseconds in spent.items()}


def _trained(settings: Settings, encoder: Encoder) -> TopicModel:
    """The topic model out of the newest trained model."""
    newest = get_latest_model(settings.models)
    if newest is None:
        raise SystemExit(f"there is no trained model in '{settings.models}': run `make train` first")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(newest) as archive:
        archive.extractall(folder, filter="data")
        (file,) = Path(folder).rglob("topic_model.npz")
        return TopicModel.load(file.parent, encoder)


def _print_replies(base: str, questions: list[str]) -> None:
    times = [milliseconds for _ in range(ROUNDS) for milliseconds in _one_conversation(base, questions)]
    times.sort()
    _print("reply over HTTP", statistics.median(times), "ms (median)")
    _print("reply over HTTP", times[int(0.95 * len(times))], "ms (95 of 100)")


def _print_browser(base: str) -> None:
    _print("script, compressed", browser_bench.script_bytes(base), "bytes")
    found = browser_bench.measure(base)
    if isinstance(found, str):
        print(f"in a browser: {found}")
        return
    _print("everything a page loads", found["bytes"], "bytes (median)")
    _print("from page to welcome", found["welcome"], "ms (median)")
    _print("from question to reply shown", found["reply"], "ms (median)")


def _one_conversation(base: str, questions: list[str]) -> list[float]:
    messages = f"{base}/api/conversations/{_post(f'{base}/api/conversations', {})['id']}/messages"
    return _timed(lambda text: _post(messages, {"text": text}), questions)


def _timed(call: Callable[[str], Any], texts: list[str]) -> list[float]:
    """Milliseconds that ``call`` takes for each text."""
    times = []
    for text in texts:
        began = time.perf_counter()
        call(text)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _post(url: str, body: dict[str, str]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})  # noqa: S310  our own server
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        return json.load(response)


def _wait_until_ready(base: str, server: subprocess.Popen[bytes]) -> bool:
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=1).close()  # noqa: S310
            return True
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.05)
    return False


def _memory(process: int) -> float:
    """Resident memory in MB, from the kernel's own account of the process."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
