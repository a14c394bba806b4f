import asyncio

import pytest

from trialog.assistant.conversations import (
    BUTTONS_KEPT,
    KIOSK,
    MOST_WAITING,
    THINKING_SECONDS,
    BusyError,
    Conversations,
    FullError,
    UnknownConversationError,
    new_id,
)
from trialog.assistant.places import LateError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def conversations(clock: Clock) -> Conversations:
    return Conversations(most=3, clock=clock)


def opened(conversations: Conversations, idle_seconds: float = 60) -> str:
    conversation = new_id()
    conversations.open(conversation, idle_seconds)
    return conversation


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(conversation) for conversation in ids} == {32}  # 32 characters of 6 bits: 192 bits


def test_only_opened_conversations_are_known(conversations: Conversations) -> None:
    assert not conversations.knows(new_id())
    assert conversations.knows(opened(conversations))
    assert not conversations.knows("../../etc/passwd")


def test_forget_deletes_everything(conversations: Conversations) -> None:
    conversation = opened(conversations)
    conversations.store(conversation, "slots")
    conversations.forget(conversation)
    assert conversations.stored == {}
    assert len(conversations) == 0


def test_a_deleted_conversation_does_not_come_back_with_a_late_reply(conversations: Conversations) -> None:
    conversation = opened(conversations)
    conversations.forget(conversation)
    conversations.store(conversation, "slots")
    assert conversations.stored == {}


async def test_idle_conversations_expire_and_used_ones_stay(conversations: Conversations, clock: Clock) -> None:
    idle, used = opened(conversations), opened(conversations)
    clock.now = 59
    async with conversations.turn(used):
        pass
    clock.now = 61
    assert not conversations.knows(idle), "also before the next sweep"
    assert conversations.expire() == 1
    assert conversations.knows(used)


async def test_a_conversation_in_its_turn_is_not_idle(conversations: Conversations, clock: Clock) -> None:
    conversation = opened(conversations)
    async with conversations.turn(conversation):
        clock.now = 1000
        assert conversations.expire() == 0


def test_each_conversation_has_its_own_idle_time(conversations: Conversations, clock: Clock) -> None:
    kiosk, web = opened(conversations, 5), opened(conversations, 30)
    clock.now = 6
    assert (conversations.knows(kiosk), conversations.knows(web)) == (False, True)


def begun(conversations: Conversations, network: str = "", channel: str = "web") -> str:
    """A conversation in which somebody has said something."""
    conversation = new_id()
    conversations.open(conversation, 3600, network, channel=channel)
    conversations.live(conversation).used = True
    return conversation


def test_a_full_house_refuses_until_somebody_has_left(conversations: Conversations, clock: Clock) -> None:
    first = begun(conversations)
    for _ in range(2):
        begun(conversations)
    with pytest.raises(FullError):
        begun(conversations)
    conversations.forget(first)
    assert conversations.knows(begun(conversations))


def test_conversations_in_which_nothing_was_said_make_room_first(conversations: Conversations) -> None:
    family, unused, later = begun(conversations), opened(conversations), opened(conversations)
    newcomer = opened(conversations)
    assert [conversations.knows(one) for one in (family, unused, later, newcomer)] == [True, False, True, True]


def test_a_thousand_openings_of_one_network_put_out_no_family(clock: Clock) -> None:
    conversations = Conversations(most=100, clock=clock)
    families = [begun(conversations, f"home {place}") for place in range(10)]
    for _ in range(1_000):
        conversations.open(new_id(), 3600, "crowd")
    late = opened(conversations)
    assert all(map(conversations.knows, [*families, late]))
    assert len(conversations) <= 61, "half of all for the crowd"


def test_a_crowd_that_says_something_each_time_is_stopped_at_its_share(clock: Clock) -> None:
    conversations = Conversations(most=10, clock=clock)
    first = begun(conversations, "crowd")
    clock.now = 1
    for _ in range(4):
        begun(conversations, "crowd")
    with pytest.raises(FullError):
        begun(conversations, "crowd")
    assert conversations.knows(begun(conversations, "home"))
    clock.now = THINKING_SECONDS
    begun(conversations, "crowd")
    assert not conversations.knows(first), "it makes room among its own, once one has been idle for long"


def test_some_room_is_kept_for_kiosks(clock: Clock) -> None:
    conversations = Conversations(most=40, clock=clock)
    for place in range(38):
        begun(conversations, f"home {place}")
    with pytest.raises(FullError):
        begun(conversations, "another home")
    assert conversations.knows(begun(conversations, "clinic", channel=KIOSK))


def test_without_shares_all_may_be_of_one_network(clock: Clock) -> None:
    conversations = Conversations(most=10, clock=clock, shares=False)
    held = [begun(conversations, "crowd") for _ in range(10)]
    assert all(map(conversations.knows, held))


def test_the_buttons_of_the_last_replies_can_be_pressed(conversations: Conversations) -> None:
    live = conversations.live(opened(conversations))
    live.offer(f"/button{number}" for number in range(BUTTONS_KEPT + 1))
    assert "/button0" not in live.buttons
    assert f"/button{BUTTONS_KEPT}" in live.buttons


async def test_a_turn_that_does_not_come_in_time_is_told_so(conversations: Conversations) -> None:
    conversation = opened(conversations)
    async with conversations.turn(conversation):
        with pytest.raises(LateError):
            async with conversations.turn(conversation, asyncio.get_running_loop().time() - 1):
                pass
    async with conversations.turn(conversation):
        pass


async def test_messages_of_one_conversation_wait_for_each_other(conversations: Conversations) -> None:
    order: list[str] = []
    conversation = opened(conversations)

    async def message(name: str) -> None:
        async with conversations.turn(conversation):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(message("first"), message("second"))
    assert order == ["first begins", "first ends", "second begins", "second ends"]


async def test_too_many_waiting_messages_are_refused(conversations: Conversations) -> None:
    conversation = opened(conversations)

    async def message() -> None:
        async with conversations.turn(conversation):
            await asyncio.sleep(0)

    results = await asyncio.gather(*(message() for _ in range(MOST_WAITING + 3)), return_exceptions=True)
    assert [type(result) for result in results if result] == [BusyError, BusyError]
    await message()


async def test_a_message_that_waits_while_its_conversation_is_deleted_is_told_so(conversations: Conversations) -> None:
    conversation = opened(conversations)

    async def wait() -> None:
        async with conversations.turn(conversation):
            pass

    async with conversations.turn(conversation):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        conversations.forget(conversation)
    with pytest.raises(UnknownConversationError):
        await waiting
