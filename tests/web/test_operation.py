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
from aiohttp.test_utils import TestClient, make_mocked_request
from pytest_aiohttp.plugin import AiohttpClient

from tests.server import serving
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.settings import Settings
from trialog.web.app import create_app
from trialog.web.keys import ASSISTANT
from trialog.web.limits import client_address

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


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_who_asks(settings: Settings, remote: str, forwarded: str, client: str) -> None:
    proxies = dataclasses.replace(settings, trusted_proxies="10.0.0.0/8, ::1").proxies
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded} if forwarded else {}).clone(remote=remote)
    assert client_address(request, proxies) == client


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
    monkeypatch.setattr(engine.conversations, "_most", 0)
    response = await client.post("/api/conversations")
    assert (response.status, response.headers["Retry-After"]) == (503, "60")
    assert (await response.json())["type"] == "urn:trialog:problem:full"


@pytest.mark.parametrize(("channel", "minutes"), [("web", 30), ("cli", 30), ("kiosk", 5)])
async def test_a_kiosk_forgets_sooner(engine: Engine, channel: str, minutes: int) -> None:
    conversation = new_id()
    await engine.start(conversation, channel=channel)
    assert engine.conversations._live[conversation].idle_seconds == minutes * 60


async def test_while_the_model_loads_families_are_told_so(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    app = create_app(settings)
    client = await aiohttp_client(app)
    for response in (await client.get("/readyz"), await client.post("/api/conversations")):
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert "I am just starting" in (await response.json())["detail"]
    assert (await client.get("/healthz")).status == 200
    app[ASSISTANT].engine = engine
    assert (await client.get("/readyz")).status == 200


async def test_a_process_with_many_stuck_turns_is_not_ready(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialog.assistant.engine.MOST_STUCK", 1)
    released = threading.Event()
    thread = threading.Thread(target=released.wait)
    thread.start()
    monkeypatch.setattr(engine._turns, "_left_behind", [thread])
    assert (await client.get("/readyz")).status == 503
    released.set()
    thread.join()
    assert (await client.get("/readyz")).status == 200


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
