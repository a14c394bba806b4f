"""The API: conversations, messages, health."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from trialog.conversations import new_id
from trialog.message import Message
from trialog.web.keys import ENGINE, LIBRARY
from trialog.web.problems import ProblemError

# Longer than any question: a family that pastes a letter is asked to send its question alone.
MAX_CHARACTERS = 2_000

# 2,000 characters of any script, escaped in JSON, and room for the rest.
MAX_BODY_BYTES = 64 * 1024

CHANNELS = ("web", "kiosk", "cli")


def setup_routes(app: web.Application) -> None:
    """Add the API to ``app``."""
    app.router.add_post("/api/conversations", open_conversation)
    app.router.add_post("/api/conversations/{id}/messages", send_message)
    app.router.add_delete("/api/conversations/{id}", delete_conversation)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


async def open_conversation(request: web.Request) -> web.Response:
    """Begin a conversation: 201 with its id and the welcome."""
    body = await _json_object(request) if request.can_read_body else {}
    trial, channel = body.get("trial") or "", body.get("channel") or "web"
    if trial and trial not in request.app[LIBRARY].studies:
        raise ProblemError("unknown_trial")
    if channel not in CHANNELS:
        raise ProblemError("not_json")
    conversation = new_id()
    messages = await request.app[ENGINE].start(conversation, trial, channel)
    return web.json_response({"id": conversation, "messages": _as_json(messages)}, status=201)


async def send_message(request: web.Request) -> web.Response:
    """Answer a text or a pressed button: 200 with the replies."""
    engine, conversation = request.app[ENGINE], _conversation(request)
    body = await _json_object(request)
    payload, text = body.get("payload"), body.get("text")
    if isinstance(payload, str) and text is None:
        try:
            messages = await engine.press(conversation, payload)
        except ValueError:
            raise ProblemError("bad_payload") from None
    elif isinstance(text, str) and text and payload is None:
        if len(text) > MAX_CHARACTERS:
            raise ProblemError("too_long")
        messages = await engine.say(conversation, text)
    else:
        raise ProblemError("no_text")
    return web.json_response({"messages": _as_json(messages)})


async def delete_conversation(request: web.Request) -> web.Response:
    """Forget a conversation at once: 204."""
    request.app[ENGINE].conversations.forget(_conversation(request))
    return web.Response(status=204)


async def healthz(request: web.Request) -> web.Response:
    """200 while the process answers at all."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 when the model is loaded; the server accepts connections only then."""
    return web.json_response({"status": "ready", "trials": sorted(request.app[LIBRARY].studies)})


def _conversation(request: web.Request) -> str:
    conversation = request.match_info["id"]
    if not request.app[ENGINE].conversations.knows(conversation):
        raise ProblemError("unknown_conversation")
    return conversation


async def _json_object(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise ProblemError("wrong_type")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise ProblemError("not_json") from None
    if not isinstance(body, dict):
        raise ProblemError("not_json")
    return body


def _as_json(messages: list[Message]) -> list[dict[str, Any]]:
    return [message.to_json() for message in messages]
