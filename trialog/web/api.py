"""The API: conversations, messages, health. openapi.json describes it."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from trialog.assistant.conversations import Conversation, new_id
from trialog.assistant.message import Message
from trialog.assistant.places import NO_NETWORK
from trialog.content.model import DEFAULT_COUNTRY, Library
from trialog.content.replies.reply import topic_button
from trialog.operation.faults import StoreAwayError
from trialog.web.keys import ASSISTANT, CONVERSATION, HANDOFF, SETTINGS, library_of
from trialog.web.networks import client_address, network_of
from trialog.web.observe import show_metrics
from trialog.web.problems import ProblemError

if TYPE_CHECKING:
    from trialog.assistant.engine import Engine

OPENAPI = Path(__file__).with_name("openapi.json")

# Longer than any question: a family that pastes a letter is asked to send its question alone.
MAX_CHARACTERS = 2_000

# 2,000 characters of any script, escaped in JSON, and room for the rest.
MAX_BODY_BYTES = 64 * 1024

# Longer than any phone needs for one message; a client that sends a byte now and then only holds a connection.
BODY_SECONDS = 10

# Loading takes seconds.
RETRY_SECONDS = {"Retry-After": "5"}

JSON = "application/json"

CHANNELS = ("web", "kiosk", "cli")

# What a client names its messages by.
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def setup_routes(app: web.Application) -> None:
    """Add the API to ``app``."""
    app.router.add_post("/api/conversations", open_conversation)
    app.router.add_post("/api/conversations/{id}/messages", send_message)
    app.router.add_delete("/api/conversations/{id}", delete_conversation)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", show_metrics)
    app.router.add_get("/api/openapi.json", openapi)


async def open_conversation(request: web.Request) -> web.Response:
    """Begin a conversation: 201 with its id and the welcome."""
    engine = engine_of(request)
    if "Origin" in request.headers and request.content_type != JSON:
        # A page can send an empty form without asking its browser's leave.
        raise ProblemError("wrong_type")
    body = await json_object(request) if request.can_read_body else {}
    trial, channel = body.get("trial"), body.get("channel")
    if trial is not None and (not isinstance(trial, str) or trial not in ("", *library_of(request).studies)):
        raise ProblemError("unknown_trial")
    if channel not in (None, *CHANNELS):
        raise ProblemError("not_json")
    conversation, country = new_id(), body.get("country")
    # A slip of a site owner must not keep a family out.
    country = country if isinstance(country, str) else ""
    settings = request.app[SETTINGS]
    network = network_of(client_address(request, settings.proxies)) if settings.requests_a_minute else NO_NETWORK
    messages = await engine.start(conversation, trial or "", channel or "web", country, network)
    told = library_of(request).told_country(country, request.app[SETTINGS].country)
    opening: dict[str, Any] = {"id": conversation, "country": None if told == DEFAULT_COUNTRY else told, "messages": _as_json(messages)}
    if contact := request.app[SETTINGS].contact:
        opening["contact"] = contact
    return web.json_response(opening, status=201)


async def send_message(request: web.Request) -> web.Response:
    """Answer a text or a pressed button: 200 with the replies."""
    engine, conversation = engine_of(request), request.match_info["id"]
    try:
        found = await conversation_of(request)
        engine = request.app[ASSISTANT].answers(found) or engine
        offered = {*found.buttons, *request.app[ASSISTANT].menu}
    except StoreAwayError:
        # Danger is answered all the same, and nothing else.
        offered = set()
    body = await json_object(request)
    payload, text, key = body.get("payload"), body.get("text"), body.get("idempotency_key")
    if key is not None and not (isinstance(key, str) and KEY.fullmatch(key)):
        raise ProblemError("not_json")
    if isinstance(payload, str) and text is None:
        if (CONVERSATION in request and payload not in offered) or not engine.is_payload(payload):
            raise ProblemError("bad_payload")
        messages = await engine.press(conversation, payload, key)
    elif isinstance(text, str) and text and payload is None:
        if len(text) > MAX_CHARACTERS:
            raise ProblemError("too_long")
        messages = await engine.say(conversation, text, key)
    else:
        raise ProblemError("no_text")
    _hand_off(request, messages)
    return web.json_response({"messages": _as_json(messages)})


def _hand_off(request: web.Request, messages: list[Message]) -> None:
    """Let the hospital know where the family of this conversation asks for a person."""
    about = request[CONVERSATION].about if CONVERSATION in request else {}
    study = library_of(request).study_of(about.get("trial", "")).id
    request.app[HANDOFF].look(messages, study, about.get("channel", ""))


async def delete_conversation(request: web.Request) -> web.Response:
    """Forget a conversation at once: 204."""
    await conversation_of(request)
    await engine_of(request).conversations.forget(request.match_info["id"])
    return web.Response(status=204)


async def healthz(request: web.Request) -> web.Response:
    """200 while the process answers at all."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 when the model is loaded; 503 before that, when messages come and nothing was answered for half a minute, and when
    conversations cannot be reached where they are kept.

    A study that has a fault is left out. What is switched off is named, and how many notices are told.
    """
    engine = engine_of(request)
    if engine.is_silent() or not await engine.conversations.is_there():
        raise ProblemError("not_ready", RETRY_SECONDS)
    library = library_of(request)
    switched = engine.switches.now()
    words = {"content": engine.edition, "script": request.app[ASSISTANT].scripts.get(engine.edition) or None}
    about = {"trials": sorted(library.studies), "left_out": sorted(library.left_out)}
    notices = len(switched.notices_at(datetime.now().astimezone()))
    return web.json_response({"status": "ready", **words, **about, "switched_off": switched.off, "notices": notices})


async def openapi(request: web.Request) -> web.FileResponse:
    """The description of this API."""
    return web.FileResponse(OPENAPI)


def menu_payloads(library: Library) -> frozenset[str]:
    """What the buttons of the menu send, which is always at hand."""
    topics = [topic for group in library.menu for topic in group.topics]
    return frozenset(topic_button(library, study, topic)["payload"] for study in library.studies.values() for topic in topics)


def engine_of(request: web.Request) -> Engine:
    """The assistant; raises ProblemError while it is still loading."""
    engine = request.app[ASSISTANT].engine
    if engine is None:
        raise ProblemError("not_ready", RETRY_SECONDS)
    return engine


async def conversation_of(request: web.Request) -> Conversation:
    """What is kept of the conversation in the address, looked up once; raises ProblemError for one that is not there."""
    if CONVERSATION not in request:
        found = await engine_of(request).conversations.find(request.match_info["id"])
        if found is None:
            raise ProblemError("unknown_conversation")
        request[CONVERSATION] = found
    return request[CONVERSATION]


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body, which is to be a JSON object; raises ProblemError."""
    if request.content_type != JSON:
        raise ProblemError("wrong_type")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = json.loads(await request.read())
    except TimeoutError:
        raise ProblemError("too_slow") from None
    except (ValueError, RecursionError):
        raise ProblemError("not_json") from None
    if not isinstance(body, dict):
        raise ProblemError("not_json")
    return body


def _as_json(messages: list[Message]) -> list[dict[str, Any]]:
    return [message.to_json() for message in messages]
