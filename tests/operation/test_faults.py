"""Every fault ends in a kind reply or a clear word at the start; docs/faults.md says which, and is held to it here."""

import asyncio
import dataclasses
import errno
import io
import json
import logging
import os
import resource
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.server import free_port
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import REPLY_SECONDS, Engine, ModelBrokenError
from trialog.assistant.message import Message
from trialog.cli.serve import StartError, _serve
from trialog.nlu.encoder.encoder import Encoder
from trialog.settings import Settings

TABLE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")

BROKEN = "I am sorry, something went wrong on my side."
ANSWER = "the answer"
EMERGENCY = "This may be an emergency."
SECRET = "Zebrafink Nachtigall"

# What hangs is given up after the first; where an answer comes before that, a busy machine must have time for it.
SHORT, LONG_ENOUGH = 1.0, 5.0

# A busy loop and a wait end with the test.
released = threading.Event()


def hang(*_: Any, **__: Any) -> None:
    released.wait(120)


def hang_busily(*_: Any) -> None:
    while not released.is_set():
        pass


async def hang_waiting(*_: Any) -> None:
    await asyncio.sleep(120)


def fail(*_: Any, **__: Any) -> None:
    raise RuntimeError(SECRET)


async def fail_later(*_: Any) -> None:
    raise ConnectionError(SECRET)


async def disk_full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, SECRET)


async def hang_store(*_: Any) -> None:
    hang()


def say_what_is_missing(dispatcher: Any, *_: Any) -> list[Any]:
    dispatcher.utter_message(response="utter_not_there")
    return []


@dataclasses.dataclass(frozen=True)
class Fault:
    """``where`` is the attribute that ``cause`` replaces: of the engine's parts, or of a class."""

    name: str
    where: Callable[[Engine], tuple[Any, str]]
    cause: Any
    says: str = "Who runs this study?"
    sees: str = BROKEN
    after: str = "at once"
    log: str = ""


def actions(engine: Engine) -> dict[str, Any]:
    return engine._agent.processor.action_endpoint.executor.actions


def action(name: str) -> Callable[[Engine], tuple[Any, str]]:
    return lambda engine: (actions(engine), name)


def store(name: str) -> Callable[[Engine], tuple[Any, str]]:
    return lambda engine: (engine._agent.processor.tracker_store, name)


LIMIT = f"{REPLY_SECONDS} s"

FAULTS = [
    Fault("an action raises", action("action_answer"), fail, log="action action_answer: RuntimeError at test_faults.py"),
    Fault("an action waits for ever", action("action_answer"), hang_waiting, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault("an action blocks", action("action_answer"), hang, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault("an action loops for ever", action("action_answer"), hang_busily, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault("an action says nothing", action("action_answer"), lambda *_: [], log="turn: SilenceError at ?"),
    Fault(
        "an action's response is missing",
        action("action_answer"),
        say_what_is_missing,
        log="response utter_not_there: ResponseMissingError at ?",
    ),
    Fault(
        "a rule's response is missing",
        lambda engine: (engine._agent.nlg.responses, "utter_smalltalk/thanks"),
        None,
        says="thank you",
        log="response utter_smalltalk: ResponseMissingError at ?",
    ),
    Fault("the encoder raises", lambda _: (Encoder, "encode"), fail, log="turn: RuntimeError at test_faults.py"),
    Fault("understanding hangs", lambda _: (Encoder, "encode"), hang, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault("the store raises on reading", store("retrieve"), fail_later, log="turn: ConnectionError at test_faults.py"),
    Fault("the store raises on writing", store("save"), fail_later, sees=ANSWER, log="turn: ConnectionError at test_faults.py"),
    Fault("the store's disk is full", store("save"), disk_full, sees=ANSWER, log="turn: OSError at test_faults.py"),
    Fault("the store hangs on reading", store("retrieve"), hang_store, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault("the store hangs on writing", store("save"), hang_store, sees=ANSWER, after=LIMIT, log="turn: HungError at test_faults.py"),
    Fault(
        "an action raises in an emergency",
        action("action_safety"),
        fail,
        says="she is not breathing and her lips are blue",
        sees=EMERGENCY,
        log="action action_safety: RuntimeError at test_faults.py",
    ),
]


@pytest.fixture(autouse=True)
def _release() -> Iterator[None]:
    released.clear()
    yield
    released.set()


@pytest.fixture
def force(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[pytest.MonkeyPatch, Fault], None]:
    def put(patch: pytest.MonkeyPatch, fault: Fault) -> None:
        owner, name = fault.where(engine)
        if not isinstance(owner, dict):
            patch.setattr(owner, name, fault.cause)
        elif fault.cause is None:
            patch.delitem(owner, name)
        else:
            patch.setitem(owner, name, fault.cause)

    return put


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_fault_ends_in_a_kind_reply_and_the_conversation_goes_on(
    engine: Engine, force: Any, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = new_id()
    await engine.start(conversation)
    with pytest.MonkeyPatch.context() as patch, caplog.at_level(logging.DEBUG):
        force(patch, fault)
        if fault.after == LIMIT:
            patch.setattr("trialog.assistant.engine.REPLY_SECONDS", LONG_ENOUGH if fault.sees == ANSWER else SHORT)
        replies = await engine.say(conversation, f"{fault.says} {SECRET}" if fault.sees == ANSWER else fault.says)
    released.set()
    check_reply(replies, fault)
    assert f"fault in {fault.log}" in caplog.text
    assert "Zebrafink" not in caplog.text
    (reply,) = await engine.say(conversation, "How does the drug work?")
    assert reply.topic == "drug_how", "the conversation goes on"


def check_reply(replies: list[Message], fault: Fault) -> None:
    (reply,) = replies
    if fault.sees == ANSWER:
        assert reply.topic == "who_runs"
    else:
        assert reply.text.startswith(fault.sees)
        assert "call 112" in reply.text


async def test_after_a_fault_at_the_beginning_the_next_message_begins_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = new_id()
    with monkeypatch.context() as patch:
        patch.setitem(actions(engine), "action_session_start", fail)
        (reply,) = await engine.start(conversation, "itcc-059", "kiosk")
    assert reply.text.startswith(BROKEN)
    assert [reply.kind for reply in await engine.say(conversation, "Who runs this study?")] == ["welcome", "answer"]
    assert '"trial": "itcc-059"' in await engine.conversations.dialogue_of(conversation), "it is about the study it was opened with"


async def test_a_turn_that_was_given_up_stores_nothing_later(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = new_id()
    await engine.start(conversation)
    before = await engine.conversations.dialogue_of(conversation)
    monkeypatch.setattr("trialog.assistant.engine.REPLY_SECONDS", 0.2)
    with monkeypatch.context() as patch:
        patch.setitem(actions(engine), "action_answer", hang)
        await engine.say(conversation, "Who runs this study?")
        assert engine._turns.stuck() == 1
        released.set()
        for _ in range(500):
            await asyncio.sleep(0.01 * bool(engine._turns.stuck()))
    assert engine._turns.stuck() == 0
    assert await engine.conversations.dialogue_of(conversation) == before


async def test_others_are_answered_while_a_turn_hangs(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = new_id(), new_id()
    await engine.start(first)
    await engine.start(second)
    monkeypatch.setitem(actions(engine), "action_follow_up", hang_busily)
    hanging = asyncio.create_task(engine.say(first, "tell me more"))
    await asyncio.sleep(0.2)
    (reply,) = await engine.say(second, "Who runs this study?")
    assert (reply.topic, hanging.done()) == ("who_runs", False)
    released.set()
    await hanging


# --- faults of the start: each kind once in a real process ---------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class StartFault:
    name: str
    cause: Callable[[Path], dict[str, str]]
    says: str
    file_bytes: int = resource.RLIM_INFINITY


def model_bytes() -> bytes:
    return max((ROOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime).read_bytes()


def with_model(folder: Path, content: bytes) -> dict[str, str]:
    (folder / "models").mkdir()
    (folder / "models" / "model.tar.gz").write_bytes(content)
    return {"TRIALOG_MODELS": str(folder / "models")}


def of_another_version(content: bytes) -> bytes:
    """The model, said to be trained by another version of Rasa."""
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(content)) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for member in old.getmembers():
            data = old.extractfile(member).read() if member.isfile() else b""  # type: ignore[union-attr]
            if member.name.endswith("metadata.json"):
                data = json.dumps({**json.loads(data), "rasa_open_source_version": "2.0.0"}).encode()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return out.getvalue()


def with_broken_content(folder: Path) -> dict[str, str]:
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "content" / "topics.yml").write_text("topics: [", encoding="utf-8")
    (folder / "content" / "general" / "words.yml").unlink()
    return {"TRIALOG_CONTENT": str(folder / "content")}


START_FAULTS = [
    StartFault("a setting is wrong", lambda _: {"TRIALOG_TLS": "perhaps"}, "TRIALOG_TLS must be one of on, off, not 'perhaps'"),
    StartFault("words for danger are not approved", lambda _: {"TRIALOG_APPROVED_ONLY": "on"}, "never kept back are not approved"),
    StartFault("the content has faults", with_broken_content, "topics.yml"),
    StartFault("the model is missing", lambda folder: {"TRIALOG_MODELS": str(folder)}, "run `make train`"),
    StartFault("the model cannot be used", lambda folder: with_model(folder, model_bytes()[:200_000]), "cannot be used"),
    StartFault("the disk is full", lambda _: {}, "cannot be unpacked: File too large", file_bytes=10_000),
    StartFault("the address is not ours", lambda _: {"TRIALOG_HOST": "203.0.113.1"}, "cannot listen on 203.0.113.1"),
]

BROKEN_MODELS = {
    "cut short": lambda model: model[:200_000],
    "no model": lambda _: b"nonsense",
    "of another version": of_another_version,
}


def serve(environment: dict[str, str], file_bytes: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trialog", "serve"],
        cwd=ROOT,
        env={**os.environ, "TRIALOG_PORT": str(free_port()), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        # As root no folder is unwritable, so a full disk is a limit on every file.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("fault", START_FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_the_start_is_said_in_one_sentence(fault: StartFault, tmp_path: Path) -> None:
    result = serve(fault.cause(tmp_path), fault.file_bytes)
    assert result.returncode == 1
    assert "trialog cannot start: " in result.stderr
    assert fault.says in result.stderr, result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN_MODELS.values(), ids=BROKEN_MODELS)
def test_a_model_that_cannot_be_used_is_refused(broken: Callable[[bytes], bytes], settings: Settings, tmp_path: Path) -> None:
    with_model(tmp_path, broken(model_bytes()))
    with pytest.raises(ModelBrokenError, match="cannot be used"):
        Engine.load(dataclasses.replace(settings, models=tmp_path / "models"))


async def test_a_port_in_use_is_said_in_one_sentence(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=f"cannot listen on 127.0.0.1, port {port}"):
            await _serve(dataclasses.replace(settings, port=port), ready=lambda: None)


@pytest.mark.slow
async def test_content_that_is_edited_while_running_changes_nothing_until_the_next_start(settings: Settings, tmp_path: Path) -> None:
    copied = tmp_path / "content"
    shutil.copytree(ROOT / "content", copied)
    started = Engine.load(dataclasses.replace(settings, content=copied))
    answer = copied / "trials" / "itcc-059" / "answers" / "who_runs.yml"
    answer.write_text(answer.read_text(encoding="utf-8").replace("Universities", "Edited universities"), encoding="utf-8")
    assert (await who_runs(started)).startswith("Universities")
    assert (await who_runs(Engine.load(dataclasses.replace(settings, content=copied)))).startswith("Edited universities")


async def who_runs(engine: Engine) -> str:
    conversation = new_id()
    await engine.start(conversation)
    (reply,) = await engine.say(conversation, "Who runs this study?")
    return reply.text


# --- the table -----------------------------------------------------------------------------------------------------


def rows() -> list[str]:
    of_turns = [f"| {fault.name} | {seen_in_words(fault.sees)} | {fault.after} | `fault in {fault.log}` |" for fault in FAULTS]
    of_start = [f"| {fault.name} | nothing: it does not start | at the start | `{fault.says}` |" for fault in START_FAULTS]
    return of_turns + of_start


def seen_in_words(sees: str) -> str:
    return {BROKEN: "the sentence below", EMERGENCY: "the reply to an emergency"}.get(sees, sees)


def test_the_table_of_faults_is_current() -> None:
    missing = [row for row in rows() if row not in TABLE]
    assert missing == [], "\n".join(missing)
