"""``trialog serve``: answer families over HTTP."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import sys

from aiohttp import web

from trialog.content.files import ContentError
from trialog.engine import Engine, ModelMissingError
from trialog.settings import Settings, SettingsError
from trialog.web.app import create_app


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb; the environment gives their defaults."""
    parser.add_argument("--host", help="address to listen on (TRIALOG_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (TRIALOG_PORT, 8080)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 with the reason if it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        settings = Settings.from_environment()
        given = {name: value for name in ("host", "port") if (value := getattr(arguments, name)) is not None}
        settings = dataclasses.replace(settings, **given)
        engine = Engine.load(settings)
    except (SettingsError, ContentError, ModelMissingError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    print(f"Trialog is ready on http://{settings.host}:{settings.port}", flush=True)
    web.run_app(create_app(settings, engine), host=settings.host, port=settings.port, access_log=None, print=None)
    return 0
