"""A message that is sent again because its reply was lost is not answered twice."""

import asyncio
import gc
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from trialog.assistant.engine import Engine
from trialog.web.keys import RETRIES
from trialog.web.retries import ANSWERS_KEPT

QUESTION = "How does the drug work?"


@pytest.fixture
async def conversation(client: TestClient) -> str:
    return str((await (await client.post("/api/conversations")).json())["id"])


@dataclass
class Held:
    """Turns that begin and wait until they are released."""

    handled: list[tuple[str, ...]] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
def held(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Held:
    held, handle = Held(), engine._handle

    async def slow(*arguments: str) -> Any:
        held.handled.append(arguments)
        held.begun.set()
        await held.released.wait()
        return await handle(*arguments)

    monkeypatch.setattr(engine, "_handle", slow)
    return held


async def sent(client: TestClient, conversation: str, key: Any, **body: str) -> list[dict[str, Any]]:
    response = await client.post(f"/api/conversations/{conversation}/messages", json={**body, "idempotency_key": key})
    assert response.status == 200
    messages: list[dict[str, Any]] = (await response.json())["messages"]
    return messages


def turns(engine: Engine, conversation: str) -> int:
    return engine.conversations.stored[conversation].count('"event": "user"')


@pytest.mark.parametrize("body", [{"text": QUESTION}, {"payload": '/ask{"topic": "study_overview"}'}], ids=["text", "button"])
async def test_the_same_key_gets_the_same_replies_and_no_second_turn(
    client: TestClient, engine: Engine, conversation: str, body: dict[str, str]
) -> None:
    first = await sent(client, conversation, "a-1", **body)
    assert await sent(client, conversation, "a-1", **body) == first
    assert turns(engine, conversation) == 1


async def test_a_retry_while_the_first_is_under_way_waits_for_it(client: TestClient, conversation: str, held: Held) -> None:
    first = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await held.begun.wait()
    again = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await asyncio.sleep(0.05)
    held.released.set()
    assert await first == await again
    assert len(held.handled) == 1


async def test_a_first_that_hangs_up_is_answered_all_the_same(client: TestClient, engine: Engine, conversation: str, held: Held) -> None:
    first = asyncio.create_task(sent(client, conversation, "a-1", text=QUESTION))
    await held.begun.wait()
    first.cancel()
    held.released.set()
    (reply,) = await sent(client, conversation, "a-1", text=QUESTION)
    assert reply["topic"] == "drug_how"
    assert turns(engine, conversation) == 1


@pytest.mark.parametrize("keys", [("a", "b"), (None, None)])
async def test_another_key_or_none_is_another_turn(client: TestClient, engine: Engine, conversation: str, keys: tuple[Any, Any]) -> None:
    for key in keys:
        await sent(client, conversation, key, text=QUESTION)
    assert turns(engine, conversation) == 2


async def test_the_same_key_in_another_conversation_is_another_message(client: TestClient, conversation: str) -> None:
    other = str((await (await client.post("/api/conversations")).json())["id"])
    await sent(client, conversation, "a-1", text=QUESTION)
    assert (await sent(client, other, "a-1", text="Who runs this study?"))[0]["topic"] == "who_runs"


async def test_only_the_last_few_are_kept_and_none_of_the_words_typed(client: TestClient, engine: Engine, conversation: str) -> None:
    for number in range(ANSWERS_KEPT + 3):
        await sent(client, conversation, f"key-{number}", text=f"{QUESTION} Zebrafink{number}")
    answers = client.app[RETRIES].answers[engine.conversations.live(conversation)]
    assert [key for key, _ in answers] == [f"key-{number}" for number in range(3, ANSWERS_KEPT + 3)]
    assert not any("Zebrafink" in message.text for answer in answers.values() for message in answer.result())
    kept = [answer.get_coro() for answer in answers.values()]
    gc.collect()
    assert all(coroutine.cr_frame is None for coroutine in kept), "nor in what is left of the work"


async def test_they_go_with_the_conversation(client: TestClient, conversation: str) -> None:
    await sent(client, conversation, "a-1", text=QUESTION)
    assert len(client.app[RETRIES].answers) == 1
    await client.delete(f"/api/conversations/{conversation}")
    response = await client.post(f"/api/conversations/{conversation}/messages", json={"text": QUESTION, "idempotency_key": "a-1"})
    assert response.status == 404
    assert len(client.app[RETRIES].answers) == 0


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
    assert turns(engine, conversation) == 2
