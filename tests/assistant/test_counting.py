"""What is counted of real conversations, and that nothing of what was typed is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Ask
from trialog.assistant.conversations import new_id
from trialog.assistant.counting import Counting
from trialog.assistant.engine import Engine
from trialog.operation.counts import Asked, Begun, Counted, Counts, Event, Step, read
from trialog.operation.switches import Off, State, Switches, write

STUDY = "itcc-059"


class Book:
    """What was counted so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts = Counts(path)

    def read(self) -> Counted:
        self.counts.flush()
        return read(self.path, date.min, date.max)

    def asked(self) -> list[Asked]:
        return [event for _, event in self.read() if isinstance(event, Asked)]

    def steps(self) -> dict[Event, int]:
        return {event: number for (_, event), number in self.read().items() if isinstance(event, Step)}


@pytest.fixture
def book(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    book = Book(tmp_path / "counts.db")
    counting = Counting(book.counts, engine.library)
    monkeypatch.setattr(engine, "_counting", counting)
    monkeypatch.setattr(engine.conversations, "on_left", counting.left)
    yield book
    monkeypatch.undo()


async def test_a_message_is_counted_by_what_it_was_and_how_it_was_met(book: Book, ask: Ask) -> None:
    for text in (
        "what does it cost",
        "how does the drug work?",
        '/ask{"topic": "cost"}',
        "Welche Nebenwirkungen hat das Medikament?",
        "he cannot breathe",
    ):
        await ask(text)
    assert set(book.asked()) == {
        Asked(STUDY, "cost", "not_on_page", "first", "sure", "en", "web"),
        Asked(STUDY, "drug_how", "answer", "after", "sure", "en", "web"),
        Asked(STUDY, "cost", "not_on_page", "after", "button", "en", "web"),
        Asked(STUDY, "side_effects", "not_on_page", "after", "sure", "de", "web"),
        Asked(STUDY, "emergency", "safety", "after", "sure", "en", "web"),
    }


async def test_what_is_not_understood_is_counted_with_what_it_was_likeliest_about(book: Book, ask: Ask) -> None:
    (reply,) = await ask("and the blue ones")
    assert reply.kind == "fallback"
    (event,) = book.asked()
    assert (event.kind, event.topic != "none") == ("asked_back", True)


async def test_conversations_are_counted_by_study_and_channel(book: Book, engine: Engine) -> None:
    conversation = new_id()
    await engine.start(conversation, "larotrectinib-scout", "kiosk")
    await engine.conversations.forget(conversation)
    assert [event for _, event in book.read()] == [Begun("larotrectinib-scout", "kiosk")]


async def test_where_a_questionnaire_is_left_is_counted(book: Book, engine: Engine) -> None:
    for ends in ("stop", "", "what does it cost"):
        conversation = new_id()
        await engine.start(conversation)
        for text in ("/elig_start", "my son, he is 9", ends):
            if text:
                await (engine.press if text.startswith("/") else engine.say)(conversation, text)
        await engine.conversations.forget(conversation)
    assert book.steps() == {Step(STUDY, "who", "begun"): 3, Step(STUDY, "diagnosis", "stopped"): 1, Step(STUDY, "diagnosis", "left"): 2}


async def test_what_is_asked_while_it_is_switched_off_is_counted_as_that(
    book: Book, ask: Ask, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "switches.yml"
    write(path, State((Off("all", "A", "b"),)))
    monkeypatch.setattr(engine, "switches", Switches(path))
    await ask("what does it cost")
    await ask("he cannot breathe")
    assert {(event.topic, event.kind) for event in book.asked()} == {("cost", "switched_off"), ("emergency", "safety")}


async def test_nothing_typed_is_in_the_file(book: Book, ask: Ask) -> None:
    for text in ("what does xylophonia cost", "my son Xylophonius is 9", "xylophon@example.org", "zzxylo qwrt"):
        await ask(text)
    assert book.asked()
    assert b"xylo" not in book.path.read_bytes().lower()
