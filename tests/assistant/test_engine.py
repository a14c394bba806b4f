"""The assistant answers whatever comes, and never with silence."""

import asyncio
import dataclasses
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ask
from trialog.assistant import engine as engine_module
from trialog.assistant.conversations import BusyError, new_id
from trialog.assistant.engine import Engine, ModelMissingError
from trialog.assistant.places import LateError
from trialog.content.files import ContentError
from trialog.settings import Settings

Actions = dict[str, Any]


@pytest.fixture
def actions(engine: Engine) -> Actions:
    """The actions as the engine runs them, by name; a test replaces one to force a fault."""
    return engine._agent.processor.action_endpoint.executor.actions


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?!", "\x00\x01", "\u200b", "....", "/", "\ud83d"])
async def test_nothing_readable_gets_a_kind_reply(ask: Ask, text: str) -> None:
    (reply,) = await ask(text) if not text.startswith("/") else await ask("…")
    assert reply.topic == "gibberish"
    assert "in your own words" in reply.text


async def test_a_typed_command_is_no_command(engine: Engine) -> None:
    conversation = new_id()
    await engine.start(conversation)
    assert [reply.kind for reply in await engine.say(conversation, "/session_start")] != ["welcome"]
    await engine.say(conversation, "/restart")
    assert (await engine.conversations.dialogue_of(conversation)).count('"event": "user"') == 2, "the conversation was not restarted"


@pytest.mark.parametrize("payload", ["/unknown", "ask", "/ask {}", "/ask{}{}", '/ask{"a": {}}', "/ask/cost", "", "/" * 3000])
async def test_a_payload_that_is_none_of_ours_is_refused(engine: Engine, payload: str) -> None:
    conversation = new_id()
    await engine.start(conversation)
    with pytest.raises(ValueError, match="not the payload of a button"):
        await engine.press(conversation, payload)


@pytest.mark.parametrize(
    "payload", ["/ask", '/ask{"topic": "nonsense"}', '/term{"word": "nonsense"}', "/safety", "/smalltalk", "/followup"]
)
async def test_a_payload_without_sense_still_gets_a_reply(ask: Ask, payload: str) -> None:
    replies = await ask(payload)
    assert all(reply.text for reply in replies)
    assert replies


async def test_an_action_that_raises_is_answered_and_logged_without_the_text(
    ask: Ask, actions: Actions, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret words of the family")

    monkeypatch.setitem(actions, "action_answer", fail)
    with caplog.at_level(logging.INFO):
        (reply,) = await ask("what is this study about? secret words of the family")
    assert "something went wrong on my side" in reply.text
    assert "call 112" in reply.text
    assert "secret words" not in caplog.text


async def test_an_action_that_hangs_is_answered(ask: Ask, actions: Actions, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(*_: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(engine_module, "REPLY_SECONDS", 0.1)
    monkeypatch.setitem(actions, "action_answer", hang)
    (reply,) = await ask("what is this study about?")
    assert "something went wrong on my side" in reply.text


async def test_an_emergency_is_answered_although_its_turn_hangs(ask: Ask, actions: Actions, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(*_: Any) -> None:
        await asyncio.sleep(1)

    monkeypatch.setattr(engine_module, "DANGER_SECONDS", 0.1)
    monkeypatch.setitem(actions, "action_safety", hang)
    (reply,) = await ask("my child is not breathing")
    assert (reply.kind, reply.topic) == ("safety", "emergency")
    assert "call 112 now" in reply.text


async def test_a_long_story_with_a_sign_of_danger_waits_for_its_turn(engine: Engine) -> None:
    """What is decided there is more than a sign; when its turn does not come the sign counts."""
    story = "He has a fever of 40 and his hospital is far away and we do not know who drives the car today"
    assert await engine.standby.reply_to_cry("please help he is not breathing " * 10, "") is None, "nobody types so much then"
    assert await engine.standby.reply_to_cry("he has a fever of 40", "") is not None
    assert await engine.standby.reply_to_cry(story, "") is None
    assert await engine.standby.reply_to_danger(story, "") is not None


async def test_an_emergency_is_answered_although_too_many_messages_wait(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = new_id()
    monkeypatch.setattr(engine.conversations, "turn", refuse)
    await engine.conversations.open(conversation, 60, country="GB")
    (reply,) = await engine.say(conversation, "my child is not breathing")
    assert "call 999 now" in reply.text
    with pytest.raises(BusyError):
        await engine.say(conversation, "what is this study about?")
    await engine.conversations.forget(conversation)


def refuse(*_: Any) -> Any:
    raise BusyError


async def test_the_wait_for_a_turn_ends_in_time_too(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = new_id()
    await engine.start(conversation)
    monkeypatch.setattr(engine_module, "REPLY_SECONDS", 0.1)
    async with engine.conversations.turn(conversation):
        with pytest.raises(LateError):
            await engine.say(conversation, "what is this study about?")
    await engine.conversations.forget(conversation)


async def test_the_conversation_goes_on_after_a_fault(ask: Ask, actions: Actions, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(actions, "action_answer", None)
        await ask("what is this study about?")
    (reply,) = await ask("what is this study about?")
    assert reply.topic == "study_overview"


def test_a_missing_model_says_how_to_get_one(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="run `make train`"):
        Engine.load(dataclasses.replace(settings, models=tmp_path))


def test_missing_content_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"topics\.yml: this file is missing"):
        Engine.load(dataclasses.replace(settings, content=tmp_path / "content"))


async def test_conversations_do_not_mix(engine: Engine) -> None:
    first, second = new_id(), new_id()
    await asyncio.gather(engine.start(first), engine.start(second))
    await asyncio.gather(engine.say(first, "Is the drug approved in Europe?"), engine.say(second, "How does the drug work?"))
    (more_first,), (more_second,) = await asyncio.gather(engine.say(first, "tell me more"), engine.say(second, "tell me more"))
    assert (more_first.topic, more_second.topic) == ("approval_status", "drug_how")


async def test_many_messages_at_once_are_answered_in_order(engine: Engine) -> None:
    conversation = new_id()
    await engine.start(conversation)
    replies = await asyncio.gather(
        *(engine.say(conversation, text) for text in ("How does the drug work?", "more", "Hello", "Who runs this study?"))
    )
    assert [reply[0].topic for reply in replies] == ["drug_how", "drug_how", "greet", "who_runs"]
