"""endpoints.yml gives plain `rasa run` and `rasa shell` the store without words, made by Rasa's own means."""

import json

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from tests.conftest import ROOT
from trialog.assistant.tracker_store import WordlessStore

SECRET = "Zebrafink Nachtigall 4711"
SAID = UserUttered(SECRET, {"name": "ask"}, parse_data={"text": SECRET, "intent": {"name": "ask"}, "entities": []})


@pytest.fixture
def store() -> TrackerStore:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    return TrackerStore.create(endpoints.tracker_store, Domain.load(str(ROOT / "domain.yml")))


async def saved(store: TrackerStore, *events: Event) -> str | None:
    """What ``store`` holds of a conversation with these events."""
    assert isinstance(store, WordlessStore)
    await store.save(DialogueStateTracker.from_events("somebody", list(events), store.domain.slots))
    return store.store.get("somebody")


async def test_the_words_are_not_stored_and_the_dialogue_is(store: TrackerStore) -> None:
    stored = await saved(store, SAID, SlotSet("last_topic", "cost"), BotUttered(f"You said {SECRET}."))
    assert stored is not None
    assert "Zebrafink" not in stored
    again = await store.retrieve("somebody")
    assert again is not None
    assert again.get_slot("last_topic") == "cost"
    assert again.latest_message is not None
    assert again.latest_message.intent == {"name": "ask"}


async def test_a_conversation_that_asks_for_it_is_deleted(store: TrackerStore) -> None:
    assert await saved(store, SAID) is not None
    assert await saved(store, SAID, BotUttered("It is deleted.", {"custom": {"delete": True}})) is None
    assert await store.retrieve("somebody") is None


async def test_what_was_deleted_before_does_not_delete_what_came_later(store: TrackerStore) -> None:
    deleted = BotUttered("It is deleted.", {"custom": {"delete": True}})
    stored = await saved(store, SAID, deleted, SAID, BotUttered("Hello.", {"custom": {"kind": "smalltalk"}}))
    assert stored is not None
    assert len([event for event in json.loads(stored)["events"] if event["event"] == "user"]) == 2
