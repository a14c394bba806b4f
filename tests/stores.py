"""A real Redis and a real PostgreSQL for tests, each on a free port with a folder of its own, that can be stopped and started again."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.server import free_port

MISSING = "this test needs Redis and PostgreSQL: run scripts/stores (or: sudo apt-get install redis-server postgresql)"

# Who PostgreSQL runs as where the tests run as root, which it refuses.
POSTGRES_USER = "postgres"


@dataclass
class Store:
    """One of them, and where it writes."""

    url: str
    port: int
    folder: Path
    command: list[str]
    user: str | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        errors = self.folder / "errors"
        with errors.open("wb") as out:
            self.process = subprocess.Popen(self.command, cwd=self.folder, user=self.user, stdout=subprocess.DEVNULL, stderr=out)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        pytest.fail(f"{self.command[0]} does not start: {errors.read_text()}")

    def stop(self) -> None:
        """End it as a machine does that goes down in order."""
        if self.process:
            self.process.send_signal(2)
            self.process.wait(20)
            self.process = None

    def holds(self, words: str) -> list[str]:
        """The files of its folder that have ``words`` in them."""
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        assert sum(file.stat().st_size for file in files) > 1_000, "it has written what it keeps"
        return [file.name for file in files if words.encode() in file.read_bytes()]


def _program(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(places[-1]) if places else "")
    if not found:
        pytest.fail(MISSING, pytrace=False)
    return found


@contextlib.contextmanager
def _running(store: Store) -> Iterator[Store]:
    try:
        store.start()
        yield store
    finally:
        store.stop()
        shutil.rmtree(store.folder)


@contextlib.contextmanager
def running_redis() -> Iterator[Store]:
    """A Redis that writes down each change."""
    server, port = _program("redis-server"), free_port()
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    # Not compressed, so that words would be found.
    options = ["--appendonly", "yes", "--rdbcompression", "no"]
    command = [server, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), *options]
    with _running(Store(f"redis://127.0.0.1:{port}/0", port, folder, command)) as store:
        yield store


@contextlib.contextmanager
def running_postgres() -> Iterator[Store]:
    """A PostgreSQL with an empty database."""
    initdb, server, port = _program("initdb"), _program("postgres"), free_port()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user = POSTGRES_USER if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    initialise = [initdb, "--pgdata", data, "--username", "trialog", "--auth", "trust", "--no-sync", "--encoding", "UTF8"]
    subprocess.run(initialise, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    options = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", "fsync=off"]
    command = [server, "-D", data, *(part for option in options for part in ("-c", option))]
    with _running(Store(f"postgresql://trialog@127.0.0.1:{port}/postgres", port, folder, command, user)) as store:
        yield store
