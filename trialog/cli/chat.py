"""``trialog chat``: talk to the assistant in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine, ModelError
from trialog.assistant.message import Message
from trialog.content.files import ContentError
from trialog.settings import Settings

LEAVE = ("/quit", "/exit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--trial", default="", help="id of the study (the first one by default)")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the end of input or /quit; a number presses the button with that number."""
    try:
        engine = Engine.load(Settings.from_environment())
    except (ContentError, ModelError) as error:
        print(f"trialog cannot start: {error}", file=sys.stderr)
        return 1
    asyncio.run(_talk(engine, arguments.trial))
    return 0


async def _talk(engine: Engine, trial: str) -> None:
    conversation = new_id()
    buttons = _show(await engine.start(conversation, trial, "cli"))
    while (text := await asyncio.to_thread(_ask)) is not None and text not in LEAVE:
        if text.isdigit() and 0 < int(text) <= len(buttons):
            messages = await engine.press(conversation, buttons[int(text) - 1])
        elif text:
            messages = await engine.say(conversation, text)
        else:
            continue
        buttons = _show(messages)
    engine.conversations.forget(conversation)


def _ask() -> str | None:
    try:
        return input("\nyou> ").strip()
    except (EOFError, KeyboardInterrupt):
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
            print(f"  {len(payloads)}) {button['title']}")
    return payloads
