"""What families get where the words of an answer, of a word and of the questions are not approved."""

import dataclasses
from datetime import date

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from tests.conftest import ROOT
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.cli.patience import patient_engine
from trialog.content.model import Library
from trialog.content.script.approvals import approved
from trialog.content.script.kept_back import approved_only
from trialog.content.script.script import read_script
from trialog.settings import Settings
from trialog.web.app import create_app

FIRST, SECOND = "itcc-059", "larotrectinib-scout"
MISSING = (f"{FIRST}/answers/drug_how", f"{FIRST}/words/cd22", f"{FIRST}/criteria/age")


@pytest.fixture(scope="module")
def careful(settings: Settings, library: Library) -> Engine:
    """An assistant of a hospital that has approved all but ``MISSING``."""
    script = read_script(library, ROOT / "content", ROOT / "data" / "responses")
    approvals = approved((piece for piece in script.pieces if piece.key not in MISSING), "The committee", date(2026, 12, 1))
    served = approved_only(library, script, approvals)
    return patient_engine(dataclasses.replace(settings, approved_only="on"), served)


def said(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


def titles(messages: list[Message]) -> list[str]:
    return [button["title"] for message in messages for button in message.buttons]


@pytest.mark.slow
async def test_a_family_meets_what_is_not_approved(careful: Engine) -> None:
    conversation = new_id()
    welcome = await careful.start(conversation)
    assert titles(welcome) == ["What the study is about", "Who can take part"]

    async def ask(text: str) -> list[Message]:
        return await (careful.press if text.startswith("/") else careful.say)(conversation, text)

    # An answer, however often and however it is asked for: the doctor, and never a fact.
    replies = [await ask(text) for text in ("How does the drug work?", "How does the drug work?", '/ask{"topic": "drug_how"}')]
    assert len({said(reply) for reply in replies}) == 3
    for (reply,) in replies:
        assert (reply.kind, reply.topic, reply.source, reply.buttons) == ("fallback", "drug_how", None, [])
        assert "How the drug works" in reply.text
        assert "octor" in reply.text
    for text in ("tell me more", "shorter please", "why?", "What is CD22?", "what should I ask the doctor"):
        words = said(await ask(text))
        assert "calicheamicin" not in words
        assert "protein" not in words
    # What is approved is answered as ever, beside what is not, too.
    assert [reply.kind for reply in await ask("What does it cost? And how does the drug work?")] == ["not_on_page", "fallback"]
    # Neither the questions nor what the page says of one point.
    for text in ("can my son join? he is 7", "/elig_start", "She is 17 months, is she old enough?"):
        told = await ask(text)
        assert {reply.kind for reply in told} == {"cancelled"}, text
        assert "doctor" in said(told)
        assert "1 to 18" not in said(told)
    # Danger is answered in full.
    (cry,) = await ask("my son cannot breathe")
    assert (cry.kind, cry.topic) == ("safety", "emergency")
    assert "112" in cry.text
    await ask("false alarm, everyone is safe")
    # In another study the same topic is approved.
    await ask(f'/switch_study{{"study": "{SECOND}"}}')
    (reply,) = await ask("How does the drug work?")
    assert "NTRK" in reply.text
    assert [reply.kind for reply in await ask("/elig_start")][-1] == "question"
    await careful.conversations.forget(conversation)


@pytest.mark.slow
async def test_no_menu_kiosk_sheet_or_passage_leads_to_it(careful: Engine, settings: Settings, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(create_app(settings, careful))
    for study, missing in ((FIRST, {"How the drug works", "See if the study might fit"}), (SECOND, set())):
        groups = (await (await client.get("/api/topics", params={"trial": study})).json())["groups"]
        offered = {button["title"] for group in groups for button in group["topics"]}
        assert {"How the drug works", "See if the study might fit"} - offered == missing
    kiosk = await (await client.get("/kiosk")).text()
    assert [title in kiosk for title in ("Who can take part", "How the drug works", "See if the study might fit")] == [True, False, False]
    assert (await (await client.get("/api/topics/drug_how/passages")).json())["passages"] == []
    conversation = (await (await client.post("/api/conversations", json={})).json())["id"]
    sheet = await (await client.get(f"/api/conversations/{conversation}/sheet")).text()
    assert "Your own questions" in sheet
    assert "1 to 18" not in sheet
