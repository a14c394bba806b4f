"""Changed content is taken over by a running server, or refused; conversations finish on what they began with."""

import dataclasses
import json
import shutil
import threading
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT
from tests.web.conftest import opened
from trialog.assistant.engine import Engine
from trialog.content.edition import FILE, Wanted, edition_of, want, wanted
from trialog.settings import Settings
from trialog.web.app import create_app
from trialog.web.keys import ASSISTANT
from trialog.web.reload import look_at_content

COST = Path("trials/itcc-059/answers/cost.yml")
OLD, NEW = "anything about costs, insurance or travel money", "anything about costs or about money"
BY = ("--by", "A. Jansen", "--why", "new page")


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a copy of the content, which may be changed."""
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns(FILE))
    return dataclasses.replace(settings, content=tmp_path / "content", switches=tmp_path / "switches.yml")


def change(content: Path, old: str, new: str) -> None:
    text = (content / COST).read_text(encoding="utf-8")
    assert old in text
    (content / COST).write_text(text.replace(old, new), encoding="utf-8")


def audited(own: Settings) -> list[dict[str, str]]:
    lines = own.switches.with_suffix(".audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


async def answer(client: TestClient, conversation: str) -> str:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": "does it cost anything?"})
    return str((await response.json())["messages"][0]["text"])


async def ready(client: TestClient) -> str:
    return str((await (await client.get("/readyz")).json())["content"])


async def test_a_conversation_ends_as_it_began_and_the_next_begins_with_the_new_content(
    aiohttp_client: AiohttpClient,
    own: Settings,
    engine: Engine,
    trialog: Trialog,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine.conversations, "on_left", engine.conversations.on_left)
    # It looks when the test says so.
    monkeypatch.setattr("trialog.web.app.CONTENT_SECONDS", 3600)
    monkeypatch.chdir(ROOT)
    at_home = {"TRIALOG_CONTENT": str(own.content), "TRIALOG_SWITCHES": str(own.switches)}
    client = await aiohttp_client(create_app(own, engine))
    begun = (await opened(client))["id"]
    first = await ready(client)
    assert first == edition_of(ROOT / "content") == edition_of(own.content)

    # A fault: refused where it is checked, and nobody asks a server for it.
    change(own.content, "section:", "sections:")
    result = trialog("content", "reload", *BY, **at_home)
    assert result.status == 1
    assert "answers/cost.yml" in result.out
    assert "Nothing is taken over" in result.out
    assert wanted(own.content) is None

    # Mended and changed: taken over.
    change(own.content, "sections:", "section:")
    change(own.content, OLD, NEW)
    result = trialog("content", "reload", *BY, **at_home)
    assert result.status == 0, result.err
    assert edition_of(own.content) in result.out
    assert "this one, by A. Jansen" in trialog("content", **at_home).out
    assert await ready(client) == first
    others = set(threading.enumerate())
    await look_at_content(client.app)
    assert await ready(client) == edition_of(own.content) != first
    after = (await opened(client))["id"]
    assert NEW in await answer(client, after)
    assert OLD in await answer(client, begun)
    assert [(line["event"], line["change"], line["by"]) for line in audited(own)] == [
        ("asked", "content", "A. Jansen"),
        ("in effect", "content", "A. Jansen"),
    ]

    # Changed again after it was checked: refused, once, and nothing changes.
    told = wanted(own.content)
    assert told is not None
    want(own.content, Wanted("0123456789ab", told.by, told.why, "later"))
    for _ in range(2):
        await look_at_content(client.app)
    assert await ready(client) == edition_of(own.content)
    assert [line["event"] for line in audited(own)] == ["asked", "in effect", "refused"]
    assert "changed after it was checked" in audited(own)[-1]["reason"]

    # When no conversation can live any more that began with it, the earlier content goes.
    assistant = client.app[ASSISTANT]
    monkeypatch.setattr(engine, "close", lambda: None)  # the engine of all tests
    assistant.let_go(idle_seconds=3600)
    assert list(assistant.earlier) == [first]
    assistant.let_go(idle_seconds=-1)
    assert assistant.earlier == {}
    assert NEW in await answer(client, begun)
    assert assistant.engine is not None
    assistant.engine.close()
    (danger,) = [thread for thread in set(threading.enumerate()) - others if thread.name == "danger"]
    danger.join(60)
    assert not danger.is_alive()


def test_who_and_why_must_be_said(trialog: Trialog, own: Settings) -> None:  # noqa: F811
    result = trialog("content", "reload", "--by", "A. Jansen", TRIALOG_CONTENT=str(own.content))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "--why" in result.err
    assert "None was handed over" in trialog("content", TRIALOG_CONTENT=str(own.content)).out


def test_another_file_or_letter_is_another_content_and_the_wish_itself_is_none(own: Settings) -> None:
    editions = [edition_of(own.content)]
    want(own.content, Wanted("0123456789ab", "a", "b", "c"))
    assert edition_of(own.content) == editions[0]
    (own.content / "new.yml").write_text("", encoding="utf-8")
    editions.append(edition_of(own.content))
    (own.content / "new.yml").rename(own.content / "newer.yml")
    editions.append(edition_of(own.content))
    change(own.content, OLD, NEW)
    assert len({*editions, edition_of(own.content)}) == 4
    (own.content / FILE).write_text("{", encoding="utf-8")
    assert wanted(own.content) is None
