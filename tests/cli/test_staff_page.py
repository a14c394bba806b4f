"""What docs/staff.md shows of commands is what they show."""

import re
import shlex

import pytest

from tests.cli.test_parse import arguments
from tests.conftest import ROOT
from trialog.assistant.engine import Engine
from trialog.cli import parse
from trialog.cli.chat import Chat
from trialog.cli.terminal import Styled

PAGE = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Styled:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return Styled(())


def blocks(verb: str) -> list[tuple[str, str]]:
    """Each command of ``verb`` on the page, and what it shows there."""
    return re.findall(rf"^```\n\$ trialog ({verb} .*)\n((?:.*\n)*?)```", PAGE, re.MULTILINE)


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
    assert blocks("chat")
    for command, shown in blocks("chat"):
        chat = Chat(engine, screen, why="--why" in command)
        print("Script 0123456789ab; /help lists the commands, /quit ends.")
        await chat.begin()
        for typed in re.findall(r"^you> (.*)", shown, re.MULTILINE):
            print(f"\nyou> {typed}")
            await chat.take(typed)
        out = capsys.readouterr().out
        assert stands_in(shown, out), out
