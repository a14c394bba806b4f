"""Whatever a text holds, it gets a kind reply, and the assistant goes on."""

import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.texts import NAUGHTY, OUR_OWN
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.reading import readable


@pytest.fixture
async def conversation(engine: Engine) -> AsyncIterator[str]:
    opened = new_id()
    await engine.start(opened)
    yield opened
    await engine.conversations.forget(opened)


def test_the_list_is_whole() -> None:
    assert len(NAUGHTY) == 515


@pytest.mark.parametrize("part", range(8))
async def test_every_naughty_string_gets_a_reply(engine: Engine, conversation: str, part: int) -> None:
    broken = engine.standby.broken("").text
    for text in (NAUGHTY + OUR_OWN)[part::8]:
        replies = await engine.say(conversation, text)
        assert replies, text
        assert all(reply.text.strip() and reply.text != broken for reply in replies), text
        json.dumps([reply.to_json() for reply in replies]).encode()


@given(st.text(max_size=2_000))
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
async def test_any_text_gets_a_reply(engine: Engine, text: str) -> None:
    hypothetical = "h" * 32
    if await engine.conversations.find(hypothetical) is None:
        await engine.start(hypothetical)
    replies = await engine.say(hypothetical, text)
    assert all(reply.text.strip() and reply != engine.standby.broken("") for reply in replies)


@given(st.text())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_what_is_read_is_one_visible_line_and_no_command(text: str) -> None:
    read = readable(text)
    assert read == readable(read)
    assert not read.startswith("/")
    assert "\n" not in read
    assert "\x00" not in read
    assert read.encode()
