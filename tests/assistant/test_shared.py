"""Two engines over the same stores behave as one; what they keep there has no words, and a store that goes away is a kind reply."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.stores import Store
from trialog.assistant.conversations import Conversation, Conversations, Room, UnknownConversationError, new_id
from trialog.assistant.counting import Counting
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.assistant.places import LateError
from trialog.assistant.shared import conversations as shared_module
from trialog.assistant.shared.conversations import SharedConversations, shared_conversations
from trialog.assistant.shared.dialogues import Dialogues
from trialog.content.deployment import Deployment
from trialog.operation.counts import Asked, Counts, Step
from trialog.operation.counts import read as read_counts
from trialog.operation.faults import StoreAwayError
from trialog.operation.stores import Reach, connect, name_of
from trialog.operation.switches import Notice, Off, State, Switches, write
from trialog.settings import Settings

BROKEN = "I am sorry, something went wrong on my side."

QUESTION = "How does the drug work?"

# The questionnaire with a question in between, a correction and what follows on an answer.
DIALOGUE = [
    *("can my child take part?", "she is 9", "B-cell precursor ALL", QUESTION, "tell me more", "CD22 is positive"),
    *("yes, it came back", "no", "yes, that is right"),
]


@dataclass
class Shared:
    """Two engines as two processes have them, and the stores that both use."""

    one: Engine
    other: Engine
    stores: list[Store]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take its time; what is stopped refuses at once."""
    monkeypatch.setattr("trialog.operation.stores.STORE_SECONDS", 30)


@pytest.fixture(params=["redis", "redis and postgres"])
async def shared(request: pytest.FixtureRequest, engine: Engine, settings: Settings, redis_store: Store) -> AsyncIterator[Shared]:
    postgres: Store | None = request.getfixturevalue("postgres_store") if "postgres" in request.param else None
    settings = Settings(content=settings.content, redis=redis_store.url, database=postgres.url if postgres else "")
    deployment = Deployment(settings, engine.library)
    kept = [shared_conversations(settings, Room()) for _ in range(2)]
    # An agent holds no conversation.
    one, other = (Engine(engine._agent, conversations, deployment, Switches(), Counts()) for conversations in kept)
    yield Shared(one, other, [redis_store, *([postgres] if postgres else [])])
    for conversations in kept:
        await conversations.close()


async def begun(engine: Engine) -> str:
    conversation = new_id()
    await engine.start(conversation)
    return conversation


async def turns(engine: Engine, conversation: str) -> int:
    return (await engine.conversations.dialogue_of(conversation)).count('"event": "user"')


async def test_a_conversation_goes_on_in_the_other_engine_as_in_one(shared: Shared, engine: Engine) -> None:
    conversation, alone = await begun(shared.one), await begun(engine)
    for place, text in enumerate(DIALOGUE):
        answering = (shared.one, shared.other)[place % 2]
        assert await answering.say(conversation, text) == await engine.say(alone, text), text
    assert (await shared.one.slot(conversation, "questionnaire"))["stage"] == "result"
    (button, *_) = (await shared.one.say(conversation, QUESTION))[0].buttons
    live = await shared.other.conversations.find(conversation)
    assert live is not None
    assert button["payload"] in live.buttons, "it can be pressed there, too"


async def test_the_same_key_gets_the_same_answer_from_the_other_engine(shared: Shared) -> None:
    conversation = await begun(shared.one)
    first = await shared.one.say(conversation, QUESTION, "key")
    assert await shared.other.say(conversation, QUESTION, "key") == first
    assert await turns(shared.other, conversation) == 1
    (danger,) = await shared.other.say(conversation, "my child is not breathing", "key")
    assert danger.topic == "emergency", "another text is another message"
    assert await turns(shared.one, conversation) == 2


async def test_a_key_that_comes_twice_at_once_is_one_turn(shared: Shared) -> None:
    conversation = await begun(shared.one)
    answers = await asyncio.gather(*(engine.say(conversation, QUESTION, "key") for engine in (shared.one, shared.other, shared.one)))
    assert answers[0] == answers[1] == answers[2]
    assert await turns(shared.one, conversation) == 1


async def test_what_is_switched_off_is_told_by_both_as_by_one(shared: Shared, tmp_path: Path) -> None:
    conversation, file = await begun(shared.one), tmp_path / "switches.yml"
    notice = Notice("The phone is out of order.", "2020-01-01", "2099-01-01", "A. Nurse", "a test")
    write(file, State((Off("all", "A. Nurse", "a test"),), (notice,)))
    shared.one.switches, shared.other.switches = Switches(file), Switches(file)
    said = [await engine.say(conversation, QUESTION) for engine in (shared.one, shared.other, shared.one)]
    assert [len(messages) for messages in said] == [2, 1, 1], "the notice is told once"
    assert len({messages[-1].text for messages in said}) == 3, "the same is said in turn"
    assert await turns(shared.other, conversation) == 0, "it is as if nothing had been said"
    (danger,) = await shared.other.say(conversation, "my child is not breathing")
    assert danger.topic == "emergency"


async def test_what_is_asked_and_left_is_counted_once_whoever_answers(shared: Shared, tmp_path: Path) -> None:
    counts = Counts(file := tmp_path / "counts.db")
    for engine in (shared.one, shared.other):
        engine._counting = Counting(counts, engine.library)
        engine.conversations.on_left = engine._counting.left
    ended = await begun(shared.one)
    await shared.one.press(ended, "/elig_start")
    await shared.other.say(ended, "my son, he is 9")
    await shared.other.conversations.forget(ended)
    for engine in (shared.one, shared.other):
        await engine.conversations.expire()
    counts.flush()
    counted = {event: number for (_, event), number in read_counts(file, date.min, date.max).items()}
    assert {event.context: number for event, number in counted.items() if isinstance(event, Asked)} == {"first": 1, "questionnaire": 1}
    steps = {(event.step, event.how): number for event, number in counted.items() if isinstance(event, Step)}
    assert steps == {("who", "begun"): 1, ("diagnosis", "left"): 1}


async def test_messages_at_once_are_answered_one_after_the_other(shared: Shared) -> None:
    conversation = await begun(shared.one)
    texts = ["Who runs this study?", QUESTION, "What is CD22?"]
    replies = await asyncio.gather(*((shared.one, shared.other)[place % 2].say(conversation, text) for place, text in enumerate(texts)))
    assert [reply[0].topic for reply in replies] == ["who_runs", "drug_how", "term:cd22"]
    assert await turns(shared.one, conversation) == 3, "none has overwritten another"


async def test_what_ends_in_one_has_ended_in_the_other(shared: Shared) -> None:
    deleted, idle = await begun(shared.one), new_id()
    await shared.other.conversations.forget(deleted)
    await shared.one.conversations.open(idle, 0.05, trial="", channel="web", country="")
    await asyncio.sleep(0.1)  # longer under load, which changes nothing
    for conversation in (deleted, idle):
        for engine in (shared.one, shared.other):
            with pytest.raises(UnknownConversationError):
                await engine.say(conversation, QUESTION)


async def test_the_end_of_an_idle_conversation_leaves_nothing(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_module, "LONGER_SECONDS", 0)
    conversations = shared.one.conversations
    assert isinstance(conversations, SharedConversations)
    await conversations._script._redis.flushdb()
    conversation = new_id()
    await conversations.open(conversation, 0.5, "home")
    async with conversations.turn(conversation) as live:
        live.dialogue = "slots"
    await asyncio.sleep(0.6)
    await shared.other.conversations.expire()
    assert await conversations._script._redis.keys("*") == []
    if conversations._dialogues:
        assert (
            await conversations._dialogues._do("select * from trialog_dialogues where conversation = :name", name=name_of(conversation))
            == []
        )


@dataclass
class Leases:
    """The time by which both engines hold turns, and how often each command was run; the time goes on only where a test says so."""

    now: float = 1_000.0
    ran: Counter[str] = field(default_factory=Counter)
    running: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def pass_by(self, seconds: float) -> None:
        """Let ``seconds`` pass, and wait until the turn was held anew and the next in turn has looked."""
        self.now += seconds
        # One of each may be under way with the time before.
        ends = {command: self.ran[command] + 2 for command in ("hold", "take")}
        async with self.running:
            await self.running.wait_for(lambda: all(self.ran[command] >= times for command, times in ends.items()))

    def counting(self, conversations: Conversations) -> Callable[..., Awaitable[Any]]:
        """The commands of ``conversations``, counted."""
        assert isinstance(conversations, SharedConversations)
        run = conversations._run

        async def run_and_count(command: str, *arguments: Any) -> Any:
            answer = await run(command, *arguments)
            async with self.running:
                self.ran[command] += 1
                self.running.notify_all()
            return answer

        return run_and_count


@pytest.fixture
def leases(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> Leases:
    found = Leases()
    # Redis drops a lease by its own clock, too: that never comes first here.
    monkeypatch.setattr(shared_module, "LEASE_SECONDS", 600)
    monkeypatch.setattr(shared_module, "HOLD_SECONDS", 0.01)
    for engine in (shared.one, shared.other):
        monkeypatch.setattr(engine.conversations, "_clock", lambda: found.now)
        monkeypatch.setattr(engine.conversations, "_run", found.counting(engine.conversations))
    return found


async def test_a_turn_is_held_for_as_long_as_it_takes(shared: Shared, leases: Leases) -> None:
    conversation, order = await begun(shared.one), []

    async def follow() -> None:
        async with shared.other.conversations.turn(conversation):
            order.append("the next begins")

    async with shared.one.conversations.turn(conversation):
        following = asyncio.create_task(follow())
        for _ in range(5):
            await leases.pass_by(400)
        order.append("the slow one ends")
    await following
    assert order == ["the slow one ends", "the next begins"]


async def test_one_that_was_thought_dead_changes_nothing_any_more(shared: Shared, leases: Leases, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stall(*_: Any) -> None:
        await asyncio.sleep(600)

    async def hold_too_long() -> None:
        async with shared.one.conversations.turn(conversation) as stalled:
            leases.now += 601
            async with shared.other.conversations.turn(conversation) as alive:
                alive.about["trial"] = "alive"
            stalled.about["trial"] = "stalled"

    conversation = await begun(shared.one)
    monkeypatch.setattr(shared.one.conversations, "_hold", stall)
    with pytest.raises(LateError):
        await hold_too_long()
    found = await shared.one.conversations.find(conversation)
    assert found is not None
    assert found.about["trial"] == "alive"


def read(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def test_while_a_store_is_away_families_get_a_kind_reply_and_then_go_on(shared: Shared, caplog: pytest.LogCaptureFixture) -> None:
    conversation = await begun(shared.one)
    for text in DIALOGUE[:2]:
        await shared.one.say(conversation, text)
    for store in shared.stores:
        store.stop()
        try:
            assert not await shared.other.conversations.is_there()
            reply = read(await shared.other.say(conversation, "B-cell precursor ALL Zebrafink"))
            assert reply.startswith(BROKEN)
            assert "call 112" in reply
            assert "call 112 now" in read(await shared.one.say(conversation, "my child is not breathing"))
            assert read(await shared.one.press(conversation, '/ask{"topic": "cost"}')).startswith(BROKEN)
            await shared.one.conversations.expire()
        finally:
            store.start()
        assert await until_there(shared.other)
    assert "fault in store" in caplog.text
    assert "Zebrafink" not in caplog.text
    replies = await shared.other.say(conversation, "B-cell precursor ALL")
    assert [reply.criterion for reply in replies] == ["cd22"], "it goes on where it was"


async def test_while_redis_is_away_none_begins_and_none_is_said_to_be_deleted(shared: Shared) -> None:
    conversation, redis = await begun(shared.one), shared.stores[0]
    redis.stop()
    try:
        for work in (shared.one.start(new_id()), shared.one.conversations.forget(conversation)):
            with pytest.raises(StoreAwayError):
                await work
    finally:
        redis.start()
    assert await until_there(shared.one)


async def until_there(engine: Engine) -> bool:
    """True once the stores are back; they read what they had written first."""
    for _ in range(100):
        if await engine.conversations.is_there():
            return True
        await asyncio.sleep(0.05)
    return False


@pytest.mark.parametrize("is_kept", [False, True], ids=["before it is kept", "after it was kept"])
async def test_when_a_store_goes_away_at_the_end_of_a_turn_it_counts_once(
    shared: Shared, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await begun(shared.one)
    run = shared.one.conversations._run  # type: ignore[attr-defined]

    async def lose(command: str, *arguments: Any) -> Any:
        answer = await run(command, *arguments) if command not in ("keep", "leave") or is_kept else None
        if command in ("keep", "leave"):
            raise StoreAwayError
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(shared.one.conversations, "_run", lose)
        assert read(await shared.one.say(conversation, QUESTION, "key")).startswith(BROKEN), "an answer that may be lost is none"
    (reply,) = await shared.other.say(conversation, QUESTION, "key")
    assert reply.topic == "drug_how"
    assert await turns(shared.one, conversation) == 1


SECRETS = ("Zebrafink", "Nachtigall", "0612345678", "Кукушка")

SAID = [
    *("How does the drug work?", "what does this word mean: CD22?", "my child is called", "qwertz", "thank you", "hoe oud moet zij zijn"),
    *("can my child take part?", "she is 9 and is called", "B-cell precursor ALL,", "CD22 is positive says doctor", "she is not breathing"),
    *("it is over, she is fine now", "who runs this study", "what should I ask the doctor about"),
]


async def test_nothing_typed_is_found_in_what_the_stores_write(shared: Shared) -> None:
    conversation = await begun(shared.one)
    assert isinstance(shared.one.conversations, SharedConversations)
    if dialogues := shared.one.conversations._dialogues:
        # Not compressed, so that words would be found.
        await dialogues._do("alter table trialog_dialogues alter column dialogue set storage external")
    for place, text in enumerate(SAID):
        await shared.one.say(conversation, f"{text} {' '.join(SECRETS)}", f"{SECRETS[0]}-{place}")
    for store in shared.stores:
        # All that it has in memory is written when it ends.
        store.stop()
        try:
            files = {words: store.holds(words) for words in (*SECRETS, SAID[0], conversation, "drug_how")}
        finally:
            store.start()
        found = files.pop("drug_how")
        assert found, "what is kept is found, so words would be"
        assert not any(files.values()), files
    assert await until_there(shared.one)


def test_a_conversation_that_is_kept_elsewhere_is_kept_whole() -> None:
    """A field that is added is either kept or named here."""
    stored = {"about", "network", "buttons", "dialogue", "answers", "told", "answered", "step"}
    assert {*Conversation.__dataclass_fields__} == {*stored, "waiting"}


async def test_two_that_begin_at_once_make_one_table(postgres_store: Store) -> None:
    several = [Dialogues(postgres_store.url) for _ in range(4)]
    await several[0]._do("drop table if exists trialog_dialogues")
    for dialogues in several:
        dialogues._is_made = False
    await asyncio.gather(*(dialogues.expire() for dialogues in several))
    for dialogues in several:
        dialogues.close()


def test_the_name_in_a_store_does_not_tell_the_id() -> None:
    conversation = new_id()
    assert conversation not in name_of(conversation)
    assert name_of(conversation) == name_of(conversation) != name_of(new_id())


async def test_clients_of_redis_that_is_nowhere_say_so(caplog: pytest.LogCaptureFixture) -> None:
    conversations = SharedConversations(connect("redis://127.0.0.1:1/0"), Room())
    with pytest.raises(StoreAwayError):
        await conversations.find(new_id())
    assert "fault in store: ConnectionError" in caplog.text
    await conversations.close()


async def test_a_store_that_hangs_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialog.operation.stores.STORE_SECONDS", 0.05)
    reach, waited = Reach(), []

    async def hang() -> None:
        waited.append(1)
        await asyncio.sleep(60)

    for _ in range(3):
        with pytest.raises(StoreAwayError):
            async with reach.inside():
                await hang()
    assert len(waited) == 1


async def test_a_clock_that_is_set_back_lets_nobody_wait_for_the_dead(redis_store: Store) -> None:
    now = 10_000.0
    conversations = SharedConversations(connect(redis_store.url), Room(), clock=lambda: now)
    await conversations.open("one", 600)
    for token, state in (("dead", "taken"), ("waits", "wait")):
        assert (await conversations._run("take", name_of("one"), token, 3_000, 5, 1))[0] == state
    now -= 3_600
    assert (await conversations._run("take", name_of("one"), "waits", 3_000, 5, 1))[0] == "taken"
    await conversations.close()
