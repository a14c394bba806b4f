"""What docs/staff.md shows of commands is what they show."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.cli.test_parse import arguments
from tests.conftest import ROOT
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.form import DialogueError
from trialog.assistant.dialogues.play import in_new_conversation
from trialog.assistant.engine import Engine
from trialog.assistant.reasons.rules import rules
from trialog.cli import parse, replay
from trialog.cli.chat import Chat
from trialog.cli.terminal import Styled
from trialog.content.files import ContentReader
from trialog.content.proof import read_proof
from trialog.settings import Settings

PAGE = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Styled:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return Styled(())


def blocks(verb: str) -> list[tuple[str, str]]:
    """Each command of ``verb`` on the page, and what it shows there."""
    return re.findall(rf"^```\n\$ trialog ({verb}\b.*)\n((?:.*\n)*?)```", PAGE, re.MULTILINE)


def any_share(text: str) -> str:
    return re.sub(r"\b[01]\.\d\d\b", "0.00", text)


def stands_in(shown: str, out: str) -> bool:
    """True if the pieces of ``shown`` between "..." stand in ``out``, in their order; shares differ a little from model to model."""
    place, lines = 0, any_share("\n".join(line.rstrip() for line in out.splitlines()) + "\n")
    for piece in re.split(r"^\.\.\.\n", any_share(shown), flags=re.MULTILINE):
        if (found := lines.find(piece, place)) < 0:
            return False
        place = found + len(piece)
    return True


async def test_parse_shows_what_the_page_shows(engine: Engine, screen: Styled, capsys: Captured) -> None:
    assert blocks("parse")
    for command, shown in blocks("parse"):
        given = arguments(*shlex.split(command)[1:])
        await parse.show(engine, list(parse.messages_in(given.what)), given, screen)
        out = capsys.readouterr().out
        assert stands_in(shown, out), out


async def test_chat_shows_what_the_page_shows(engine: Engine, screen: Styled, capsys: Captured) -> None:
    ((command, shown),) = [block for block in blocks("chat") if "--why" in block[0]]
    await talked(Chat(engine, screen, why="--why" in command), shown)
    out = capsys.readouterr().out
    assert stands_in(shown, out), out


async def talked(chat: Chat, shown: str) -> None:
    """What is typed in a block of the page."""
    print("Script 0123456789ab; /help lists the commands, /quit ends.")
    await chat.begin()
    for typed in re.findall(r"^you> (.*)", shown, re.MULTILINE):
        print(f"\nyou> {typed}")
        await chat.take(typed)


async def test_the_first_hour_goes_as_it_is_written(
    engine: Engine, screen: Styled, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each block in turn: what is typed, what the file then holds, and what comes back; so, too, the dialogue further down."""
    # They are read once, from where the project is.
    rules()
    monkeypatch.chdir(tmp_path)
    file, said = Path("monday.yml"), []
    for kind, command, shown in re.findall(r"^```(yaml)?\n(?:\$ (.*)\n)?((?:.*\n)*?)```$", PAGE, re.MULTILINE):
        if kind:
            put(file, shown)
        elif command == "trialog chat":
            await talked(Chat(engine, screen), shown)
        elif command == "cat monday.yml":
            look(file)
        elif command == "trialog replay monday.yml":
            await replayed(engine, file)
        else:
            continue
        said.append(command)
        out = capsys.readouterr()
        assert kind or stands_in(shown, out.out or out.err), out
    assert said.count("trialog replay monday.yml") == 4
    assert {"trialog chat", "cat monday.yml"} <= set(said)


def put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def look(file: Path) -> None:
    print(file.read_text(encoding="utf-8"), end="")


async def replayed(engine: Engine, file: Path) -> None:
    """As ``trialog replay``, with the assistant of all tests."""
    try:
        replay.show([await in_new_conversation(engine, dialogue) for dialogue in read_dialogues([file])])
    except DialogueError as error:
        replay.tell(error)


def test_check_shows_what_the_page_shows(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    ((_, shown),) = [block for block in blocks("check") if block[0] == "check"]
    out = trialog("check", "--data", str(tmp_path)).out
    assert stands_in(*(re.sub(r"\(\d+\), no faults", "(1), no faults", text) for text in (shown, out))), out


def test_as_many_questions_and_families_are_tried_as_the_page_says(settings: Settings) -> None:
    proof = read_proof(ContentReader(settings.content), settings.content / "trials" / "itcc-059")
    questions, families = sum(len(one.ask) for one in proof.questions), sum(family.runs for family in proof.families)
    assert f"{questions} questions and {families} families were tried." in PAGE


def test_switch_shows_what_the_page_shows(trialog: Trialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))
    (shown,) = re.findall(r"^```\n(\$ trialog switch .*\n(?:.*\n)*?)```", PAGE, re.MULTILINE)
    for command, expected in re.findall(r"^\$ trialog (.*)\n((?:[^$].*\n)*)", shown, re.MULTILINE):
        out = trialog(*shlex.split(command)).out
        assert re.sub(r"since \S+", "since", out) == re.sub(r"since \S+", "since", expected)
