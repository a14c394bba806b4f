"""``trialog check --study NAME``: what somebody should look at in one study's folder, be it served or a draft."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from trialog.assistant.dialogues.proof import otherwise_ended, otherwise_understood
from trialog.assistant.engine import Engine, ModelError
from trialog.cli.patience import patient_engine
from trialog.content.check.content import check_study_alone
from trialog.content.check.page import page_of, without_an_answer
from trialog.content.files import ContentError, ContentReader
from trialog.content.load import is_draft, read_library, read_study, study_folders
from trialog.content.model import Library, Study
from trialog.content.page import FILE
from trialog.content.phrases import check_phrases
from trialog.content.proof import FAMILIES, QUESTIONS, Proof, read_proof, untried
from trialog.content.wording import Wording
from trialog.operation.progress import shown_on, steps
from trialog.settings import Settings, SettingsError


def check_study(name: str, responses: Path, settings: Settings) -> int:
    """Print all that should be looked at; 1 if there is something, 2 if the study cannot be checked."""
    folder = settings.content / "trials" / name
    if Path(name).name != name or not (folder / "study.yml").is_file():
        there_are = ", ".join(folder.name for folder in study_folders(settings.content))
        print(f"There is no study '{name}' in {settings.content / 'trials'}. There are: {there_are}.", file=sys.stderr)
        return 2
    try:
        library = _library(settings)
        found = _looked_at(folder, library, Wording.read(responses), settings)
    except (ContentError, ModelError, SettingsError) as error:
        print(f"Not all of it could be checked: {error}", file=sys.stderr)
        return 2
    if is_draft(folder):
        print(f"{name} is a draft: it is served when 'draft' is taken away from its study.yml.")
    print(f"Things to look at in {name}: {found}.")
    return 1 if found else 0


def _library(settings: Settings) -> Library:
    """All studies that can be read; raises ContentError where nothing can be told without what has faults."""
    reader = ContentReader(settings.content)
    library = read_library(reader, settings.trial)
    if library is None:
        raise ContentError(reader.faults)
    return library


def _looked_at(folder: Path, library: Library, wording: Wording, settings: Settings) -> int:
    reader = ContentReader(settings.content)
    study = read_study(reader, folder)
    proof = read_proof(reader, folder)
    check_phrases(reader, reader.files)
    if study is None or reader.faults:
        found = _told("Faults, with file and line", map(str, sorted(reader.faults)))
        print("It is not served, and its questions and families are not tried, until these are mended.")
        return found
    # Among the others, as it would be served.
    library = dataclasses.replace(library, studies={**library.studies, study.id: study})
    check_study_alone(reader, library, study, wording)
    found = _told("Faults, with file and line", (str(fault) for fault in sorted(reader.faults)))
    found += _told_of_page(folder, study) + _told_untried(library, study, proof)
    return found + (_told_played(settings, library, study, proof) if proof.questions or proof.families else 0)


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
    engine = patient_engine(settings, library)
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
    """Print what was found under ``heading``, and say how much it is."""
    lines = [f"  {one}" for one in found]
    if lines:
        print(f"{heading}:", *lines, sep="\n")
    return len(lines)
