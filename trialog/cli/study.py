"""The option of verbs that talk about one study: ``--study``."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Collection


class StudyError(Exception):
    """There is no such study; the message says which there are."""


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
