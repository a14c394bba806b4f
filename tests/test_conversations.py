import asyncio

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from trialog.conversations import ConversationStore, new_id


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> ConversationStore:
    return ConversationStore(idle_seconds=60, clock=clock)


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(conversation) for conversation in ids} == {32}  # 32 characters of 6 bits: 192 bits


def test_only_opened_conversations_are_known(store: ConversationStore) -> None:
    conversation = new_id()
    assert not store.knows(conversation)
    store.open(conversation)
    assert store.knows(conversation)
    assert not store.knows("../../etc/passwd")


async def test_forget_deletes_the_stored_words(store: ConversationStore) -> None:
    conversation = new_id()
    store.open(conversation)
    await store.save(DialogueStateTracker(conversation, []))
    assert conversation in store.store
    store.forget(conversation)
    assert conversation not in store.store
    assert len(store) == 0


async def test_a_deleted_conversation_does_not_come_back_with_a_late_reply(store: ConversationStore) -> None:
    conversation = new_id()
    store.open(conversation)
    store.forget(conversation)
    await store.save(DialogueStateTracker(conversation, []))
    assert store.store == {}


def test_idle_conversations_expire_and_used_ones_stay(store: ConversationStore, clock: Clock) -> None:
    idle, used = new_id(), new_id()
    store.open(idle)
    store.open(used)
    clock.now = 59
    store.queue(used)
    clock.now = 61
    assert store.expire() == 1
    assert not store.knows(idle)
    assert store.knows(used)


async def test_messages_of_one_conversation_wait_for_each_other(store: ConversationStore) -> None:
    order: list[str] = []

    async def message(name: str, conversation: str) -> None:
        async with store.queue(conversation):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(message("first", "a"), message("second", "a"))
    assert order == ["first begins", "first ends", "second begins", "second ends"]
