"""``trialog chat`` as staff uses it."""

import io
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cli.terminals import at_a_terminal
from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.conftest import ROOT
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.play import in_new_conversation
from trialog.assistant.engine import Engine
from trialog.cli.chat import Chat, pressed
from trialog.cli.terminal import Plain, Styled, speak_any_language

# Its space is a movement of the cursor.
PROMPT = b"you>"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
async def chat(engine: Engine, capsys: Captured) -> AsyncIterator[Chat]:
    """A chat that has begun; its welcome has been read."""
    chat = Chat(engine, Plain())
    await chat.begin()
    capsys.readouterr()
    yield chat
    await engine.conversations.forget(chat._conversation)


async def said(chat: Chat, capsys: Captured, *lines: str) -> str:
    """What the last of ``lines`` is answered with."""
    for line in lines:
        capsys.readouterr()
        assert await chat.take(line)
    return capsys.readouterr().out


@pytest.mark.parametrize(("line", "payload"), [("a", "/yes"), ("b", "/stop"), ("c", None), ("A", None), ("1", None), ("a b", None)])
def test_a_letter_alone_presses_its_button_and_a_number_is_an_answer(line: str, payload: str | None) -> None:
    assert pressed(line, {"a": "/yes", "b": "/stop"}) == payload


async def test_a_letter_presses_and_a_number_answers(chat: Chat, engine: Engine, capsys: Captured) -> None:
    assert "Button a: My child" in await said(chat, capsys, "d")
    assert "How old is your child" in await said(chat, capsys, "a")
    await said(chat, capsys, "7")
    assert (await engine.slot(chat._conversation, "questionnaire"))["answers"] == {"age": "84-95"}


async def test_letters_go_on_over_all_replies_of_a_turn(chat: Chat, capsys: Captured) -> None:
    out = await said(chat, capsys, "d")
    letters = re.findall(r"^Button (\w): ", out, re.MULTILINE)
    assert letters == list("abcdefghij"[: len(letters)])
    assert len(letters) > 3


async def test_reasons_are_those_of_the_turn(chat: Chat, capsys: Captured) -> None:
    assert "topic:" not in await said(chat, capsys, "does it cost anything")
    # Switched on, those of the last reply are shown at once.
    assert "rule: Answer a question from the study page (action_answer)" in await said(chat, capsys, "/why")
    out = await said(chat, capsys, "my son is 7, we fear it is a relapse")
    assert "facts: age 84-95 (asked back); relapsed yes (asked back, feared)" in out
    assert "last_topic cost" in out
    assert "personal data" not in out
    assert "topic:" not in await said(chat, capsys, "/why", "does it cost anything")


async def test_back_is_as_if_the_turn_had_not_been(chat: Chat, engine: Engine, capsys: Captured) -> None:
    await said(chat, capsys, "d", "a", "7")
    before = await engine.slots(chat._conversation)
    first = await said(chat, capsys, "it is b cell leukemia")
    out = await said(chat, capsys, "/back")
    assert out.startswith("Taken back: it is b cell leukemia\n")
    assert await engine.slots(chat._conversation) == before
    assert await said(chat, capsys, "it is b cell leukemia") == first
    assert "There is no turn" in await said(chat, capsys, *["/back"] * 5)


async def test_restart_forgets_and_welcomes(chat: Chat, engine: Engine, capsys: Captured) -> None:
    before = chat._conversation
    out = await said(chat, capsys, "does it cost anything", "/restart")
    assert "I am an automatic assistant, not a doctor" in out
    assert await engine.conversations.find(before) is None
    assert "last_topic" not in await said(chat, capsys, "/context")


async def test_context_is_what_the_conversation_holds(chat: Chat, capsys: Captured) -> None:
    out = await said(chat, capsys, "my son is 7, can he join?", "/context")
    assert {"channel: cli", "study: itcc-059", "questionnaire.answers.age: 84-95"} <= set(out.splitlines())


async def test_what_was_saved_passes_when_it_is_played(chat: Chat, engine: Engine, capsys: Captured, tmp_path: Path) -> None:
    name = str(tmp_path / "monday")
    await said(chat, capsys, "does it cost anything", "d", "a", "7", "he cant breathe", "it was a false alarm, he is fine", "bye")
    assert f"trialog replay {name}.yml" in await said(chat, capsys, f"/save {name}")
    await said(chat, capsys, "/restart", "Wat kost het onderzoek voor ons?", f"/save {name}.yml")
    dialogues = read_dialogues([tmp_path])
    assert [len(dialogue.turns) for dialogue in dialogues] == [7, 1]
    assert any(turn.over for turn in dialogues[0].turns)
    for dialogue in dialogues:
        played = await in_new_conversation(engine, dialogue)
        assert played.passed, [turn.faults for turn in played.turns]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Give it a name"),
        ("no/folder/a", "Not saved. no/folder/a.yml: No such file"),
        ("config", "Not saved. config.yml: this is no list"),
    ],
)
async def test_what_cannot_be_saved_is_told_in_a_line(
    name: str, told: str, chat: Chat, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    await said(chat, capsys, "does it cost anything")
    assert (await said(chat, capsys, f"/save {name}")).startswith(told)
    assert "Say something first" in await said(chat, capsys, "/restart", "/save b")


async def test_a_command_that_is_none_is_told_those_there_are(chat: Chat, capsys: Captured) -> None:
    assert (await said(chat, capsys, "/wy")).startswith("There is no /wy. There are:\n/why: ")


async def test_a_conversation_that_is_deleted_ends_the_chat(engine: Engine, capsys: Captured) -> None:
    chat = Chat(engine, Plain())
    await chat.begin()
    assert not await chat.take("please delete this conversation")
    assert await engine.conversations.find(chat._conversation) is None


def test_chat_speaks_on_a_terminal_that_knows_few_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"caf\xff\n"), encoding="utf-8"))
    speak_any_language()
    print("• Київ", flush=True)
    Styled(()).rows([("•", "Київ")])
    sys.stdout.flush()
    assert written.getvalue().split() == [b"?", b"????"] * 2
    assert input() == "caf\ufffd"


def test_chat_without_a_model_says_what_to_do(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    result = trialog("chat", TRIALOG_MODELS=str(tmp_path))
    assert result.status == 1
    assert "run `make train`" in result.err


@pytest.mark.slow
def test_a_whole_chat_at_a_terminal_of_few_letters_without_colours() -> None:
    with at_a_terminal("chat", "--why", NO_COLOR="1", PYTHONIOENCODING="latin-1") as typist:
        welcome = typist.read(PROMPT)
        assert re.match(rb"Script [0-9a-f]{12}; ", welcome)
        assert max(map(len, welcome.decode("latin-1").splitlines())) <= 80
        assert b"c) How the drug works" in welcome
        assert b"calicheamicin" in typist.type(b"c\r", b"source   Inotuzumab ITCC-059, Background")
        typist.read(PROMPT)
        # Called back and changed: "c" becomes a question.
        out = typist.type(b"\x1b[A\x08caf\xe9: does it cost anything?\r", b"source    Inotuzumab ITCC-059, Summary")
        assert re.search(rb"topic +ask/cost", out)
        typist.read(PROMPT)
        typist.type(b"/wh\t", b"/why")
        assert b"no more" in typist.type(b"\r", b"no more")
        typist.read(PROMPT)
        typist.type(b"\x03", b"")
        typist.read_to_the_end()
        assert typist.process.returncode == 0
        # Of all sequences of a terminal there is none that colours.
        assert not re.search(rb"\x1b\[[0-9;]*[1-9][0-9;]*m", typist.seen)
        assert b"Traceback" not in typist.seen
