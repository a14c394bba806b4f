"""``trialog serve``: answer families over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import multiprocess

from trialog.content.deployment import Deployment
from trialog.content.files import ContentError
from trialog.content.model import Library
from trialog.operation.counts import Counts
from trialog.operation.logs import setup_logging
from trialog.operation.memory import keep_large_apart
from trialog.operation.switches import Switches
from trialog.operation.workers import READY, Workers
from trialog.settings import Settings, SettingsError
from trialog.web.app import create_app
from trialog.web.connections import MOST_IN_ONE_GO, Runner, raise_descriptors
from trialog.web.keys import ASSISTANT

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

logger = logging.getLogger(__name__)

# Replies on their way are finished before the process ends; longer than any reply takes.
SHUTDOWN_SECONDS = 5

# How long a thread that works keeps all others from working; the requests of others wait for it, many times each.
SWITCH_SECONDS = 0.001

# The process has ended so long after it was told to, whatever still runs in it.
STOP_SECONDS = 6

# Where the workers count together (prometheus_client reads it when it is loaded).
FIGURES = "PROMETHEUS_MULTIPROC_DIR"

# A connection on which no whole request arrives is closed after this; a proxy's idle connection, too.
IDLE_CONNECTION_SECONDS = 30


class StartError(Exception):
    """The server cannot start; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb; the environment gives their defaults."""
    parser.add_argument("--host", help="address to listen on (TRIALOG_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (TRIALOG_PORT, 8080)")
    parser.add_argument(
        "--workers", type=int, help="processes that answer together; more than one needs TRIALOG_REDIS (TRIALOG_WORKERS, 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 with the reason if it cannot start."""
    try:
        settings = Settings.from_environment()
        given = {name: value for name in ("host", "port", "workers") if (value := getattr(arguments, name)) is not None}
        settings = dataclasses.replace(settings, **given)
        settings.check()
        setup_logging(settings.log_level)
        ready = partial(print, f"Trialog is ready at http://{_name(settings.host)}:{settings.port}", flush=True)
        if settings.workers > 1:
            _serve_together(settings, ready)
        else:
            asyncio.run(_serve(settings, ready))
    except (SettingsError, ContentError, StartError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    return 0


def _serve_together(settings: Settings, ready: Callable[[], None]) -> None:
    """Have several processes answer on one socket; raises StartError.

    One socket that all take connections from, and not one each (SO_REUSEPORT): what waits on the socket of a process that dies is lost.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family)
    except (OSError, OverflowError) as error:
        raise _cannot_listen(settings, error) from error
    with listening, tempfile.TemporaryDirectory() as figures:
        os.environ[FIGURES] = figures
        reason = Workers(settings.workers, _work, settings, listening, ended=_note_end).run(ready, STOP_SECONDS)
    if reason:
        raise StartError(reason)


def _note_end(process: int, reason: str) -> None:
    """A worker has died; another one takes its place."""
    logger.error("a worker is begun anew: %s", reason)
    multiprocess.mark_process_dead(process)


def _work(settings: Settings, listening: socket.socket, tell: Callable[[str], None]) -> None:
    """One of several processes."""
    setup_logging(settings.log_level)
    try:
        asyncio.run(_serve(settings, partial(tell, READY), listening))
    except (ContentError, SettingsError, StartError) as error:
        tell(str(error))


async def _serve(settings: Settings, ready: Callable[[], None], listening: socket.socket | None = None) -> None:
    """Listen, load the model meanwhile, call ``ready``, and answer until told to stop.

    On the socket of several processes it listens when it is ready: until then the others answer.
    """
    keep_large_apart()
    sys.setswitchinterval(SWITCH_SECONDS)
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, _stop, stop)
    app = create_app(settings)
    library, most = Deployment(settings, app[ASSISTANT].library).library, raise_descriptors()
    emergency = library.lines_of(settings.country).emergency
    runner = Runner(app, library, emergency, most, shutdown_timeout=SHUTDOWN_SECONDS, keepalive_timeout=IDLE_CONNECTION_SECONDS)
    await runner.setup()
    try:
        if listening is None:
            await _listen(runner, settings)
        app[ASSISTANT].engine = await asyncio.to_thread(_load, settings, app[ASSISTANT].library)
        if listening:
            await web.SockSite(runner, listening, backlog=MOST_IN_ONE_GO).start()
        ready()
        await stop.wait()
    finally:
        await runner.cleanup()
        if engine := app[ASSISTANT].engine:
            await engine.conversations.close()


def _stop(stop: asyncio.Event) -> None:
    """Begin to end; what hangs then does not keep the process."""
    stop.set()
    last = threading.Timer(STOP_SECONDS, os._exit, [0])
    last.daemon = True
    last.start()


def _name(host: str) -> str:
    """What a person types to reach ``host`` from this machine."""
    return "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, backlog=MOST_IN_ONE_GO).start()
    except (OSError, OverflowError) as error:
        raise _cannot_listen(settings, error) from error


def _cannot_listen(settings: Settings, error: Exception) -> StartError:
    reason = getattr(error, "strerror", None) or str(error)
    return StartError(f"it cannot listen on {settings.host}, port {settings.port}: {reason}")


def _load(settings: Settings, library: Library) -> Engine:
    # Importing Rasa takes most of the start; the server says meanwhile that it is not ready.
    import rasa_stand_ins

    rasa_stand_ins.spare()
    from trialog.assistant.conversations import room_of
    from trialog.assistant.engine import Engine, ModelError

    conversations = None
    if settings.redis:
        from trialog.assistant.shared.conversations import shared_conversations

        conversations = shared_conversations(settings, room_of(settings))
    switches = Switches(settings.switches, {*library.studies, *library.left_out})
    counts = Counts(Path(settings.counts) if settings.counts else None)
    try:
        return Engine.load(settings, library, conversations, switches, counts)
    except ModelError as error:
        raise StartError(str(error)) from error
