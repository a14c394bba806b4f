"""The HTTP contract: each answer and each refusal."""

import dataclasses
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from tests.conftest import ROOT
from tests.web.conftest import opened
from trialog.assistant.engine import Engine
from trialog.content.edition import edition_of
from trialog.settings import Settings
from trialog.web.app import create_app
from trialog.web.keys import ASSISTANT

FIELDS = {"text", "kind", "topic", "source", "buttons"}


async def problem_of(response: Any) -> dict[str, Any]:
    """The problem document, after checking what RFC 9457 and our contract promise of each."""
    assert response.content_type == "application/problem+json"
    problem = await response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == response.status
    assert problem["type"].startswith("urn:trialog:problem:")
    return problem


async def test_a_conversation_begins_with_the_welcome(client: TestClient) -> None:
    opening = await opened(client)
    (welcome,) = opening["messages"]
    assert set(welcome) == FIELDS
    assert welcome["kind"] == "welcome"
    assert "automatic assistant, not a doctor" in welcome["text"]
    assert "do not type names" in welcome["text"]
    titles = [button["title"] for button in welcome["buttons"]]
    assert titles == ["What the study is about", "Who can take part", "How the drug works", "See if the study might fit"]


@pytest.mark.parametrize("channel", ["web", "kiosk", "cli"])
async def test_every_channel_and_a_named_study(client: TestClient, channel: str) -> None:
    assert (await opened(client, trial="itcc-059", channel=channel))["messages"]


async def test_a_body_is_not_needed_to_begin(client: TestClient) -> None:
    assert (await client.post("/api/conversations")).status == 201


async def test_a_question_gets_an_answer_with_its_source(client: TestClient) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "Who runs this study?"})
    assert response.status == 200
    (answer,) = (await response.json())["messages"]
    assert set(answer) == FIELDS
    assert (answer["kind"], answer["topic"]) == ("answer", "who_runs")
    assert answer["source"] == {"title": "Inotuzumab ITCC-059", "section": "Background", "last_reviewed": "2024-09-16"}
    assert "<" not in answer["text"]


async def test_a_button_is_pressed_by_its_payload(client: TestClient) -> None:
    opening = await opened(client)
    button = opening["messages"][0]["buttons"][0]
    response = await client.post(f"/api/conversations/{opening['id']}/messages", json={"payload": button["payload"]})
    assert (await response.json())["messages"][0]["topic"] == "study_overview"


async def test_a_button_that_no_reply_offered_is_refused(client: TestClient) -> None:
    opening = await opened(client)
    for payload in ("/safety", '/ask{"fact": "itcc-059:age:12-215"}'):
        response = await client.post(f"/api/conversations/{opening['id']}/messages", json={"payload": payload})
        assert (await problem_of(response))["type"] == "urn:trialog:problem:bad_payload"


async def test_the_menu_is_always_at_hand(client: TestClient) -> None:
    opening = await opened(client)
    groups = (await (await client.get("/api/topics")).json())["groups"]
    for button in (group["topics"][-1] for group in groups):
        response = await client.post(f"/api/conversations/{opening['id']}/messages", json={"payload": button["payload"]})
        assert response.status == 200, button["title"]


async def test_delete_really_ends_the_conversation(client: TestClient, engine: Engine) -> None:
    conversation = (await opened(client))["id"]
    assert (await client.delete(f"/api/conversations/{conversation}")).status == 204
    assert await engine.conversations.find(conversation) is None
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "hello"})
    assert response.status == 404
    assert "has ended" in (await problem_of(response))["detail"]
    assert (await client.delete(f"/api/conversations/{conversation}")).status == 404


@pytest.mark.parametrize("body", [b"", b"{", b"text", b'{"text": "a"', b"[]", b'"text"', b"null", b"\xff\xfe", b"[" * 50_000])
async def test_a_message_that_is_not_a_json_object_is_refused(client: TestClient, body: bytes) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", data=body, headers={"content-type": "application/json"})
    assert response.status == 400
    await problem_of(response)


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": None}, {"text": 5}, {"text": ["a"]}, {"payload": 5}, {"text": "a", "payload": "/ask"}]
)
async def test_a_message_without_text_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", json=body)
    assert response.status == 400
    assert "Your message is empty" in (await problem_of(response))["detail"]


async def test_a_payload_that_is_none_of_ours_is_refused(client: TestClient) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"payload": "/restart{}"})
    assert response.status == 400
    assert (await problem_of(response))["type"] == "urn:trialog:problem:bad_payload"


@pytest.mark.parametrize("conversation", ["unknown", "x" * 32, "..%2F..%2Fetc", "u4Gd07XBTkWtk3m8QsMnAR8H1W19bqd0", "%00", "é"])
async def test_an_unknown_conversation_is_404(client: TestClient, conversation: str) -> None:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "hello"})
    assert response.status == 404
    await problem_of(response)


async def test_2000_characters_are_answered_and_2001_are_not(client: TestClient) -> None:
    conversation = (await opened(client))["id"]
    path = f"/api/conversations/{conversation}/messages"
    assert (await client.post(path, json={"text": "é" * 2000})).status == 200
    response = await client.post(path, json={"text": "é" * 2001})
    assert response.status == 413
    assert "make it shorter" in (await problem_of(response))["detail"]
    assert (await client.post(path, json={"text": "hello"})).status == 200, "the conversation stays usable"


async def test_a_huge_body_is_refused_unread(client: TestClient) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "a" * 100_000})
    assert response.status == 413
    await problem_of(response)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_another_content_type_is_refused(client: TestClient, content_type: str) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(
        f"/api/conversations/{conversation}/messages", data=b'{"text": "hello"}', headers={"content-type": content_type}
    )
    assert response.status == 415
    await problem_of(response)


@pytest.mark.parametrize("text", ["\x00\x01\x02", "🙂🙂🙂", "   ", "\u202e\u200b", "\ud83d"])
async def test_control_characters_and_emoji_get_a_kind_reply(client: TestClient, text: str) -> None:
    conversation = (await opened(client))["id"]
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": text})
    assert response.status == 200
    (reply,) = (await response.json())["messages"]
    assert reply["topic"] == "gibberish"


@pytest.mark.parametrize(
    ("body", "kind"), [({"trial": "another"}, "unknown_trial"), ({"trial": 5}, "unknown_trial"), ({"channel": "fax"}, "not_json")]
)
async def test_an_unknown_study_or_channel_is_refused(client: TestClient, body: dict[str, Any], kind: str) -> None:
    response = await client.post("/api/conversations", json=body)
    assert response.status == 400
    assert (await problem_of(response))["type"] == f"urn:trialog:problem:{kind}"


async def test_unknown_paths_and_methods(client: TestClient) -> None:
    response = await client.get("/nowhere")
    assert response.status == 404
    await problem_of(response)
    response = await client.get("/api/conversations")
    assert response.status == 405
    assert response.headers["Allow"] == "POST"
    await problem_of(response)


async def test_an_error_of_ours_shows_nothing_of_the_code(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = (await opened(client))["id"]
    monkeypatch.setattr(engine, "say", None)
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "hello"})
    assert response.status == 500
    problem = await problem_of(response)
    assert "try again" in problem["detail"]
    assert "Traceback" not in str(problem)
    assert "NoneType" not in str(problem)


async def test_too_many_requests_are_told_when_to_come_back(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    client = await aiohttp_client(create_app(dataclasses.replace(settings, rate_limit="2"), engine))
    assert [(await client.post("/api/conversations")).status for _ in range(2)] == [201, 201]
    response = await client.post("/api/conversations")
    assert response.status == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    await problem_of(response)
    assert (await client.get("/healthz")).status == 200, "the health check is never limited"


async def test_health_and_readiness(client: TestClient) -> None:
    assert await (await client.get("/healthz")).json() == {"status": "ok"}
    nothing = {"left_out": [], "switched_off": [], "notices": 0}
    about = {"content": edition_of(ROOT / "content"), "script": None, "trials": sorted(client.app[ASSISTANT].library.studies)}
    assert await (await client.get("/readyz")).json() == {"status": "ready", **about, **nothing}


async def test_every_response_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/healthz", "/nowhere", "/trialog-chat.js"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
