"""``trialog chat``: talk to the assistant in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import sys

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine, ModelError
from trialog.assistant.message import Message
from trialog.content.files import ContentError
from trialog.content.script.script import RESPONSES, read_script
from trialog.settings import Settings, SettingsError

LEAVE = ("/quit", "/exit")

# Before the number of a button: a number alone is an answer ("How old is your child?").
PRESS = "/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--trial", default="", help="id of the study (by default the one of TRIALOG_TRIAL, or of default.yml)")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the end of input, Ctrl-C or /quit; /1 presses the first button."""
    speak_any_language()
    try:
        settings = Settings.from_environment()
        engine = Engine.load(settings)
    except (ContentError, ModelError, SettingsError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    if arguments.trial and arguments.trial not in engine.library.studies:
        there_are = ", ".join(engine.library.studies)
        print(f"trialog cannot start: there is no study '{arguments.trial}'. There are: {there_are}.", file=sys.stderr)
        return 1
    print(f"Script {read_script(engine.library, settings.content, RESPONSES).hash}; /quit ends the conversation.")
    # A runner, and not one loop around all: between two messages Ctrl-C ends the program at once, as everywhere.
    with asyncio.Runner() as runner, contextlib.suppress(KeyboardInterrupt):
        conversation = new_id()
        payloads = _show(runner.run(engine.start(conversation, arguments.trial, "cli")))
        while (text := _ask()) is not None and text not in LEAVE:
            payload = pressed(text, payloads)
            if text:
                say = engine.press(conversation, payload) if payload else engine.say(conversation, text)
                payloads = _show(runner.run(say))
                if runner.run(engine.conversations.find(conversation)) is None:
                    break
    return 0


def speak_any_language() -> None:
    """A terminal that cannot show a letter shows a question mark; one that sends what it should not is read all the same."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def pressed(text: str, payloads: list[str]) -> str | None:
    """The payload of the button that ``text`` names ("/2"); None if it names none."""
    number = text.removeprefix(PRESS)
    is_number = text.startswith(PRESS) and number.isascii() and number.isdigit()
    return payloads[int(number) - 1] if is_number and 0 < int(number) <= len(payloads) else None


def _ask() -> str | None:
    try:
        return input("\nyou> ").strip()
    except EOFError:
        return None


def _show(messages: list[Message]) -> list[str]:
    """Print the replies; returns the payloads of their buttons, in the order of their numbers."""
    payloads: list[str] = []
    for message in messages:
        print(f"\n{message.text}")
        if message.source:
            print("  [" + ", ".join(message.source.values()) + "]")
        for button in message.buttons:
            payloads.append(button["payload"])
            print(f"  {PRESS}{len(payloads)}  {button['title']}")
    return payloads
