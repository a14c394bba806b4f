"""Whatever a request holds, it is answered or refused, nothing of the code shows, and the server goes on."""

import contextlib
import json
import socket
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.hostile.storm import storm
from tests.server import Server

PAGE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"

POST = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\n"


class Unfinished(NamedTuple):
    """Connections on which a request began: many whose body never comes, and one whose headers never end."""

    bodies: list[socket.socket]
    headers: socket.socket


@pytest.fixture(scope="module", autouse=True)
def unfinished(server: Server) -> Iterator[Unfinished]:
    """Begun before everything else here: the server gives them up after half a minute at most, and nobody need wait so long for that."""
    with contextlib.ExitStack() as stack:
        begun = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=90)) for _ in range(51)]
        *bodies, headers = begun
        for connection in bodies:
            connection.sendall(POST + b"Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
        headers.sendall(PAGE)
        assert server.ask("GET", "/healthz")[0] == 200
        bodies[0].setblocking(False)
        with pytest.raises(BlockingIOError):
            bodies[0].recv(1_000)
        bodies[0].settimeout(90)
        yield Unfinished(bodies, headers)


@pytest.fixture(autouse=True)
def _goes_on(server: Server) -> Iterator[None]:
    yield
    status, _, body = server.ask("POST", server.open() + "/messages", {"text": "Who runs this study?"})
    assert (status, json.loads(body)["messages"][0]["topic"]) == (200, "who_runs")


BODIES = [
    (b'{"text": "a", "text": "Who runs this study?"}', 200),  # of two keys the last one counts
    (b'{"text": "\\ud800"}', 200),
    (b'{"text": "\\u0000"}', 200),
    (b'{"text": "hello", "more": ' + b"[" * 500 + b"]" * 500 + b"}", 200),
    (b'{"text": "hello", "more": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", 400),
    (b'{"text": ' + b"9" * 5_000 + b"}", 400),
    (b'{"text": 1e400}', 400),
    (b'{"text": NaN}', 400),
    (b'{"text": -Infinity}', 400),
    (b'{"text": true}', 400),
    (b'{"text": {"text": "hello"}}', 400),
    (b'{"text": ["hello"]}', 400),
    (b'{"text": "\xff\xfe"}', 400),
    ('{"text": "hello"}'.encode("utf-16"), 200),  # JSON says how to tell
    (b"\xef\xbb\xbf" + b'{"text": "hello"}', 200),  # a byte order mark
    (b'{"text": "hello"} and more', 400),
    (b"{'text': 'hello'}", 400),
    (b'{"TEXT": "hello"}', 400),
    (b'{"text": "' + b"a" * 100_000 + b'"}', 413),
    (b'{"text": "' + b"a" * 2_001 + b'"}', 413),
    (b"\x00" * 1_000, 400),
    (b'{"payload": "/ask{\\"topic\\": \\"' + b"a" * 3_000 + b'\\"}"}', 400),
]


@pytest.mark.parametrize(("body", "expected"), BODIES, ids=range(len(BODIES)))
def test_a_body_is_answered_or_refused(server: Server, body: bytes, expected: int) -> None:
    status, headers, answer = server.ask("POST", server.open() + "/messages", body)
    assert status == expected, answer
    assert b"Traceback" not in answer
    assert headers["Content-Type"].startswith("application/json" if status == 200 else "application/problem+json")


@pytest.mark.parametrize("field", ["trial", "channel"])
@pytest.mark.parametrize("value", [1, 1.5, True, False, 0, [], {}, ["itcc-059"], {"a": 1}, "\x00", "../..", "a" * 5_000])
def test_a_field_of_a_wrong_type_is_refused(server: Server, field: str, value: object) -> None:
    assert server.ask("POST", "/api/conversations", {field: value})[0] == 400


SMUGGLED = [
    POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
    POST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}{}\r\n",
    POST + b"Content-Length: -1\r\n\r\n",
    POST + b"Content-Length: +2\r\n\r\n{}",
    POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
    PAGE + b"A: " + b"a" * 20_000 + b"\r\n\r\n",
    PAGE + b"".join(b"A%d: b\r\n" % number for number in range(500)) + b"\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
]


@pytest.mark.parametrize("request_", SMUGGLED, ids=range(len(SMUGGLED)))
def test_broken_http_is_refused_and_the_connection_closed(server: Server, request_: bytes) -> None:
    answer = server.raw(request_, seconds=3)
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400")), answer[:200]
    assert answer.count(b"HTTP/1.") == 1, "nothing after it is read as a request"
    assert b"Traceback" not in answer


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    answer = server.raw(PAGE + b"\r\n" + b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" + PAGE + b"Connection: close\r\n\r\n")
    assert [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200"]


def test_a_half_closed_connection_is_answered_or_closed_at_once(server: Server) -> None:
    # aiohttp closes when the other side has; whether the answer was faster is a matter of luck.
    page = PAGE + b"Connection: close\r\n\r\n"
    assert server.raw(page, half_close=True)[:12] in (b"HTTP/1.1 200", b"")
    assert server.raw(page).startswith(b"HTTP/1.1 200")


def test_a_client_that_leaves_before_its_answer_harms_nobody(server: Server) -> None:
    messages = server.open() + "/messages"
    body = b'{"text": "Who runs this study?"}'
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            head = f"POST {messages} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)


def test_a_storm_of_hostile_messages_leaves_no_trace(server: Server) -> None:
    seen = storm(server, 600, seed=3)
    assert {name: count for name, count in seen.items() if count} == {"status 200": 600}


# Last, so that neither is waited for.


def test_a_body_that_never_comes_is_given_up_and_others_are_served_meanwhile(unfinished: Unfinished) -> None:
    # The other tests of this file were served meanwhile.
    assert unfinished.bodies[0].recv(1_000).startswith(b"HTTP/1.1 408")


def test_a_request_that_never_ends_its_headers_is_closed(unfinished: Unfinished) -> None:
    assert unfinished.headers.recv(1_000) == b"", "a connection that is closed and not one that runs into our own limit"
