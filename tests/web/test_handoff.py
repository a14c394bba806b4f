"""The hospital's own system hears that a family asks for a person, and nothing else."""

import asyncio
import dataclasses
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpClient

from tests.web.conftest import opened
from trialog.assistant.engine import Engine
from trialog.operation import faults
from trialog.settings import Settings, SettingsError
from trialog.web.app import create_app

SAID = "Can I talk to a nurse? My son Jan is 7."


async def test_who_asks_for_a_person_is_told_on_without_words_and_a_fault_keeps_no_reply(
    aiohttp_client: AiohttpClient, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: asyncio.Queue[Any] = asyncio.Queue()
    reported: list[str] = []
    monkeypatch.setattr(faults, "report", lambda where, error, name="": reported.append(where))
    broken = False

    async def receive(request: web.Request) -> web.Response:
        status = 500 if broken else 204
        heard.put_nowait(await request.json())
        return web.Response(status=status)

    hospital = web.Application()
    hospital.router.add_post("/asked", receive)
    async with TestServer(hospital) as server:
        told = dataclasses.replace(settings, handoff_webhook=str(server.make_url("/asked")))
        client = await aiohttp_client(create_app(told, engine))
        conversation = (await opened(client, trial="itcc-059", channel="kiosk"))["id"]

        async def say(text: str) -> list[str]:
            response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": text})
            return [message["topic"] for message in (await response.json())["messages"]]

        assert "human_handoff" not in await say("Who runs the study?")
        assert heard.empty()
        assert "human_handoff" in await say(SAID)
        event = {"event": "person_asked_for", "study": "itcc-059", "channel": "kiosk"}
        assert await heard.get() == event
        broken = True
        assert "human_handoff" in await say("I want to speak to a person")
        # Its end waits for what is under way.
        await client.close()
    assert await heard.get() == event
    assert reported == ["handoff"]


def test_the_address_is_one_of_the_web() -> None:
    with pytest.raises(SettingsError, match="TRIALOG_HANDOFF_WEBHOOK must begin with"):
        Settings.from_environment({"TRIALOG_HANDOFF_WEBHOOK": "hospital.example/asked"})
