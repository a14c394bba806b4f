"""Several processes that do the same work: one that dies is begun anew, and all end together.

Each is a Python of its own and not a fork: what loading starts (threads, event loops) does not survive one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from trialog.operation import chatter

# What a worker tells once it is ready; anything else is why it cannot begin.
READY = ""

# Before a worker takes the place of one that died, so that one that dies at once does not take a whole processor.
RESTART_SECONDS = 1.0

# Is given what all are given, and a function to tell with.
Work = Callable[..., None]

# Is told the number of a process that has ended, and how that came.
Ended = Callable[[int, str], None]


@dataclass
class _Worker:
    process: BaseProcess
    told: Connection


class Workers:
    """``count`` processes that do ``work`` with ``arguments``."""

    def __init__(self, count: int, work: Work, *arguments: Any, ended: Ended) -> None:
        self._count = count
        self._work = work
        self._arguments = arguments
        self._ended = ended
        self._workers: list[_Worker] = []
        # Whatever waits goes on once something is written into it.
        self._stopped, self._stopping = os.pipe()

    def run(self, ready: Callable[[], None], stop_seconds: float) -> str:
        """Begin them, call ``ready`` once all are, and keep their number until SIGTERM, SIGINT or ``stop``.

        They have ``stop_seconds`` to end then. Returns why one of them cannot begin, if that ended it before all were ready; else nothing.
        """
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.stop())
        self._workers = [self._begun() for _ in range(self._count)]
        try:
            reason = next(filter(None, (self._told(worker) for worker in self._workers)), "")
            if not reason and not self._is_stopped():
                ready()
                self._keep()
            return reason
        finally:
            self._end(stop_seconds)

    def stop(self) -> None:
        """Have ``run`` end them all."""
        os.write(self._stopping, b".")

    def _begun(self) -> _Worker:
        told, tell = get_context("spawn").Pipe(duplex=False)
        process = get_context("spawn").Process(target=_run, args=(self._work, self._arguments, tell))
        process.start()
        tell.close()
        return _Worker(process, told)

    def _told(self, worker: _Worker) -> str:
        """READY once the worker is, or all are to stop; else why it cannot begin."""
        if self._stopped in wait([worker.told, self._stopped]):
            return READY
        try:
            return str(worker.told.recv())
        except EOFError:
            return _how_it_ended(worker)

    def _keep(self) -> None:
        while not self._is_stopped():
            wait([self._stopped, *(worker.process.sentinel for worker in self._workers)])
            for place, worker in enumerate(self._workers):
                if not worker.process.is_alive() and not self._is_stopped(RESTART_SECONDS):
                    self._ended(worker.process.pid or 0, _how_it_ended(worker))
                    self._workers[place] = self._begun()

    def _is_stopped(self, seconds: float = 0) -> bool:
        """True if all are to stop, or are told to within ``seconds``."""
        return bool(wait([self._stopped], seconds))

    def _end(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(max(0.0, ends - time.monotonic()))
            worker.process.kill()
            worker.process.join()
            worker.told.close()


def _how_it_ended(worker: _Worker) -> str:
    """What a worker has told that could not begin, else the status it ended with."""
    told = READY
    with contextlib.suppress(EOFError):
        while True:
            told = str(worker.told.recv())
    worker.told.close()
    worker.process.join()
    return told or f"a worker ended with status {worker.process.exitcode}"


def _run(work: Work, arguments: tuple[Any, ...], tell: Connection) -> None:
    """In the new process: do the work, and end with the one that began it, however that ends."""
    # Ctrl-C is for all of them; each is told by the first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(*arguments, tell.send)


def begin_beside() -> None:
    """In a new process that works for another one: Ctrl-C is for that one, and what libraries say for nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chatter.silence()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
