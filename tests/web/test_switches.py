"""Switching a running server, as an operator does it, and what its families, its probe and its audit log then have."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.server import Server, serving
from trialog.assistant.engine import Engine
from trialog.operation.switches import Off, State, Switches, audit_file, write

BY = ("--by", "A. Nurse", "--why", "a test")

# What is promised is five seconds; a busy machine may take longer to look.
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("switches") / "switches.yml"


@pytest.fixture(scope="module")
def switched_server(file: Path) -> Iterator[Server]:
    with serving(file.with_name("log"), TRIALOG_RATE_LIMIT="off", TRIALOG_SWITCHES=str(file)) as running:
        yield running


def ready(server: Server) -> dict[str, Any]:
    return json.loads(server.ask("GET", "/readyz")[2])


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)


def say(server: Server, conversation: str, text: str) -> list[dict[str, Any]]:
    status, _, body = server.ask("POST", f"{conversation}/messages", {"text": text})
    assert status == 200
    return json.loads(body)["messages"]


@pytest.mark.slow
def test_a_running_server_is_switched_off_and_on_without_a_restart(
    switched_server: Server,
    file: Path,
    trialog: Trialog,  # noqa: F811
) -> None:
    conversation = switched_server.open()
    assert ready(switched_server)["switched_off"] == []
    result = trialog("switch", "all", "off", *BY, TRIALOG_SWITCHES=str(file))
    assert (result.status, result.err) == (0, "")
    until(lambda: ready(switched_server)["switched_off"] == ["all"])
    (reply,) = say(switched_server, conversation, "how does the drug work")
    assert "switched off" in reply["text"]
    assert "doctor" in reply["text"]
    (reply,) = say(switched_server, conversation, "my son cannot breathe")
    assert (reply["kind"], reply["topic"]) == ("safety", "emergency")
    assert b'trialog_switched_off{what="all"} 1.0' in switched_server.ask("GET", "/metrics")[2]
    assert trialog("switch", "all", "on", *BY).status == 0
    assert trialog("switch", "notice", "The phone is out of order.", "--until", "2999-12-31", *BY).status == 0
    until(lambda: ready(switched_server)["switched_off"] == [] and ready(switched_server)["notices"] == 1)
    _, _, body = switched_server.ask("POST", "/api/conversations", {})
    assert "The phone is out of order." in json.loads(body)["messages"][0]["text"]
    lines = [json.loads(line) for line in audit_file(file).read_text(encoding="utf-8").splitlines()]
    assert [(line["event"], line["change"]) for line in lines if line.get("what") == "all"] == [
        *(("asked", "off"), ("in effect", "off"), ("asked", "on"), ("in effect", "on"))
    ]
    assert all((line["by"], line["why"]) == ("A. Nurse", "a test") for line in lines if line["event"] == "asked")
    assert "not breathe" not in file.with_name("log").read_text(encoding="utf-8")


async def test_a_questionnaire_that_is_off_leaves_menu_and_kiosk(
    client: TestClient, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "switches.yml"
    write(path, State((Off("questionnaire", "A. Nurse", "a test"),)))
    for switches, offered in ((engine.switches, True), (Switches(path), False)):
        monkeypatch.setattr(engine, "switches", switches)
        menu = await (await client.get("/api/topics")).text()
        kiosk = await (await client.get("/kiosk")).text()
        assert ("/elig_start" in menu, "See if the study might fit" in kiosk) == (offered, offered)
