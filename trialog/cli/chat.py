"""``trialog chat``: talk to the assistant in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import string
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from trialog.assistant.conversations import new_id
from trialog.assistant.dialogues.form import DialogueError, write_dialogue
from trialog.assistant.dialogues.record import Said
from trialog.assistant.engine import Engine, ModelError
from trialog.assistant.message import Message
from trialog.assistant.reasons.evidence import Data
from trialog.assistant.reasons.rows import NONE, rows, short
from trialog.assistant.reasons.turn import changes, reasons
from trialog.assistant.watch import Watch
from trialog.cli.study import StudyError, add_study, draft_note, known_study, library_with
from trialog.cli.terminal import Terminal, terminal
from trialog.content.files import ContentError
from trialog.content.script.script import RESPONSES, read_script
from trialog.nlu.elsewhere.language import ENGLISH
from trialog.settings import Settings, SettingsError

LEAVE = ("/quit", "/exit")

# What can be typed beside what a family would say, with what it does.
COMMANDS = {
    "/why": "shows the reasons of each reply, or no more",
    "/context": "shows what the conversation holds",
    "/back": "takes the last turn back",
    "/restart": "begins anew",
    "/save NAME": "writes the conversation into NAME.yml, for trialog replay",
    "/quit": "ends",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    add_study(parser)
    parser.add_argument("--why", action="store_true", help="show the reasons of each reply below it")
    parser.add_argument("--plain", action="store_true", help="plain lines, for a screen reader")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the end of input, Ctrl-C or /quit; a letter presses a button."""
    screen = terminal([command.partition(" ")[0] for command in COMMANDS], plain=arguments.plain)
    try:
        settings = Settings.from_environment()
        engine = Engine.load(settings, library_with(settings, arguments.study))
        known_study(arguments.study, engine.library.studies)
    except (ContentError, ModelError, SettingsError, StudyError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    screen.line(f"Script {read_script(engine.library, settings.content, RESPONSES).hash}; /help lists the commands, /quit ends.")
    if note := draft_note(settings, arguments.study):
        screen.line(note)
    # A runner, and not one loop around all: between two messages Ctrl-C ends the program at once, as everywhere.
    with asyncio.Runner() as runner, contextlib.suppress(KeyboardInterrupt):
        chat = Chat(engine, screen, arguments.study, why=arguments.why)
        runner.run(chat.begin())
        while (line := screen.ask()) is not None and line not in LEAVE:
            if line and not runner.run(chat.take(line)):
                break
    return 0


class Chat:
    """One conversation, and what staff does with it beside talking."""

    def __init__(self, engine: Engine, screen: Terminal, study: str = "", *, why: bool = False) -> None:
        self._engine, self._screen, self._study, self._why = engine, screen, study, why
        self._conversation = ""
        self._welcome: Sequence[Message] = []
        self._turns: list[Said] = []
        self._reasons: Data | None = None
        self._payloads: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    async def begin(self) -> None:
        """A new conversation, with its welcome."""
        await self._open()
        self._show(self._welcome)

    async def take(self, line: str) -> bool:
        """Do what ``line`` asks for; False when the conversation has been deleted."""
        payload = pressed(line, self._payloads)
        if payload is None and line.startswith("/"):
            await self._obey(*line.partition(" ")[::2])
            return True
        said = await self._say(payload or line, pressed=payload is not None, title=self._titles.get(payload or "", ""))
        self._show(said.replies)
        if self._why:
            self._show_reasons()
        return await self._engine.conversations.find(self._conversation) is not None

    async def _open(self) -> None:
        await self._engine.conversations.forget(self._conversation)
        self._conversation, self._turns, self._reasons = new_id(), [], None
        self._welcome = await self._engine.start(self._conversation, self._study, "cli")

    async def _say(self, text: str, *, pressed: bool, title: str) -> Said:
        watch, act = Watch(), self._engine.press if pressed else self._engine.say
        replies = await act(self._conversation, text, watch=watch)
        self._reasons = reasons(watch, replies, self._engine.library)
        is_over = self._reasons.get("changed", {}).get("danger_lasts") == [True, None]
        said = Said(text, replies, pressed, over=is_over, title=title)
        self._turns.append(said)
        return said

    async def _obey(self, command: str, rest: str) -> None:
        match command:
            case "/why":
                self._switch_reasons()
            case "/context":
                await self._show_context()
            case "/back":
                await self._back()
            case "/restart":
                await self.begin()
            case "/save":
                self._screen.line(self._save(rest.strip()))
            case _:
                if command != "/help":
                    self._screen.line(f"There is no {command}. There are:")
                self._screen.rows(COMMANDS.items())

    def _switch_reasons(self) -> None:
        self._why = not self._why
        self._screen.line("The reasons are shown from now on." if self._why else "The reasons are shown no more.")
        if self._why:
            self._show_reasons()

    async def _show_context(self) -> None:
        live = await self._engine.conversations.find(self._conversation)
        opened_with = live.about if live else {}
        held = changes({}, {**opened_with, **await self._engine.slots(self._conversation)})
        self._screen.rows((name, short(value)) for name, (_, value) in held.items())

    async def _back(self) -> None:
        """All but the last turn, said again in a new conversation; its last replies are shown."""
        if not self._turns:
            self._screen.line("There is no turn to take back.")
            return
        *kept, last = self._turns
        await self._open()
        for said in kept:
            await self._say(said.text, pressed=said.pressed, title=said.title)
        self._screen.line(f"Taken back: {last.text}")
        self._show(self._turns[-1].replies if kept else self._welcome)

    def _save(self, name: str) -> str:
        """Writes the conversation; returns what is to be said about it."""
        if not name or not self._turns:
            return "Say something first, then save it." if name else "Give it a name: /save monday"
        file = Path(name if name.endswith(".yml") else f"{name}.yml")
        try:
            write_dialogue(file, [said.to_turn() for said in self._turns], [said.title for said in self._turns])
        except (DialogueError, OSError) as error:
            return f"Not saved. {f'{file}: {error.strerror}.' if isinstance(error, OSError) else error}"
        study = f" --study {self._study}" if self._study else ""
        return f"Saved. Look through {file}, then play it: trialog replay {file}{study}"

    def _show(self, replies: Sequence[Message]) -> None:
        """The replies, with a letter for each of their buttons."""
        free = iter(string.ascii_lowercase)
        self._payloads, self._titles = {}, {}
        for reply in replies:
            lettered = list(zip(reply.buttons, free, strict=False))
            self._payloads |= {letter: button["payload"] for button, letter in lettered}
            self._titles |= {button["payload"]: button["title"] for button, _ in lettered}
            self._screen.reply(reply, {letter: button["title"] for button, letter in lettered})

    def _show_reasons(self) -> None:
        """Those of the last reply, without what is as usual."""
        if self._reasons:
            self._screen.rows((label, text) for label, text in rows(self._reasons) if text not in (NONE, ENGLISH))


def pressed(line: str, payloads: Mapping[str, str]) -> str | None:
    """The payload of the button whose letter ``line`` is, alone; None if it is none. A number is an answer."""
    return payloads.get(line)
