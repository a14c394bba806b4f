"""Silent connections keep nobody out, and what is no HTTP is answered as all else is."""

import asyncio
import contextlib
import select
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from trialog.content.model import Library
from trialog.web.connections import Runner
from trialog.web.headers import content_policy

MOST = 5


async def well(_: web.Request) -> web.Response:
    return web.Response(text="well", headers=content_policy(()))


@pytest.fixture
async def port(library: Library) -> AsyncIterator[int]:
    """A server of one page that holds five connections."""
    app = web.Application()
    app.router.add_get("/", well)
    runner = Runner(app, library, "112", MOST, shutdown_timeout=1, keepalive_timeout=30)
    await runner.setup()
    assert runner.server is not None
    server = await asyncio.get_running_loop().create_server(runner.server, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await runner.cleanup()


async def answer(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    with contextlib.suppress(ConnectionError):
        got = await asyncio.wait_for(reader.read(65536), 60)
    writer.close()
    return got


async def test_a_family_comes_in_however_many_connections_are_silent(port: int) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * MOST)]
    assert b"200 OK" in await answer(port, b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    for _, writer in silent:
        writer.close()


async def test_of_many_that_come_in_one_go_each_closes_another_one(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(3 * MOST)]
    assert b"200 OK" in await answer(port, b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    closed, _, _ = select.select(silent, [], [], 0)
    assert len(closed) == 2 * MOST + 1
    for connection in silent:
        connection.close()


async def test_half_a_request_is_silent_too(port: int) -> None:
    halves = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * MOST)]
    for _, writer in halves:
        writer.write(b"POST /api/conversations HTTP/1.1\r\nHost: he")
    assert b"200 OK" in await answer(port, b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    for _, writer in halves:
        writer.close()


@pytest.mark.parametrize(
    "request_",
    [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nHost: here\r\nExpect: miracles\r\n\r\n", b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n"],
    ids=["no HTTP", "an expectation", "a long line"],
)
async def test_what_aiohttp_answers_itself_shows_no_versions(port: int, request_: bytes) -> None:
    got = await answer(port, request_)
    assert b" 400 Bad Request" in got.splitlines()[0]
    assert b"Server: trialog" in got
    assert b"Content-Security-Policy: " in got
    assert b"urn:trialog:problem:" in got
    assert b"aiohttp" not in got.lower()
