"""What the parts of the web application share, by typed key."""

from aiohttp import web

from trialog.content.model import Library
from trialog.engine import Engine
from trialog.settings import Settings

SETTINGS = web.AppKey("settings", Settings)
LIBRARY = web.AppKey("library", Library)
ENGINE = web.AppKey("engine", Engine)
