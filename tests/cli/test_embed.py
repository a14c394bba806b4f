"""The lines for a page: the hash is that of the script that is served."""

import argparse
import base64
import hashlib

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from trialog.cli import embed
from trialog.settings import Settings
from trialog.web.app import create_app


async def test_the_lines_name_the_script_that_is_served(
    aiohttp_client: AiohttpClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert embed.run(argparse.Namespace(server="https://assistant.example/")) == 0
    lines = capsys.readouterr().out
    address = lines.split('src="https://assistant.example')[1].split('"')[0]
    client: TestClient = await aiohttp_client(create_app(settings))
    response = await client.get(address)
    digest = base64.b64encode(hashlib.sha384(await response.read()).digest()).decode()
    assert f'integrity="sha384-{digest}"' in lines
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
