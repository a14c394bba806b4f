"""What the tests of the web server share: a client of a server with the test settings, and a begun conversation."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from trialog.assistant.engine import Engine
from trialog.settings import Settings
from trialog.web.app import create_app


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, settings: Settings, engine: Engine) -> TestClient:
    return await aiohttp_client(create_app(settings, engine))


async def opened(client: TestClient, **body: Any) -> dict[str, Any]:
    """The answer to a new conversation that is begun with ``body``."""
    response = await client.post("/api/conversations", json=body)
    assert response.status == 201
    return await response.json()
