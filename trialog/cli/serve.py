"""``trialog serve``: answer families over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from aiohttp import web

from trialog.content.deployment import Deployment
from trialog.content.files import ContentError
from trialog.content.model import Library
from trialog.operation.logs import setup_logging
from trialog.settings import Settings, SettingsError
from trialog.web.app import create_app
from trialog.web.connections import Runner, raise_descriptors
from trialog.web.keys import ASSISTANT, LIBRARY

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

# Replies on their way are finished before the process ends; longer than any reply takes.
SHUTDOWN_SECONDS = 5

# How long a thread that works keeps all others from working; the requests of others wait for it, many times each.
SWITCH_SECONDS = 0.001

# The process has ended so long after it was told to, whatever still runs in it.
STOP_SECONDS = 6

# A connection on which no whole request arrives is closed after this; a proxy's idle connection, too.
IDLE_CONNECTION_SECONDS = 30


class StartError(Exception):
    """The server cannot start; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb; the environment gives their defaults."""
    parser.add_argument("--host", help="address to listen on (TRIALOG_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (TRIALOG_PORT, 8080)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 with the reason if it cannot start."""
    try:
        settings = Settings.from_environment()
        given = {name: value for name in ("host", "port") if (value := getattr(arguments, name)) is not None}
        settings = dataclasses.replace(settings, **given)
        setup_logging(settings.log_level)
        asyncio.run(_serve(settings))
    except (SettingsError, ContentError, StartError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    return 0


async def _serve(settings: Settings) -> None:
    """Listen, load the model meanwhile, and answer until told to stop."""
    sys.setswitchinterval(SWITCH_SECONDS)
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, _stop, stop)
    app = create_app(settings)
    library, most = Deployment(settings, app[LIBRARY]).library, raise_descriptors()
    emergency = library.lines_of(settings.country).emergency
    runner = Runner(app, library, emergency, most, shutdown_timeout=SHUTDOWN_SECONDS, keepalive_timeout=IDLE_CONNECTION_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, settings)
        app[ASSISTANT].engine = await asyncio.to_thread(_load, settings, app[LIBRARY])
        print(f"Trialog is ready at http://{_name(settings.host)}:{settings.port}", flush=True)
        await stop.wait()
    finally:
        await runner.cleanup()


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
        await web.TCPSite(runner, settings.host, settings.port).start()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StartError(f"it cannot listen on {settings.host}, port {settings.port}: {reason}") from error


def _load(settings: Settings, library: Library) -> Engine:
    # Importing Rasa takes most of the start; the server says meanwhile that it is not ready.
    from trialog.assistant.engine import Engine, ModelError

    try:
        return Engine.load(settings, library)
    except ModelError as error:
        raise StartError(str(error)) from error
