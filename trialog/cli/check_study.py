"""``trialog check --study NAME``: what somebody should look at in one study's folder."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from trialog.assistant import engine as assistant
from trialog.assistant.dialogues.proof import otherwise_ended, otherwise_understood
from trialog.assistant.engine import Engine, ModelError
from trialog.content.check.content import check_content
from trialog.content.check.page import page_of, without_an_answer
from trialog.content.files import ContentError, ContentReader
from trialog.content.load import load_library
from trialog.content.model import Library, Study
from trialog.content.page import FILE
from trialog.content.proof import FAMILIES, QUESTIONS, Proof, read_proof, untried
from trialog.operation.progress import shown_on, steps
from trialog.settings import Settings, SettingsError

# What is compared are replies, not how fast a busy machine gives them.
_PATIENCE_SECONDS = 120


def check_study(name: str, responses: Path, settings: Settings) -> int:
    """Print all that should be looked at; 1 if there is something, 2 if the study cannot be checked."""
    folder = settings.content / "trials" / name
    if not name or not (folder / "study.yml").is_file():
        there_are = ", ".join(sorted(file.parent.name for file in folder.parent.glob("*/study.yml")))
        print(f"There is no study '{name}' in {folder.parent}. There are: {there_are}.", file=sys.stderr)
        return 2
    faults = [str(fault) for fault in check_content(settings.content, responses) if f"/trials/{name}/" in fault.path]
    found = _told("Faults, with file and line", faults)
    try:
        library = load_library(settings.content, settings.trial)
    except ContentError as error:
        print(f"The questions and families were not tried: {error}", file=sys.stderr)
        return 2
    if name not in library.studies:
        print("It is not served, and its questions and families are not tried, until these are mended.")
        return 1
    study = library.studies[name]
    proof = read_proof(ContentReader(settings.content), folder)
    found += _told_of_page(folder, study) + _told_untried(library, study, proof)
    if proof.questions or proof.families:
        try:
            found += _told_played(settings, library, study, proof)
        except (ModelError, SettingsError) as error:
            print(f"The questions and families were not tried: {error}", file=sys.stderr)
            return 2
    print(f"{found} things to look at in {name}." if found else f"Nothing to look at in {name}.")
    return 1 if found else 0


def _told_of_page(folder: Path, study: Study) -> int:
    if page_of(folder, study) is None:
        return _told(f"{FILE} is missing", ["put the approved page there, as text: then each answer is held against it"])
    unused = [f"{heading}: “{sentence}”" for heading, sentence in without_an_answer(folder, study)]
    found = _told("The page says this, and nothing rests on it", unused)
    if study.is_stale(date.today()):
        found += _told("The page is old", [f"it was last reviewed on {study.last_reviewed}; ask if it still holds"])
    return found


def _told_untried(library: Library, study: Study, proof: Proof) -> int:
    topics, points = untried(library, study, proof)
    found = [f"{QUESTIONS} asks nothing about: {', '.join(topics)}"] if topics else []
    found += [f"no family of {FAMILIES} is told: {', '.join(points)}"] if points else []
    return _told("Not tried", found)


def _told_played(settings: Settings, library: Library, study: Study, proof: Proof) -> int:
    assistant.REPLY_SECONDS = assistant.DANGER_SECONDS = _PATIENCE_SECONDS
    engine = Engine.load(settings, library)
    with shown_on(sys.stderr):
        understood, ended = asyncio.run(_played(engine, study, proof))
    asked = sum(len(one.ask) for one in proof.questions)
    runs = sum(family.runs for family in proof.families)
    found = _told(f"Questions understood otherwise (of {asked})", understood) + _told(f"Families told otherwise (of {runs})", ended)
    print(f"{asked} questions and {runs} families were tried.")
    return found


async def _played(engine: Engine, study: Study, proof: Proof) -> tuple[list[str], list[str]]:
    questions = steps(f"Asking about {len(proof.questions)} topics", proof.questions, len(proof.questions))
    understood = [found for asked in questions for found in await otherwise_understood(engine, study, asked)]
    families = steps(f"Playing {len(proof.families)} families", proof.families, len(proof.families))
    return understood, [found for family in families for found in await otherwise_ended(engine, study, family)]


def _told(heading: str, found: Iterable[str]) -> int:
    """Print what was found under ``heading``, and how much it is."""
    lines = list(_lines(found))
    if lines:
        print(f"{heading}:", *lines, sep="\n")
    return len(lines)


def _lines(found: Iterable[str]) -> Iterator[str]:
    return (f"  {one}" for one in found)
