"""The terminal that ``chat`` and ``parse`` write to, and that staff types into.

On a terminal with the ways of one (styles, folded lines, a line that can be edited); piped, or for a screen reader, as plain lines that
say in words what they are.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trialog.assistant.message import Message
from trialog.assistant.reasons.rows import Row

PROMPT = "you> "


class Terminal(Protocol):
    """What staff sees and types."""

    def line(self, text: str) -> None:
        """A line of the program's own."""

    def reply(self, message: Message, letters: Mapping[str, str]) -> None:
        """A reply; ``letters`` are those of its buttons, with their titles."""

    def rows(self, rows: Iterable[Row]) -> None:
        """Labels, each with what it labels."""

    def ask(self) -> str | None:
        """What is typed; None at the end of input, and at Ctrl-C."""


def terminal(commands: Sequence[str] = (), *, plain: bool = False) -> Terminal:
    """The terminal that there is; ``plain`` wants lines in any case. ``commands`` are completed by the tabulator."""
    speak_any_language()
    is_terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return Plain() if plain or not is_terminal else Styled(commands)


def speak_any_language() -> None:
    """A terminal that cannot show a letter shows a question mark; one that sends what it should not is read all the same."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class Plain:
    """Plain lines, none of them folded."""

    def line(self, text: str) -> None:
        """The line."""
        print(text, flush=True)

    def reply(self, message: Message, letters: Mapping[str, str]) -> None:
        """The text, its source, its buttons."""
        print(f"\n{message.text}")
        if message.source:
            print(f"Source: {', '.join(message.source.values())}")
        for letter, title in letters.items():
            print(f"Button {letter}: {title}")

    def rows(self, rows: Iterable[Row]) -> None:
        """A line each."""
        for label, text in rows:
            print(f"{label}: {text}", flush=True)

    def ask(self) -> str | None:
        """A line of the standard input."""
        try:
            return input(f"\n{PROMPT}").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return None


class Styled:
    """A terminal as wide as it is: lines are folded between words, what is not said to families stands back."""

    def __init__(self, commands: Sequence[str]) -> None:
        # NO_COLOR wants none; bold and dim are left out with it, because some terminals show them as colours.
        styled = not os.environ.get("NO_COLOR")
        self._console = Console(highlight=False, markup=False, emoji=False, color_system="auto" if styled else None)
        self._commands = commands

    def line(self, text: str) -> None:
        """The line, standing back."""
        self._console.print(Text(text, style="dim"))

    def reply(self, message: Message, letters: Mapping[str, str]) -> None:
        """The text; its source and its buttons below it."""
        self._console.print()
        self._console.print(Text(message.text))
        if message.source:
            self._below(Text(f"[{', '.join(message.source.values())}]", style="dim"))
        for letter, title in letters.items():
            self._below(Text.assemble((f"{letter})", "bold"), " ", title))

    def rows(self, rows: Iterable[Row]) -> None:
        """Two columns."""
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim bold", no_wrap=True)
        table.add_column(style="dim", overflow="fold")
        for label, text in rows:
            table.add_row(label, Text(text))
        self._below(table)

    def _below(self, what: Text | Table) -> None:
        self._console.print(Padding(what, (0, 0, 0, 2), expand=False))

    def ask(self) -> str | None:
        """A line that can be edited and called back; what was typed is kept until the program ends, and nowhere else."""
        self._console.print()
        try:
            if not sys.stdin.isatty():
                return input(PROMPT).strip()
            return self._editor.prompt(PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            return None

    @cached_property
    def _editor(self) -> PromptSession[str]:
        return _editor(self._commands)


class _Output(Vt100_Output):
    """Asks the terminal for nothing: over some connections the answer stands there as text."""

    responds_to_cpr = False


def _editor(commands: Sequence[str]) -> PromptSession[str]:
    """Reads lines with the keys of a terminal, and completes ``commands``; its history is in memory."""
    completer = WordCompleter([*commands], sentence=True)
    output = _Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
    return PromptSession(
        completer=completer,
        complete_while_typing=False,
        history=InMemoryHistory(),
        output=output,
        color_depth=ColorDepth.MONOCHROME,
        enable_suspend=True,
    )
