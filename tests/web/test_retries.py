"""A message that is sent again because its reply was lost is not answered twice."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from trialog.assistant.engine import Engine

QUESTION = "How does the drug work?"


@pytest.fixture
async def conversation(client: TestClient) -> str:
    return str((await (await client.post("/api/conversations")).json())["id"])


@dataclass
class Held:
    """Turns that begin and wait until they are released."""

    begun_turns: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
def held(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Held:
    held, turn = Held(), engine._turn

    async def slow(*arguments: Any) -> Any:
        held.begun_turns += 1
        held.begun.set()
        await held.released.wait()
        return await turn(*arguments)

    monkeypatch.setattr(engine, "_turn", slow)
    return held


async def sent(client: TestClient, conversation: str, key: Any, **body: str) -> list[dict[str, Any]]:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={**body, "idempotency_key": key})
    assert response.status == 200
    messages: list[dict[str, Any]] = (await response.json())["messages"]
    return messages


async def turns(engine: Engine, conversation: str) -> int:
    return (await engine.conversations.dialogue_of(conversation)).count('"event": "user"')


@pytest.mark.parametrize("body", [{"text": QUESTION}, {"payload": '/ask{"topic": "study_overview"}'}], ids=["text", "button"])
async def test_the_same_key_gets_the_same_replies_and_no_second_turn(
    client: TestClient, engine: Engine, conversation: str, body: dict[str, str]
) -> None:
    first = await sent(client, conversation, "a-1", **body)
    assert await sent(client, conversation, "a-1", **body) == first
    assert await turns(engine, conversation) == 1


async def test_a_retry_while_the_first_is_under_way_waits_for_it(client: TestClient, conversation: str, held: Held) -> None:
    first = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await held.begun.wait()
    again = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await asyncio.sleep(0.05)
    held.released.set()
    assert await first == await again
    assert held.begun_turns == 1


async def test_a_first_that_hangs_up_is_answered_all_the_same(client: TestClient, engine: Engine, conversation: str, held: Held) -> None:
    first = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await held.begun.wait()
    first.cancel()
    held.released.set()
    (reply,) = await sent(client, conversation, "a-1", text=QUESTION)
    assert reply["topic"] == "drug_how"
    assert await turns(engine, conversation) == 1


@pytest.mark.parametrize("keys", [("a", "b"), (None, None)])
async def test_another_key_or_none_is_another_turn(client: TestClient, engine: Engine, conversation: str, keys: tuple[Any, Any]) -> None:
    for key in keys:
        await sent(client, conversation, key, text=QUESTION)
    assert await turns(engine, conversation) == 2


async def test_the_same_key_in_another_conversation_is_another_message(client: TestClient, conversation: str) -> None:
    other = str((await (await client.post("/api/conversations")).json())["id"])
    await sent(client, conversation, "a-1", text=QUESTION)
    assert (await sent(client, other, "a-1", text="Who runs this study?"))[0]["topic"] == "who_runs"


async def test_none_of_the_words_typed_are_kept(client: TestClient, engine: Engine, conversation: str) -> None:
    await sent(client, conversation, "zebrafink", text=f"{QUESTION} Zebrafink")
    live = await engine.conversations.find(conversation)
    assert live is not None
    assert len(live.answers) == 1
    assert "zebrafink" not in str(live).lower()


async def test_they_go_with_the_conversation(client: TestClient, conversation: str) -> None:
    await sent(client, conversation, "a-1", text=QUESTION)
    await client.delete(f"/api/conversations/{conversation}")
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": QUESTION, "idempotency_key": "a-1"})
    assert response.status == 404


async def test_a_message_that_was_refused_may_come_again(
    client: TestClient, engine: Engine, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: str) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_handle", fail)
        body = {"text": QUESTION, "idempotency_key": "a-1"}
        assert (await client.post(f"/api/conversations/{conversation}/messages", json=body)).status == 500
    assert (await sent(client, conversation, "a-1", text=QUESTION))[0]["topic"] == "drug_how"


@pytest.mark.parametrize("key", ["", "a b", "é", "a" * 65, "a\n", 1, True, ["a"], {}, "<b>"])
async def test_a_key_that_is_none_is_refused(client: TestClient, conversation: str, key: Any) -> None:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": QUESTION, "idempotency_key": key})
    assert response.status == 400


async def test_the_same_key_with_another_text_is_another_message(client: TestClient, engine: Engine, conversation: str) -> None:
    first = await sent(client, conversation, "one", text=QUESTION)
    danger = await sent(client, conversation, "one", text="my child is not breathing")
    assert (first[0]["topic"], danger[0]["topic"]) == ("drug_how", "emergency")
    assert await sent(client, conversation, "one", text=QUESTION) == first
    assert await turns(engine, conversation) == 2
