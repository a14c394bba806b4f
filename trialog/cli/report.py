"""``trialog report``: what families asked and did not get, as a page and as a table."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

from trialog.content.files import ContentError
from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.operation.counts import read
from trialog.operation.report import Titles, report_of
from trialog.settings import Settings, SettingsError

# A week, today included.
DAYS = 7

# What is no topic of ours, and no criterion.
_NAMES = {"none": "Something else", "who": "Whom it is about", "review": "The last check of all answers"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="first day, as 2026-11-24 (a week before)")
    parser.add_argument("--until", dest="last", type=_day, metavar="DAY", help="last day (today)")
    parser.add_argument("--out", type=Path, default=Path("results/report"), help="the folder it is written to (results/report)")


def run(arguments: argparse.Namespace) -> int:
    """Write the page and the table; 2 where there is nothing to make them of."""
    last: date = arguments.last or date.today()
    first: date = arguments.first or last - timedelta(days=DAYS - 1)
    try:
        settings = Settings.from_environment()
        if not settings.counts:
            print("Nothing is counted: name a file in TRIALOG_COUNTS, and start the server anew.", file=sys.stderr)
            return 2
        if first > last:
            print(f"The first day, {first}, is after the last, {last}.", file=sys.stderr)
            return 2
        counted = read(Path(settings.counts), first, last)
        report = report_of(counted, first, last, _titles(load_library(settings.content)))
    except (OSError, sqlite3.Error):
        print(f"'{settings.counts}' (TRIALOG_COUNTS) holds no counts: has the server run with this setting?", file=sys.stderr)
        return 2
    except (ContentError, SettingsError) as error:
        print(f"There is no report: {error}", file=sys.stderr)
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "report.html").write_text(report.as_html(), encoding="utf-8")
    (arguments.out / "report.csv").write_text(report.as_csv(), encoding="utf-8")
    print(f"What was asked from {first} to {last}. Written to {arguments.out}: report.html to read, report.csv for a spreadsheet.")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day: write it as 2026-11-24") from None


def _titles(library: Library) -> Titles:
    def topic(name: str) -> str:
        # A word of a study that is not the default one is known to its study alone.
        titles = (library.title(name, study) for study in library.studies.values())
        return _NAMES.get(name) or next((title for title in titles if title != name), name)

    def step(study: str, name: str) -> str:
        criterion = library.study_of(study).criteria.get(name)
        return criterion.title if criterion else _NAMES.get(name, name)

    return Titles(topic, step)
