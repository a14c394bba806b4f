"""The server counts what is asked over HTTP, and writes it down at the latest when it ends."""

from datetime import date
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from tests.web.conftest import opened
from trialog.assistant.counting import Counting
from trialog.assistant.engine import Engine
from trialog.operation.counts import Asked, Begun, Clear, Counts, read
from trialog.settings import Settings
from trialog.web.app import create_app


async def test_what_was_counted_is_written_when_the_server_ends(
    aiohttp_client: AiohttpClient, settings: Settings, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "counts.db"
    counts = Counts(path)
    monkeypatch.setattr(engine, "counts", counts)
    monkeypatch.setattr(engine, "_counting", Counting(counts, engine.library))
    client = await aiohttp_client(create_app(settings, engine))
    conversation = f"/api/conversations/{(await opened(client, channel='kiosk'))['id']}"
    await client.post(f"{conversation}/messages", json={"text": "what does it cost"})
    await client.post(f"{conversation}/clear", json={"topic": "cost", "clear": False, "reason": "too_little"})
    await client.close()
    assert {event for _, event in read(path, date.min, date.max)} == {
        Begun("itcc-059", "kiosk"),
        Asked("itcc-059", "cost", "not_on_page", "first", "sure", "en", "kiosk"),
        Clear("cost", "no", "too_little"),
    }
