"""What a site owner and an operator rely on: headers, origins, limits, figures, health."""

import asyncio
import dataclasses
import json
import logging
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from tests.server import serving
from trialog.assistant.conversations import Room, new_id
from trialog.assistant.engine import Engine
from trialog.assistant.in_memory import ConversationsInMemory
from trialog.assistant.places import LateError
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.web.app import create_app
from trialog.web.keys import ASSISTANT

HOSPITAL = "https://hospital.example"
PATHS = ["/", "/healthz", "/metrics", "/nowhere", "/api/conversations", "/api/openapi.json"]


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> TestClient:
    return await aiohttp_client(create_app(dataclasses.replace(settings, allowed_origins=HOSPITAL, tls="on"), engine))


@pytest.mark.parametrize("path", PATHS)
async def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert f"frame-ancestors 'self' {HOSPITAL}" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["Server"] == "trialog"
    assert "Set-Cookie" not in headers


async def test_browsers_are_not_told_to_insist_on_tls_where_there_is_none(
    aiohttp_client: AiohttpClient, settings: Settings, engine: Engine
) -> None:
    client = await aiohttp_client(create_app(settings, engine))
    assert "Strict-Transport-Security" not in (await client.get("/healthz")).headers


async def test_the_api_may_be_read_across_origins_and_the_rest_not(client: TestClient) -> None:
    assert (await client.get("/api/openapi.json")).headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (await client.get("/trialog-chat.js")).headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (await client.get("/metrics")).headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_an_allowed_origin_may_use_the_api(client: TestClient) -> None:
    preflight = {"Origin": HOSPITAL, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = await client.options("/api/conversations", headers=preflight)
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == HOSPITAL
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"
    for response in (
        await client.post("/api/conversations", headers={"Origin": HOSPITAL}),
        await client.post("/api/conversations/unknown/messages", headers={"Origin": HOSPITAL}, json={"text": "hello"}),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == HOSPITAL, "problems can be read, too"
        assert response.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{HOSPITAL}.evil.example", "https://HOSPITAL.example", ""])
async def test_another_origin_may_not(client: TestClient, origin: str) -> None:
    preflight = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    response = await client.options("/api/conversations", headers=preflight)
    assert response.status == 405
    assert "Access-Control-Allow-Origin" not in response.headers
    response = await client.post("/api/conversations", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_one_conversation_has_a_limit_of_its_own(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    client = await aiohttp_client(create_app(dataclasses.replace(settings, rate_limit="100", conversation_rate_limit=2), engine))
    first, second = [(await (await client.post("/api/conversations")).json())["id"] for _ in range(2)]
    statuses = [(await client.post(f"/api/conversations/{first}/messages", json={"text": "hello"})).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert (await client.post(f"/api/conversations/{second}/messages", json={"text": "hello"})).status == 200
    assert (await client.delete(f"/api/conversations/{first}")).status == 204, "it can always be ended"


async def test_too_many_waiting_messages_are_told_when_to_come_back(client: TestClient) -> None:
    conversation = (await (await client.post("/api/conversations")).json())["id"]
    path = f"/api/conversations/{conversation}/messages"
    responses = await asyncio.gather(*(client.post(path, json={"text": "hello"}) for _ in range(12)))
    statuses = {response.status for response in responses}
    assert statuses == {200, 429}
    assert all(response.headers["Retry-After"] == "5" for response in responses if response.status == 429)


async def test_a_full_house_says_when_to_come_back(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "conversations", ConversationsInMemory(Room(0)))
    response = await client.post("/api/conversations")
    assert (response.status, response.headers["Retry-After"]) == (503, "60")
    assert (await response.json())["type"] == "urn:trialog:problem:full"


@pytest.mark.parametrize(("channel", "minutes"), [("web", 30), ("cli", 30), ("kiosk", 5)])
async def test_a_kiosk_forgets_sooner(engine: Engine, channel: str, minutes: int) -> None:
    conversation = new_id()
    await engine.start(conversation, channel=channel)
    assert isinstance(engine.conversations, ConversationsInMemory)
    assert engine.conversations._live[conversation].idle_seconds == minutes * 60


async def test_idle_conversations_are_looked_for_again_after_a_look_that_broke(
    aiohttp_client: AiohttpClient, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked, again = 0, asyncio.Event()

    async def expire() -> None:
        nonlocal looked
        looked += 1
        if looked == 1:
            raise OSError("the disk is full")
        again.set()

    monkeypatch.setattr("trialog.web.app.EXPIRY_SECONDS", 0.01)
    monkeypatch.setattr(engine.conversations, "expire", expire)
    await aiohttp_client(create_app(settings, engine))
    async with asyncio.timeout(60):
        await again.wait()
    assert caplog.text.count("fault in housekeeping: OSError at test_operation.py") == 1


async def test_while_the_model_loads_families_are_told_so(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    app = create_app(settings)
    client = await aiohttp_client(app)
    for response in (await client.get("/readyz"), await client.post("/api/conversations")):
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert "I am just starting" in (await response.json())["detail"]
    assert (await client.get("/healthz")).status == 200
    app[ASSISTANT].engine = engine
    assert (await client.get("/readyz")).status == 200


async def test_a_process_in_which_nothing_is_answered_is_not_ready(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine._turns, "is_silent", lambda: True)
    assert (await client.get("/readyz")).status == 503
    assert (await client.get("/healthz")).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{HOSPITAL}.evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_page_of_others_begins_no_conversation(client: TestClient, engine: Engine, headers: dict[str, str]) -> None:
    before = await engine.conversations.count()
    response = await client.post("/api/conversations", headers=headers)
    assert response.status == 403
    assert (await response.json())["type"] == "urn:trialog:problem:foreign_page"
    assert await engine.conversations.count() == before


async def test_our_own_pages_begin_one_behind_any_proxy(client: TestClient) -> None:
    own = f"http://{client.host}:{client.port}"
    assert (await client.post("/api/conversations", headers={"Origin": own}, json={})).status == 201
    renamed = {"Origin": "https://chat.hospital.example", "Sec-Fetch-Site": "same-origin"}
    assert (await client.post("/api/conversations", headers=renamed, json={})).status == 201


async def test_an_empty_form_of_a_browser_begins_none(client: TestClient) -> None:
    assert (await client.post("/api/conversations", headers={"Origin": HOSPITAL})).status == 415


async def test_one_network_begins_so_many_conversations_a_minute(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    behind = dataclasses.replace(settings, rate_limit="100", openings_rate_limit=2, trusted_proxies="127.0.0.0/8")
    client = await aiohttp_client(create_app(behind, engine))

    async def begin(address: str) -> int:
        return (await client.post("/api/conversations", headers={"X-Forwarded-For": address})).status

    crowd = [await begin(f"2001:db8:0:7::{place}") for place in range(3)]
    neighbours = [await begin(f"203.0.113.{place}") for place in range(3)]
    assert (crowd, neighbours, await begin("198.51.100.1")) == ([201, 201, 429], [201, 201, 429], 201)


async def test_a_limit_names_the_number_to_call(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    client = await aiohttp_client(create_app(dataclasses.replace(settings, rate_limit="100", conversation_rate_limit=1), engine))
    conversation = (await (await client.post("/api/conversations", json={"country": "US"})).json())["id"]
    path = f"/api/conversations/{conversation}/messages"
    await client.post(path, json={"text": "hello"})
    assert "call 911" in (await (await client.post(path, json={"text": "hello"})).json())["detail"]


def test_every_problem_that_keeps_a_family_out_names_the_number(library: Library) -> None:
    for name in ("foreign_page", "unknown_conversation", "too_many", "broken", "not_ready", "late", "full"):
        assert "{emergency}" in library.problems[name].detail, name


async def test_a_message_that_got_no_turn_in_time_is_told_so(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(*_: Any) -> Any:
        raise LateError

    conversation = (await (await client.post("/api/conversations")).json())["id"]
    monkeypatch.setattr(engine, "_handle", late)
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "what is CD22?"})
    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert "did not get to you in time" in (await response.json())["detail"]


async def test_what_a_client_does_wrong_is_no_fault_of_ours(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    assert (await client.get("/static/" + "a" * 300)).status == 404
    assert (await client.get("/static/chat")).status == 404
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert (await client.post("/api/conversations", data=b"nonsense", headers=headers)).status == 400
    assert "fault in" not in caplog.text


async def test_the_figures_count_and_hold_no_content(client: TestClient) -> None:
    conversation = (await (await client.post("/api/conversations")).json())["id"]
    await client.post(f"/api/conversations/{conversation}/messages", json={"text": "Who runs this study, Zebrafink?"})
    response = await client.get("/metrics")
    figures = await response.text()
    assert response.content_type == "text/plain"
    assert 'trialog_replies_total{group="study",kind="answer"}' in figures
    assert 'trialog_requests_total{method="POST",route="/api/conversations/{id}/messages",status="200"}' in figures
    assert "trialog_reply_seconds_bucket" in figures
    assert "trialog_conversations " in figures
    assert conversation not in figures
    assert "Zebrafink" not in figures


async def test_a_request_is_one_line_without_ids_text_or_addresses(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "trialog"):
        await client.post("/api/conversations/Zebrafink/messages?Nachtigall", json={"text": "Nachtigall"})
    (record,) = (record for record in caplog.records if record.name == "trialog.web.observe")
    about: dict[str, Any] = record.about  # type: ignore[attr-defined]
    assert about.pop("ms") >= 0
    assert about == {"method": "POST", "route": "/api/conversations/{id}/messages", "status": 404}


@pytest.mark.slow
def test_a_reply_on_its_way_is_finished_before_the_process_ends(tmp_path: Path) -> None:
    with serving(tmp_path / "log", command=("-m", "tests.slow_server")) as server:
        messages = server.open() + "/messages"
        answers: list[tuple[int, bytes]] = []

        def ask() -> None:
            status, _, body = server.ask("POST", messages, {"text": "Who runs this study?"})
            answers.append((status, body))

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        asking.join(60)
        assert server.process.wait(60) == 0
    ((status, body),) = answers
    assert (status, json.loads(body)["messages"][0]["topic"]) == (200, "who_runs")
