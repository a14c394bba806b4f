"""What is stored of a conversation has none of the words typed, and is enough to go on with."""

import json
from typing import Any

import pytest

from trialog.assistant import tracker_store
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.tracker_store import TURNS_KEPT, shortened, without_words

SECRET = "Zebrafink Nachtigall 4711"


def said(text: str, *entities: dict[str, Any]) -> dict[str, Any]:
    parsed = {"text": text, "intent": {"name": "ask"}, "entities": list(entities), "text_tokens": [[0, 4]], "response_selector": {text: 1}}
    return {"event": "user", "text": text, "parse_data": parsed, "metadata": {}}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def test_a_message_keeps_its_intent_and_loses_its_words() -> None:
    (stored,) = without_words([said(SECRET)])
    assert stored["parse_data"]["intent"] == {"name": "ask"}
    assert "Zebrafink" not in json.dumps(stored)


@pytest.mark.parametrize(
    ("typed", "value", "kept"),
    [
        ("what is CD 22?", "cd22", "cd22"),
        ("ist das gut", "de", "de"),
        ("she is called Zebrafink", "zebrafink", None),
        ("she is called Zebrafink", "Zebrafink", None),
        ('/ask{"topic": "cost"}', "cost", None),
    ],
)
def test_an_entity_keeps_its_type_and_a_value_that_was_not_typed(typed: str, value: str, kept: str | None) -> None:
    (stored,) = without_words([said(typed, {"entity": "word", "value": value, "start": 0, "end": 4})])
    (entity,) = stored["parse_data"]["entities"]
    assert (entity["entity"], entity["value"]) == ("word", kept)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (SECRET, None),
        (SECRET.lower(), None),
        ({"age": SECRET, "cd22": "yes"}, {"age": None, "cd22": "yes"}),
        ([SECRET, 7], [None, 7]),
        ("who_runs", "who_runs"),
        (7, 7),
        (None, None),
    ],
)
def test_a_slot_keeps_everything_but_the_message_itself(value: Any, kept: Any) -> None:
    assert list(without_words([said(SECRET), slot("age", value)]))[1]["value"] == kept


def test_a_code_stays_in_its_slot_even_if_it_was_typed() -> None:
    assert list(without_words([said("yes"), slot("cd22", "yes")]))[1]["value"] == "yes"


@pytest.mark.parametrize("kind", ["bot", "entities", "export", "reminder", "something_new"])
def test_events_that_the_dialogue_does_not_need_are_not_stored(kind: str) -> None:
    assert list(without_words([{"event": kind, "text": SECRET}])) == []


def test_a_long_conversation_keeps_its_slots_and_its_last_turns() -> None:
    events = [slot("study", "first"), slot("study", "itcc-059"), {"event": "active_loop", "name": "form"}]
    events += [event for turn in range(100) for event in (said("hello"), slot("last_topic", f"topic{turn}"))]
    kept = shortened(events)
    assert sum(event["event"] == "user" for event in kept) == TURNS_KEPT
    assert kept[0] == slot("study", "itcc-059")
    assert {"event": "active_loop", "name": "form"} in kept
    assert kept[-1] == slot("last_topic", "topic99")
    assert len(kept) == 3 + 2 * TURNS_KEPT


def test_a_restart_forgets_what_was_before() -> None:
    events = [slot("study", "itcc-059"), {"event": "restart"}, *(said("hello") for _ in range(100))]
    assert slot("study", "itcc-059") not in shortened(events)


def test_of_facts_stated_long_ago_the_latest_of_each_is_kept() -> None:
    def stating(*values: str) -> dict[str, Any]:
        return said("in passing", *({"entity": "fact", "value": value} for value in values))

    early, both, late = stating("s:age:84-95"), stating("s:age:96-107", "s:cd22:positive"), stating("s:cd22:negative")
    kept = shortened([early, both, said("hello"), late, *(said("hello") for _ in range(TURNS_KEPT))])
    assert kept[:-TURNS_KEPT] == [both, late]


CONVERSATION = [
    "How does the drug work?",
    "tell me more",
    "why is that?",
    "what is CD 22?",
    f"thank you {SECRET}",
    "Is it approved in Europe?",
    "and in Japan?",
    "hoe werkt het medicijn?",
]


async def test_a_whole_conversation_goes_on_without_the_words(engine: Engine) -> None:
    """Each turn reads what the last one stored, so follow-ups, words and languages must work from slots alone."""
    conversation = new_id()
    await engine.start(conversation)
    heard = []
    for text in CONVERSATION:
        heard += [(reply.kind, reply.topic) for reply in await engine.say(conversation, text)]
        stored = await engine.conversations.dialogue_of(conversation)
        assert "Zebrafink" not in stored
        assert text not in stored
        assert "antibody" not in stored, "our own replies are not stored either"
    assert [topic for _, topic in heard][:4] == ["drug_how", "drug_how", "healthy_cells", "term:cd22"]
    assert ("answer", "approval_status") in heard
    assert len(stored) < 40_000


LONG_CONVERSATION = [
    *("My daughter is 9 and has B-ALL", "How does the drug work?", "tell me more", "what is CD22?", "why?", "who runs this study"),
    *("thank you", "is it approved in Europe?", "and in Japan?", "hoe werkt het medicijn?", "what about the cost"),
    *("Can she take part?", "yes CD22 was found", "what are the side effects?", "tell me more", "it came back", "no, it was not found"),
    *("he cannot breathe", "she is fine now", "go on", "I don't know", "why do you ask?", "yes", "start over", "she is 7", "stop"),
    *("how long does it take", "more", "can she take part?", "T-ALL", "go back", "B-ALL", "I am so scared", "yes", "no", "yes", "yes"),
]


async def test_a_long_conversation_is_answered_as_if_all_of_it_were_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    async def replies() -> list[list[dict[str, Any]]]:
        conversation = new_id()
        await engine.start(conversation)
        return [[reply.to_json() for reply in await engine.say(conversation, text)] for text in LONG_CONVERSATION]

    shortened_replies = await replies()
    monkeypatch.setattr(tracker_store, "TURNS_KEPT", 1000)
    assert shortened_replies == await replies()


@pytest.mark.parametrize("value", ["Zebrafink", "zebra fink", "zebra\\n", "a" * 41, "é", "", "<b>", "../x"])
async def test_a_payload_is_no_place_to_leave_a_text(engine: Engine, value: str) -> None:
    conversation = new_id()
    await engine.start(conversation)
    with pytest.raises(ValueError, match="not the payload"):
        await engine.press(conversation, f'/ask{{"topic": "{value}"}}')


@pytest.mark.parametrize(
    "payload", ['/ask{"topic": 5}', '/ask{"topic": ["a"]}', '/ask{"colour": "red"}', '/ask{"topic": }', "/restart", "/back"]
)
async def test_only_codes_of_entities_we_know_are_taken(engine: Engine, payload: str) -> None:
    conversation = new_id()
    await engine.start(conversation)
    with pytest.raises(ValueError, match="not the payload"):
        await engine.press(conversation, payload)


async def test_an_action_can_have_the_conversation_forgotten(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def say_goodbye(dispatcher: Any, *_: Any) -> list[Any]:
        dispatcher.utter_message(text="It is gone.", json_message={"kind": "smalltalk", "delete": True})
        return []

    conversation = new_id()
    await engine.start(conversation)
    monkeypatch.setitem(engine._agent.processor.action_endpoint.executor.actions, "action_answer", say_goodbye)
    (reply,) = await engine.say(conversation, "Who runs this study?")
    assert reply.text == "It is gone."
    assert "delete" not in reply.to_json()
    assert await engine.conversations.find(conversation) is None
    assert await engine.conversations.dialogue_of(conversation) == ""
