"""A page names its country, and families are told that country's numbers; a slip keeps nobody out."""

import dataclasses
import json
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from tests.conftest import ROOT
from tests.web.conftest import opened
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.content.load import load_library
from trialog.content.model import DEFAULT_COUNTRY
from trialog.settings import Settings
from trialog.web.app import create_app

LINES = {country: lines for country, lines in load_library(ROOT / "content").help_lines.items() if country != DEFAULT_COUNTRY}

SLIPS = ["XX", "", "default", "DEFAULT", "Germany", "DE; GB", "DE\x00", "<b>", "../DE", "ß", "d" * 9_999, None, 49, ["DE"], {"DE": 1}]

DANGER, CRISIS = "she is not breathing", "I want to kill myself"


@pytest.fixture(scope="module")
def configured(settings: Settings) -> Settings:
    """The server of a Dutch hospital."""
    return dataclasses.replace(settings, country="NL", hospital_line="+31 88 000")


@pytest.fixture(scope="module")
def dutch(configured: Settings, engine: Engine) -> Engine:
    return Engine.load(configured, engine.library)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, configured: Settings, dutch: Engine) -> TestClient:
    return await aiohttp_client(create_app(configured, dutch))


async def said(client: TestClient, conversation: str, text: str) -> str:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": text})
    return str((await response.json())["messages"][0]["text"])


@pytest.mark.parametrize("country", sorted(LINES))
async def test_families_are_told_the_numbers_of_their_pages_country(client: TestClient, country: str) -> None:
    lines = LINES[country]
    opening = await opened(client, country=country.lower())
    assert opening["country"] == country
    assert f"call {lines.emergency}." in opening["messages"][0]["text"]
    assert f"Please call {lines.emergency} now." in await said(client, opening["id"], DANGER)
    named = f" ({lines.crisis_name})" if lines.crisis != lines.emergency else ""
    assert f"You can call {lines.crisis}{named}, day and night." in await said(client, opening["id"], CRISIS)


async def test_a_page_that_names_no_country_gets_the_configured_one(client: TestClient) -> None:
    opening = await opened(client)
    assert opening["country"] == "NL"
    assert "113" in await said(client, opening["id"], CRISIS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: repr(slip)[:20])
async def test_a_slip_is_no_error_and_gets_the_configured_country(client: TestClient, dutch: Engine, slip: Any) -> None:
    opening = await opened(client, country=slip)
    assert opening["country"] == "NL"
    assert "You can call 113" in await said(client, opening["id"], CRISIS)
    slots = [
        event for event in json.loads(await dutch.conversations.dialogue_of(opening["id"]))["events"] if event.get("name") == "country"
    ]
    assert {event["value"] for event in slots} == {None}, "nothing of it is kept"


async def test_without_a_configured_country_either_it_is_112(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> None:
    client = await aiohttp_client(create_app(settings, engine))
    opening = await opened(client, country="XX")
    assert opening["country"] is None
    assert "Please call 112 now" in await said(client, opening["id"], DANGER)


async def test_another_name_of_a_country_is_understood(client: TestClient) -> None:
    assert (await opened(client, country=" uk "))["country"] == "GB"


async def test_the_hospitals_own_line_is_told_whatever_the_country(client: TestClient) -> None:
    reply = await said(client, (await opened(client, country="US"))["id"], DANGER)
    assert "Please call 911 now." in reply
    assert "You can also call your hospital: +31 88 000." in reply


async def test_only_the_code_is_stored_and_a_restored_conversation_knows_its_country(client: TestClient, dutch: Engine) -> None:
    conversation = (await opened(client, country="gb"))["id"]
    assert "999" in await said(client, conversation, DANGER)
    stored = await dutch.conversations.dialogue_of(conversation)
    assert '"GB"' in stored
    assert '"gb"' not in stored
    restored = new_id()
    await dutch.conversations.open(restored, 60, trial="", channel="web", country="")
    async with dutch.conversations.turn(restored) as live:
        live.dialogue = stored
    assert "You can call 116 123" in (await dutch.say(restored, CRISIS))[0].text


async def test_when_everything_breaks_the_country_is_still_the_right_one(
    client: TestClient, dutch: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = (await opened(client, country="GB"))["id"]
    monkeypatch.setattr(dutch._agent.processor, "handle_message", None)
    assert "If someone is in danger now, call 999." in await said(client, conversation, "Who runs this study?")
    assert "Please call 999 now." in await said(client, conversation, DANGER)
