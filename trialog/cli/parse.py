"""``trialog parse``: what the assistant sees in a message, what it decides, and what becomes of that."""

from __future__ import annotations

import argparse
import asyncio
import difflib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine, ModelError
from trialog.assistant.reasons.evidence import Data
from trialog.assistant.reasons.rows import rows
from trialog.assistant.reasons.turn import reasons
from trialog.assistant.watch import Watch
from trialog.cli.patience import patient_engine
from trialog.cli.study import StudyError, add_study, draft_note, known_study, library_with
from trialog.cli.terminal import Terminal, terminal
from trialog.content.criteria import UNKNOWN, WHO
from trialog.content.files import ContentError
from trialog.content.model import WORD_PREFIX, Library, Study
from trialog.content.replies.interview import payload
from trialog.content.replies.reply import payload_of
from trialog.eligibility.questionnaire import SOMEONE
from trialog.eligibility.turn import START
from trialog.settings import Settings, SettingsError

STANDARD_INPUT = "-"


class UseError(Exception):
    """What was asked for cannot be done; the message says what to do instead."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("what", nargs="+", help='a message, or files with a message on each line; "-" is the standard input')
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--after", metavar="TOPIC", default="", help="read it as said after the answer on this topic")
    moment.add_argument("--question", metavar="CRITERION", default="", help="read it as the answer to this question of the questionnaire")
    add_study(parser)
    parser.add_argument("--json", action="store_true", help="a line of JSON a message, without a word of it")
    parser.add_argument("--plain", action="store_true", help="plain lines, for a screen reader")


def run(arguments: argparse.Namespace) -> int:
    """Show what is seen in each message; 2 if nothing could be."""
    screen = terminal(plain=arguments.plain)
    try:
        messages = list(messages_in(arguments.what))
        settings = Settings.from_environment()
        engine = patient_engine(settings, library_with(settings, arguments.study))
        if note := draft_note(settings, arguments.study):
            print(note, file=sys.stderr)
        asyncio.run(show(engine, messages, arguments, screen))
    except (ContentError, ModelError, SettingsError, StudyError, UseError) as error:
        print(f"Nothing was read: {error}", file=sys.stderr)
        return 2
    return 0


async def show(engine: Engine, messages: Sequence[str], arguments: argparse.Namespace, screen: Terminal) -> None:
    """Show on ``screen`` what is seen in each of ``messages``, or print it as JSON; raises UseError."""
    library = engine.library
    study = library.study_of(known_study(arguments.study, library.studies))
    before = payloads_before(library, study, arguments.after, arguments.question)
    for number, message in enumerate(messages, start=1):
        told = await reasons_of(engine, message, study, before)
        if arguments.json:
            print(json.dumps({"number": number, **told}, ensure_ascii=False), flush=True)
        else:
            screen.line(message)
            screen.rows(rows(told))
            screen.line("")


def messages_in(what: Sequence[str]) -> Iterator[str]:
    """The lines of the files that ``what`` names; all other words are one message, because quotation marks are easily forgotten."""
    files = [name for name in what if name == STANDARD_INPUT or Path(name).is_file()]
    words = " ".join(word for word in what if word not in files)
    try:
        texts = [sys.stdin.read() if name == STANDARD_INPUT else Path(name).read_text(encoding="utf-8", errors="replace") for name in files]
    except OSError as error:
        raise UseError(f"{error.filename}: {error.strerror}.") from error
    yield from (line.strip() for text in [*texts, words] for line in text.splitlines() if line.strip())


def payloads_before(library: Library, study: Study, after: str, question: str) -> list[str]:
    """The buttons that bring a conversation to the answer on the topic ``after``, or to ``question``; raises UseError."""
    if question:
        criteria = [WHO, *study.criteria]
        _must_be(question, criteria, "question")
        earlier = criteria[: criteria.index(question)]
        return [f"/{START}", *(payload("person", SOMEONE) if name == WHO else payload("answer", f"{name}:{UNKNOWN}") for name in earlier)]
    if not after:
        return []
    # As the answer of this command calls it, too ("ask/cost", "term/cd22").
    name = after.removeprefix("ask/").replace("term/", WORD_PREFIX)
    topics = [topic for topic, known in library.topics.items() if known.kind in ("study", "questionnaire", "safety")]
    _must_be(name, [*topics, *(WORD_PREFIX + word for word in library.words(study))], "topic to be answered before")
    known = library.topics.get(name)
    return [f'/safety{{"topic": "{name}"}}' if known and known.kind == "safety" else payload_of(library, name)]


def _must_be(name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        likely = difflib.get_close_matches(name, known, cutoff=0.5) or known
        raise UseError(f"there is no {what} '{name}'. There are: {', '.join(likely[:8])}{' ...' if len(likely) > 8 else '.'}")


async def reasons_of(engine: Engine, message: str, study: Study, before: Sequence[str]) -> Data:
    """What the turn of ``message`` sees in a conversation of its own, in which ``before`` was pressed."""
    conversation, watch = new_id(), Watch()
    await engine.start(conversation, study.id, "cli")
    try:
        for button in before:
            await engine.press(conversation, button)
        return reasons(watch, await engine.say(conversation, message, watch=watch), engine.library)
    finally:
        await engine.conversations.forget(conversation)
