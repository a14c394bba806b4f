"""What is promised of conversations, whether one process keeps them in its memory or several on Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.stores import Store
from trialog.assistant.conversations import (
    ANSWERS_KEPT,
    BUTTONS_KEPT,
    KIOSK,
    MOST_WAITING,
    THINKING_SECONDS,
    BusyError,
    Conversation,
    Conversations,
    FullError,
    Room,
    UnknownConversationError,
    digest_of,
    new_id,
)
from trialog.assistant.in_memory import ConversationsInMemory
from trialog.assistant.message import Message
from trialog.assistant.places import LateError
from trialog.assistant.shared.conversations import SharedConversations
from trialog.operation.stores import connect


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Make = Callable[[Room], Conversations]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.slow)])
async def make(request: pytest.FixtureRequest, clock: Clock) -> AsyncIterator[Make]:
    if request.param == "memory":
        yield lambda room: ConversationsInMemory(room, clock)
        return
    redis_store: Store = request.getfixturevalue("redis_store")
    redis = connect(redis_store.url)
    await redis.flushdb()
    yield lambda room: SharedConversations(redis, room, clock=clock)
    await redis.close(close_connection_pool=True)


@pytest.fixture
def conversations(make: Make) -> Conversations:
    return make(Room(3))


async def opened(conversations: Conversations, idle_seconds: float = 60) -> str:
    conversation = new_id()
    await conversations.open(conversation, idle_seconds)
    return conversation


async def alive(conversations: Conversations, *names: str) -> list[bool]:
    return [await conversations.find(name) is not None for name in names]


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(conversation) for conversation in ids} == {32}  # 32 characters of 6 bits: 192 bits


async def test_only_opened_conversations_are_known(conversations: Conversations) -> None:
    assert await alive(conversations, new_id(), await opened(conversations), "../../etc/passwd") == [False, True, False]


async def test_what_a_turn_changed_is_there_in_the_next(conversations: Conversations) -> None:
    conversation, message = new_id(), Message("Yes.", "answer", buttons=[{"title": "More", "payload": "/more"}])
    await conversations.open(conversation, 60, "home", trial="", country="NL")
    async with conversations.turn(conversation) as live:
        assert (live.about, live.network, live.dialogue) == ({"trial": "", "country": "NL"}, "home", "")
        live.dialogue = "slots"
        live.about["trial"] = "itcc-059"
        live.offer(message.payloads())
        live.keep("digest", [message])
    async with conversations.turn(conversation) as live:
        assert (live.dialogue, live.about["trial"], list(live.buttons)) == ("slots", "itcc-059", ["/more"])
        assert live.answers == {"digest": [message]}
    assert await conversations.dialogue_of(conversation) == "slots"


async def test_forget_deletes_everything(conversations: Conversations) -> None:
    conversation = await opened(conversations)
    async with conversations.turn(conversation) as live:
        live.dialogue = "slots"
    await conversations.forget(conversation)
    assert await conversations.dialogue_of(conversation) == ""
    assert await conversations.count() == 0


async def test_a_deleted_conversation_does_not_come_back_with_a_late_reply(conversations: Conversations) -> None:
    conversation = await opened(conversations)
    async with conversations.turn(conversation) as live:
        await conversations.forget(conversation)
        live.dialogue = "slots"
    assert await conversations.find(conversation) is None
    assert await conversations.dialogue_of(conversation) == ""


async def test_idle_conversations_expire_and_used_ones_stay(conversations: Conversations, clock: Clock) -> None:
    idle, used = await opened(conversations), await opened(conversations)
    clock.now = 59
    async with conversations.turn(used):
        pass
    clock.now = 61
    assert await alive(conversations, idle, used) == [False, True], "also before the next sweep"
    await conversations.expire()
    assert await conversations.count() == 1


async def test_a_conversation_in_its_turn_is_not_idle(clock: Clock) -> None:
    conversations = ConversationsInMemory(clock=clock)
    conversation = await opened(conversations)
    async with conversations.turn(conversation):
        clock.now = 1000
        await conversations.expire()
        assert await conversations.count() == 1


async def test_each_conversation_has_its_own_idle_time(conversations: Conversations, clock: Clock) -> None:
    kiosk, web = await opened(conversations, 5), await opened(conversations, 30)
    clock.now = 6
    assert await alive(conversations, kiosk, web) == [False, True]


async def begun(conversations: Conversations, network: str = "", channel: str = "web") -> str:
    """A conversation in which somebody has said something."""
    conversation = new_id()
    await conversations.open(conversation, 3600, network, channel=channel)
    async with conversations.turn(conversation):
        pass
    return conversation


async def test_a_full_house_refuses_until_somebody_has_left(conversations: Conversations) -> None:
    first = await begun(conversations)
    for _ in range(2):
        await begun(conversations)
    with pytest.raises(FullError):
        await begun(conversations)
    await conversations.forget(first)
    assert await alive(conversations, await begun(conversations)) == [True]


async def test_conversations_in_which_nothing_was_said_make_room_first(conversations: Conversations, clock: Clock) -> None:
    family, unused = await begun(conversations), await opened(conversations)
    clock.now = 1
    later = await opened(conversations)
    async with conversations.turn(later, said=False):
        pass
    newcomer = await opened(conversations)
    assert await alive(conversations, family, unused, later, newcomer) == [True, False, True, True]


async def test_a_thousand_openings_of_one_network_put_out_no_family(make: Make) -> None:
    conversations = make(Room(100))
    families = [await begun(conversations, f"home {place}") for place in range(10)]
    for _ in range(1_000):
        await conversations.open(new_id(), 3600, "crowd")
    late = await opened(conversations)
    assert all(await alive(conversations, *families, late))
    assert await conversations.count() <= 61, "half of all for the crowd"


async def test_a_crowd_that_says_something_each_time_is_stopped_at_its_share(make: Make, clock: Clock) -> None:
    conversations = make(Room(10))
    first = await begun(conversations, "crowd")
    clock.now = 1
    for _ in range(4):
        await begun(conversations, "crowd")
    with pytest.raises(FullError):
        await begun(conversations, "crowd")
    assert await alive(conversations, await begun(conversations, "home")) == [True]
    clock.now = THINKING_SECONDS
    await begun(conversations, "crowd")
    assert await alive(conversations, first) == [False], "it makes room among its own, once one has been idle for long"


async def test_what_one_network_has_left_others_may_have(make: Make) -> None:
    conversations = make(Room(4))
    for _ in range(3):
        held = [await begun(conversations, "crowd") for _ in range(2)]
        for conversation in held:
            await conversations.forget(conversation)
    assert all([await alive(conversations, await begun(conversations, f"home {place}")) for place in range(4)])


async def test_some_room_is_kept_for_kiosks(make: Make) -> None:
    conversations = make(Room(40))
    for place in range(38):
        await begun(conversations, f"home {place}")
    with pytest.raises(FullError):
        await begun(conversations, "another home")
    assert await alive(conversations, await begun(conversations, "clinic", channel=KIOSK)) == [True]


async def test_without_shares_all_may_be_of_one_network(make: Make) -> None:
    conversations = make(Room(10, shares=False))
    held = [await begun(conversations, "crowd") for _ in range(10)]
    assert all(await alive(conversations, *held))


def test_the_buttons_of_the_last_replies_can_be_pressed() -> None:
    live = Conversation({})
    live.offer(f"/button{number}" for number in range(BUTTONS_KEPT + 1))
    assert "/button0" not in live.buttons
    assert f"/button{BUTTONS_KEPT}" in live.buttons


def test_only_the_last_few_answers_are_kept() -> None:
    live = Conversation({})
    for number in range(ANSWERS_KEPT + 3):
        live.keep(str(number), [])
    assert list(live.answers) == [str(number) for number in range(3, ANSWERS_KEPT + 3)]


def test_a_message_is_known_by_its_key_and_its_words_in_its_own_conversation() -> None:
    one, other = new_id(), new_id()
    digest = digest_of(one, "a", "hello")
    assert digest == digest_of(one, "a", "hello")
    assert digest not in {digest_of(other, "a", "hello"), digest_of(one, "b", "hello"), digest_of(one, "a", "hello!")}
    assert digest_of(one, "a", "\ud83d") != digest


async def test_a_turn_that_does_not_come_in_time_is_told_so(conversations: Conversations) -> None:
    conversation = await opened(conversations)
    async with conversations.turn(conversation):
        with pytest.raises(LateError):
            async with conversations.turn(conversation, asyncio.get_running_loop().time() - 1):
                pass
    async with conversations.turn(conversation):
        pass


async def test_messages_of_one_conversation_wait_for_each_other(conversations: Conversations) -> None:
    order: list[str] = []
    conversation = await opened(conversations)

    async def message(name: str) -> None:
        async with conversations.turn(conversation):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(message("first"), message("second"))
    assert order == ["first begins", "first ends", "second begins", "second ends"]


async def test_too_many_waiting_messages_are_refused(conversations: Conversations) -> None:
    conversation = await opened(conversations)

    async def message() -> None:
        async with conversations.turn(conversation):
            await asyncio.sleep(0.1)

    results = await asyncio.gather(*(message() for _ in range(MOST_WAITING + 3)), return_exceptions=True)
    assert [type(result) for result in results if result] == [BusyError, BusyError]
    await message()


async def test_a_message_that_waits_while_its_conversation_is_deleted_is_told_so(conversations: Conversations) -> None:
    conversation = await opened(conversations)

    async def wait() -> None:
        async with conversations.turn(conversation):
            pass

    async with conversations.turn(conversation):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.02)
        await conversations.forget(conversation)
    with pytest.raises(UnknownConversationError):
        await waiting


async def test_where_a_questionnaire_is_left_is_told_once_however_its_conversation_ends(make: Make, clock: Clock) -> None:
    conversations, told = make(Room(2)), []
    conversations.on_left = lambda trial, step: told.append((trial, step))

    async def standing_at(step: str) -> str:
        await conversations.open(conversation := new_id(), 60, trial="a-study")
        async with conversations.turn(conversation) as live:
            live.step = step
        return conversation

    await conversations.forget(await standing_at("age"))
    await standing_at("cd22")
    async with conversations.turn(await standing_at("who")) as live:
        live.step = ""
    clock.now += 61
    for _ in range(2):
        await conversations.expire()
    assert told == [("a-study", "age"), ("a-study", "cd22")]
