"""The option of verbs that talk about one study: ``--study``."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
from collections.abc import Collection

from trialog.content.files import ContentError, ContentReader, Fault
from trialog.content.load import is_draft, load_library, read_library, read_study
from trialog.content.model import Library
from trialog.content.phrases import check_phrases
from trialog.settings import Settings

# So many faults are told of a study that cannot be talked about.
_TOLD = 3


class StudyError(Exception):
    """There is no such study, or it cannot be talked about; the message says which there are, or why."""


def add_study(parser: argparse.ArgumentParser) -> None:
    """Add the option to ``parser``."""
    told = "id of the study (by default the one of TRIALOG_TRIAL, or of default.yml)"
    parser.add_argument("--study", metavar="ID", default="", help=told)


def known_study(study: str, studies: Collection[str]) -> str:
    """``study``, which is empty or one of ``studies``; raises StudyError."""
    if study and study not in studies:
        likely = difflib.get_close_matches(study, studies, n=1)
        raise StudyError(f"there is no study '{study}'. {f'Is it {likely[0]}? ' if likely else ''}There are: {', '.join(studies)}.")
    return study


def library_with(settings: Settings, study: str) -> Library:
    """The content, with ``study`` in it even where it is a draft, which no server ever has; raises ContentError, StudyError."""
    folder = settings.content / "trials" / study
    if not study or not is_draft(folder):
        library = load_library(settings.content, settings.trial)
        if faults := library.left_out.get(study):
            raise StudyError(_told(study, "is left out", faults))
        return library
    reader = ContentReader(settings.content)
    others = read_library(reader, settings.trial)
    if others is None:
        raise ContentError(reader.faults)
    reader = ContentReader(settings.content)
    draft = read_study(reader, folder)
    check_phrases(reader, reader.files)
    if draft is None or reader.faults:
        raise StudyError(_told(study, "is a draft that cannot be tried yet", reader.faults))
    return dataclasses.replace(others, studies={**others.studies, study: draft})


def draft_note(settings: Settings, study: str) -> str:
    """What is said of a ``study`` that is a draft, else nothing."""
    is_one = bool(study) and is_draft(settings.content / "trials" / study)
    return f"{study} is a draft: you can try it here, and it is served to nobody." if is_one else ""


def _told(study: str, state: str, faults: Collection[Fault]) -> str:
    first = "\n".join(f"  {fault}" for fault in sorted(faults)[:_TOLD])
    return f"{study} {state} ({len(faults)} to mend):\n{first}\n`trialog check --study {study}` lists all of them."
