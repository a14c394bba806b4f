"""``trialog export-fhir``: write a study as FHIR R5 resources."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from trialog.content.fhir import bundle
from trialog.content.files import ContentError, ContentReader
from trialog.content.load import load_library
from trialog.content.registry.record import read_kept
from trialog.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--study", metavar="NAME", required=True, help="the study, one of those that are served")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file it is written to (shown by default)")


def run(arguments: argparse.Namespace) -> int:
    """Write the bundle; 2 if there is no such study."""
    content = Settings.from_environment().content
    try:
        library = load_library(content)
        reader = ContentReader(content)
        kept = read_kept(reader, content / "trials" / arguments.study)
        if reader.faults:
            raise ContentError(reader.faults)
    except ContentError as error:
        print(f"Nothing was exported: {error}", file=sys.stderr)
        return 2
    if arguments.study not in library.studies:
        print(f"Nothing was exported: no study '{arguments.study}' is served. There are: {', '.join(library.studies)}.", file=sys.stderr)
        return 2
    text = json.dumps(bundle(library, library.studies[arguments.study], kept), indent=2, ensure_ascii=False)
    if arguments.out is None:
        print(text)
        return 0
    try:
        arguments.out.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        print(f"Nothing was exported: {arguments.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    print(f"{arguments.out} holds a ResearchStudy and a Questionnaire (FHIR R5).")
    return 0
