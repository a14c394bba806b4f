"""The country that a message names, for the numbers to call."""

from __future__ import annotations

from rasa_sdk import Tracker

from trialog.content.model import Library
from trialog.language.manner import PLAIN
from trialog.language.phrases import PhraseMatcher

# Any country whose numbers are not known.
_ELSEWHERE = "elsewhere"


class Places:
    """Finds countries by the names in the content."""

    def __init__(self, library: Library) -> None:
        self._names = PhraseMatcher({**library.country_names, _ELSEWHERE: library.elsewhere}, PLAIN)

    def country_in(self, tracker: Tracker) -> str | None:
        """The code of the country that the message names; empty for one whose numbers are not known, None where it names none."""
        found = self._names.find(str(tracker.latest_message.get("text") or ""))
        return found[0].label_.removeprefix(_ELSEWHERE) if found else None
