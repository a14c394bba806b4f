"""Places in a page that a command writes: ``<!-- figure: name -->what is counted<!-- /figure -->``, in a line or over several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_OPENING, _CLOSING = r"<!-- figure: ([a-z-]+) -->", "<!-- /figure -->"
_PLACE = re.compile(rf"({_OPENING})(.*?)({_CLOSING})", re.DOTALL)


class MarkError(Exception):
    """A page has a mark that cannot be filled; the message names it."""


def named(page: str) -> set[str]:
    """The figures that ``page`` tells."""
    return {place[2] for place in _PLACE.finditer(page)}


def filled(page: str, figures: Mapping[str, str]) -> str:
    """``page`` with every marked place written anew. Raises MarkError for a figure that nobody counts and a mark that is not closed."""
    places = list(_PLACE.finditer(page))
    if not len(places) == len(re.findall(_OPENING, page)) == page.count(_CLOSING) or any("<!-- figure" in place[3] for place in places):
        raise MarkError(f"each '<!-- figure: name -->' needs one '{_CLOSING}'")
    unknown = sorted({place[2] for place in places} - figures.keys())
    if unknown:
        raise MarkError(f"nothing counts the figure '{unknown[0]}'; there are {', '.join(sorted(figures))}")
    return _PLACE.sub(lambda place: f"{place[1]}{_laid_out(figures[place[2]])}{place[4]}", page)


def fill_pages(folder: Path, figures: Mapping[str, str]) -> list[Path]:
    """Write the pages of ``folder`` anew; those that changed. Raises MarkError that names the page, before anything is written."""
    pages = {}
    for file in sorted(folder.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        try:
            pages[file] = text, filled(text, figures)
        except MarkError as error:
            raise MarkError(f"{file}: {error}.") from None
    changed = [file for file, (before, after) in pages.items() if before != after]
    for file in changed:
        file.write_text(pages[file][1], encoding="utf-8")
    return changed


def _laid_out(figure: str) -> str:
    """A table stands by itself, a number in its line."""
    return f"\n\n{figure}\n\n" if "\n" in figure else figure
