"""The servers that are compared, each a process of its own, with the seconds that it took to be ready."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.model import get_latest_model

from bench.stock.project import write_project
from tests.server import free_port, serving
from tests.stores import running_redis

ROOT = Path(__file__).parent.parent
STOCK = ROOT / "bench" / "stock"
PROJECT = STOCK / "project"


@dataclass(frozen=True)
class Running:
    """A server: where it is, its process, and how long it took until it was ready."""

    base: str
    process: int
    seconds: float
    # Of Redis, where it has one.
    store: int = 0


@contextlib.contextmanager
def trialog(*, workers: int = 1, models: Path | None = None) -> Iterator[Running]:
    """``trialog serve`` without limits; several workers have a Redis of their own."""
    with contextlib.ExitStack() as stack:
        environment: dict[str, Any] = {"TRIALOG_RATE_LIMIT": "off", "TRIALOG_MAX_CONVERSATIONS": "100000", "TRIALOG_WORKERS": str(workers)}
        if models:
            environment["TRIALOG_MODELS"] = str(models)
        store = 0
        if workers > 1:
            redis = stack.enter_context(running_redis())
            environment["TRIALOG_REDIS"] = redis.url
            store = redis.process.pid if redis.process else 0
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        began = time.perf_counter()
        server = stack.enter_context(serving(folder / "log", **environment))
        yield Running(f"http://127.0.0.1:{server.port}", server.process.pid, time.perf_counter() - began, store)


def cold_start() -> float:
    """Seconds until a server is ready that has its model alone, and makes its copies of the encoders first."""
    newest = get_latest_model(ROOT / "models")
    if newest is None:
        raise SystemExit("there is no trained model: run `make train` first")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(newest, folder)
        with trialog(models=Path(folder)) as running:
            return running.seconds


@contextlib.contextmanager
def floor() -> Iterator[Running]:
    """``bench.floor``."""
    port = free_port()
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "bench.floor", str(port)], cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout is None or not process.stdout.readline():
                raise SystemExit("the floor did not start")
            yield Running(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


@contextlib.contextmanager
def stock() -> Iterator[Running]:
    """``rasa run`` of stock Rasa, on the model that ``train_stock`` made."""
    port = free_port()
    command = [str(STOCK / ".venv" / "bin" / "rasa"), "run", "--enable-api", "--port", str(port), "--interface", "127.0.0.1"]
    began = time.perf_counter()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            while not _is_ready(f"http://127.0.0.1:{port}/status"):
                if process.poll() is not None:
                    raise SystemExit("stock Rasa did not start")
                time.sleep(0.1)
            yield Running(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait()


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  our own server
            return bool(response.status == 200)
    except OSError:
        return False


def timed(command: list[str], folder: Path, **environment: str) -> dict[str, float]:
    """Seconds that ``command`` takes: by the clock, and of the processor."""
    before, began = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": round(time.perf_counter() - began, 1), "processor seconds": round(used, 1)}


def train_trialog() -> dict[str, float]:
    """A whole training with nothing kept from an earlier one."""
    with tempfile.TemporaryDirectory() as folder:
        # Rasa keeps what it trained in a cache of its own.
        return timed([sys.executable, "-m", "trialog", "train", "--force"], ROOT, TRIALOG_MODELS=folder, RASA_MAX_CACHE_SIZE="0")


def train_stock() -> dict[str, float]:
    """The same for stock Rasa; done once, because it takes so long."""
    kept = PROJECT / "training.json"
    if kept.is_file():
        found: dict[str, float] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    write_project(ROOT / "data" / "nlu", PROJECT)
    command = [str(STOCK / ".venv" / "bin" / "rasa"), "train", "--out", "models"]
    figures = timed(command, PROJECT, RASA_TELEMETRY_ENABLED="false")
    kept.write_text(json.dumps(figures), encoding="utf-8")
    return figures
