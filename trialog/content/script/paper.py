"""The script on paper: as a page to print, and the words that both forms of it share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trialog.content.check.every_reply import HOSPITAL_LINE
from trialog.content.model import Library
from trialog.content.script.approvals import Approval, standing, to_approve
from trialog.content.script.script import Piece, Script, Words

TITLE = "All that the assistant can say"
SIGN = "Read by, date, signature:"

HOW_TO_READ = (
    "Every sentence stands here at least once, with the conditions under which it is said. Where sentences are put together in another "
    "way, this is counted and not printed again. Numbers to call are printed as they are said where no country is set. Those of every "
    f"country stand in a chapter of their own, and {HOSPITAL_LINE} stands for the hospital's own. “Grade” is the school grade needed to "
    "read the words (Flesch-Kincaid). A piece is approved as a whole; a change of one word ends its approval."
)

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


def as_html(script: Script, library: Library, approvals: Mapping[str, Approval], today: date) -> str:
    """The script as one page that needs nothing else."""
    return _TEMPLATES.get_template("script.html").render(
        script=script,
        about=about(library),
        counted=counted(script, approvals),
        how=HOW_TO_READ,
        today=today,
        standing=lambda piece: standing(piece, approvals),
        around=around,
        again=again,
        page_says=page_says,
    )


def about(library: Library) -> str:
    """Which studies it is about, and when their pages were last reviewed."""
    return "; ".join(f"{study.title}, page last reviewed on {study.last_reviewed}" for study in library.studies.values())


def counted(script: Script, approvals: Mapping[str, Approval]) -> str:
    """How many of the pieces are approved."""
    missing = len(to_approve(script, approvals))
    return f"{len(script.pieces) - missing} of {len(script.pieces)} pieces are approved."


def around(words: Words) -> str:
    """What stands above a wording: which part it is, when it is said, where it comes from, and how hard it is to read."""
    grade = words.grade
    parts = (
        words.part,
        f"when {words.when}" if words.when else "",
        f"from: {words.section}" if words.section else "",
        f"grade {max(grade, 0):.1f}" if grade is not None else "",
    )
    return " · ".join(filter(None, parts))


def page_says(piece: Piece) -> str:
    """The sentences of the page that the piece is told from, to be held against it."""
    return f"The page says: {' '.join(f'“{sentence}”' for sentence in piece.rests_on)}" if piece.rests_on else ""


def again(piece: Piece) -> str:
    """How many wordings are put together from sentences that are printed."""
    count = len(piece.words) - len(piece.shown)
    return f"Further replies put together from sentences printed here or above: {count}." if count else ""
