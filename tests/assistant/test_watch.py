"""What staff sees of a turn is what the turn used, and stays with whoever looked."""

import asyncio

import pytest

from trialog.assistant.conversations import UnknownConversationError, new_id
from trialog.assistant.engine import Engine
from trialog.assistant.watch import Watch
from trialog.nlu.evidence import TopicEvidence, get


async def test_each_watch_sees_its_own_turn_and_the_slots_before_it(engine: Engine) -> None:
    texts = ["does it cost anything", "how does the drug work", "where can we go"]
    conversations = [new_id() for _ in texts]
    for conversation in conversations:
        await engine.start(conversation)
        await engine.say(conversation, "what is the study about")
    watches = [Watch() for _ in texts]
    turns = zip(conversations, texts, watches, strict=True)
    await asyncio.gather(*(engine.say(conversation, text, watch=watch) for conversation, text, watch in turns))
    for text, watch in zip(texts, watches, strict=True):
        assert watch.ended
        assert watch.message is not None
        assert watch.message.get("text") == text
        assert get(watch.message, TopicEvidence)
        assert watch.slots["last_topic"] == "study_overview"
        assert watch.tracker
        assert watch.tracker.get_slot("last_topic") != "study_overview"


async def test_what_is_watched_is_not_stored(engine: Engine) -> None:
    conversation, watch = new_id(), Watch()
    await engine.start(conversation)
    await engine.say(conversation, "we fear a zebrarelapse and Anneliese is 7", watch=watch)
    assert watch.tracker
    assert "zebrarelapse" in str(watch.tracker.latest_message.text)
    kept = (await engine.conversations.dialogue_of(conversation)).lower()
    assert "zebra" not in kept
    assert "annelies" not in kept


async def test_a_turn_that_breaks_has_not_ended(engine: Engine) -> None:
    conversation, watch = new_id(), Watch()
    await engine.start(conversation)
    await engine.conversations.forget(conversation)
    with pytest.raises(UnknownConversationError):
        await engine.press(conversation, "/elig_start", watch=watch)
    assert not watch.ended
