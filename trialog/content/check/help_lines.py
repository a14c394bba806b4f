"""Numbers to call change: whoever checks the content is reminded of those that nobody has called for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trialog.content.model import STALE_AFTER_DAYS, Library


def numbers_to_call_again(library: Library, today: date) -> Iterator[str]:
    """A reminder for each country whose numbers were last confirmed too long before ``today``. It is no fault: the numbers may be right."""
    for country, lines in library.help_lines.items():
        if (today - lines.checked).days > STALE_AFTER_DAYS:
            yield f"The numbers of '{country}' were last checked on {lines.checked}. Call them again, and look at {lines.source}."
