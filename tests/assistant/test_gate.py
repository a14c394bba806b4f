"""What families get of what is switched off, said by the real assistant; danger is answered in any case."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ask
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.operation.switches import Notice, Off, State, Switches, write

STUDY, OTHER = "itcc-059", "larotrectinib-scout"
NOTICE = Notice("The phone is out of order until 14:00.", "2020-01-01", "2099-01-01", "A. Nurse", "the phone")

Switch = Callable[..., None]


@pytest.fixture
def switch(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Switch:
    """Switches off what is named, and all else on, as an operator's file does."""
    path = tmp_path / "switches.yml"
    monkeypatch.setattr("trialog.operation.switches.LOOK_SECONDS", 0.0)
    monkeypatch.setattr(engine, "switches", Switches(path, engine.library.studies))

    def to(*what: str, notices: tuple[Notice, ...] = ()) -> None:
        write(path, State(tuple(Off(one, "A. Nurse", "a test") for one in what), notices))

    return to


def said(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


def offers(messages: list[Message]) -> list[str]:
    return [button["payload"] for message in messages for button in message.buttons]


async def test_while_all_is_off_each_reply_names_the_doctor_and_the_number(ask: Ask, switch: Switch) -> None:
    switch("all")
    replies = [said(await ask("what are the side effects")) for _ in range(3)]
    assert len(set(replies)) == 3, "nothing comes word for word a third time"
    assert all("doctor" in reply and "112" in reply and "side effect" not in reply for reply in replies)


@pytest.mark.parametrize("off", [("all",), (STUDY,), ("questionnaire",), ("all", STUDY, "questionnaire")])
async def test_danger_is_answered_in_full_whatever_is_off_and_while_it_lasts(ask: Ask, switch: Switch, off: tuple[str, ...]) -> None:
    usual = await ask("my son cannot breathe")
    await ask("false alarm, everyone is safe")
    switch(*off)
    assert said(await ask("my son cannot breathe")) == said(usual)
    (reply,) = await ask("ok")
    assert (reply.kind, reply.topic) == ("safety", "emergency")
    (reply,) = await ask("the ambulance is here")
    assert reply.kind == "safety"


async def test_what_was_not_answered_is_not_taken_for_told(ask: Ask, switch: Switch) -> None:
    switch("all")
    await ask("what does it cost")
    await ask("what does it cost")
    switch()
    (reply,) = await ask("what does it cost")
    assert (reply.kind, reply.topic) == ("not_on_page", "cost")


async def test_whoever_wants_to_be_forgotten_is_while_all_is_off(engine: Engine, switch: Switch) -> None:
    conversation = new_id()
    await engine.start(conversation)
    switch("all")
    await engine.say(conversation, "delete everything I wrote")
    assert await engine.conversations.find(conversation) is None


async def test_the_welcome_says_that_it_is_switched_off(engine: Engine, switch: Switch) -> None:
    for off in ("all", STUDY):
        switch(off)
        (message,) = await engine.start(conversation := new_id())
        await engine.conversations.forget(conversation)
        assert message.kind == "welcome"
        assert all(words in message.text for words in ("switched off", "automatic assistant", "doctor", "112"))
        assert not message.buttons


async def test_a_study_that_is_off_is_not_answered_about_and_another_is(ask: Ask, switch: Switch) -> None:
    switch(STUDY)
    (reply,) = await ask("how does the drug work")
    assert "Inotuzumab ITCC-059" in reply.text
    assert (reply.kind, reply.source) == ("fallback", None)
    assert offers(await ask("what about larotrectinib"))
    await ask(f'/switch_study{{"study": "{OTHER}"}}')
    (reply,) = await ask("what are the side effects")
    assert reply.kind == "answer"
    switch(OTHER)
    assert "Larotrectinib" in said(await ask("what does it cost"))


async def test_nobody_goes_over_to_a_study_that_is_off(ask: Ask, switch: Switch) -> None:
    switch(OTHER)
    assert "cannot answer about Larotrectinib" in said(await ask(f'/switch_study{{"study": "{OTHER}"}}'))
    (reply,) = await ask("what are the side effects")
    assert reply.source is not None
    assert "ITCC-059" in reply.source["title"]


@pytest.mark.parametrize("asked", ["can my son join?", "/elig_start", "start the questions please", "how many questions are there?"])
async def test_the_questionnaire_is_neither_offered_nor_begun_while_it_is_off(ask: Ask, switch: Switch, asked: str) -> None:
    switch("questionnaire")
    (reply,) = await ask(asked)
    assert (reply.kind, reply.buttons) == ("cancelled", [])
    assert "doctor" in reply.text
    (reply,) = await ask("what does it cost")
    assert reply.topic == "cost"


async def test_no_welcome_and_no_answer_offers_a_questionnaire_that_is_off(engine: Engine, switch: Switch) -> None:
    payloads = offers(await engine.start(conversation := new_id()))
    assert "/elig_start" in payloads
    await engine.conversations.forget(conversation)
    switch("questionnaire")
    payloads = offers(await engine.start(conversation := new_id()))
    await engine.conversations.forget(conversation)
    assert payloads
    assert "/elig_start" not in payloads


async def test_a_running_questionnaire_ends_kindly_with_what_was_noted_and_goes_on_later(ask: Ask, switch: Switch) -> None:
    await ask("/elig_start")
    await ask("my son, he is 9")
    switch("questionnaire")
    (reply,) = await ask("B-cell precursor ALL")
    assert reply.kind == "cancelled"
    assert all(words in reply.text for words in ("9 years", "nothing is decided", "not noted your last message", "doctor"))
    assert "B-cell" not in reply.text
    switch()
    assert "9 years" in said(await ask("/elig_start"))


async def test_a_question_in_a_questionnaire_that_ends_is_answered(ask: Ask, switch: Switch) -> None:
    await ask("/elig_start")
    await ask("my son, he is 9")
    switch("questionnaire")
    ended, answer = await ask("what is CD22?")
    assert (ended.kind, answer.topic) == ("cancelled", "term:cd22")
    assert "not noted" not in ended.text


async def test_a_questionnaire_does_not_end_under_a_reply_to_danger(ask: Ask, switch: Switch) -> None:
    await ask("/elig_start")
    await ask("my son, he is 9")
    switch("questionnaire")
    assert {reply.kind for reply in await ask("he cannot breathe")} == {"safety"}
    assert {reply.kind for reply in await ask("false alarm, everyone is safe")} == {"safety"}
    assert "9 years" in said(await ask("what does it cost"))


async def test_answers_wait_while_all_is_off(ask: Ask, switch: Switch) -> None:
    await ask("/elig_start")
    await ask("my son, he is 9")
    switch("all")
    assert "Your answers so far are still here" in said(await ask("B-cell precursor ALL"))
    switch()
    (reply,) = await ask("B-cell precursor ALL")
    assert reply.criterion == "cd22"


async def test_a_notice_is_in_the_welcome_and_told_once(engine: Engine, switch: Switch) -> None:
    switch(notices=(NOTICE,))
    (welcome,) = await engine.start(conversation := new_id())
    assert NOTICE.text in welcome.text
    assert NOTICE.text not in said(await engine.say(conversation, "what does it cost"))
    await engine.conversations.forget(conversation)


async def test_a_running_conversation_is_told_a_notice_once_and_not_beside_danger(ask: Ask, switch: Switch) -> None:
    await ask("hello")
    switch(notices=(NOTICE,))
    assert NOTICE.text not in said(await ask("my son cannot breathe"))
    assert NOTICE.text not in said(await ask("false alarm, everyone is safe"))
    notice, answer = await ask("what does it cost")
    assert (NOTICE.text in notice.text, answer.topic) == (True, "cost")
    assert NOTICE.text not in said(await ask("how does the drug work"))


async def test_what_is_off_elsewhere_changes_nothing_here(ask: Ask, switch: Switch) -> None:
    switch(OTHER)
    assert [message.kind for message in await ask("/elig_start")] == ["answer", "question"]
    assert (await ask("my son, he is 9"))[-1].criterion == "diagnosis"


async def test_grief_in_a_questionnaire_is_met_before_the_switch_is_told(ask: Ask, switch: Switch) -> None:
    await ask("/elig_start")
    await ask("my son, he is 9")
    switch("questionnaire")
    assert {message.kind for message in await ask("I am so scared, I cannot stop crying")} == {"safety"}
    assert "9 years" in said(await ask("what does it cost"))
