"""Names and addresses in a text, by the phrases of content/general/personal_data.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialog.content.general import PersonalWords
from trialog.language.manner import PLAIN
from trialog.language.names import name_slots
from trialog.language.phrases import PhraseMatcher


class PersonalPhrases:
    """Finds names and addresses. ``no_names``: words with a capital that are none, such as drugs."""

    def __init__(self, words: PersonalWords, no_names: Iterable[str]) -> None:
        slots = name_slots({*words.no_names, *no_names}, words.particles)
        self._matcher = PhraseMatcher({"name": words.names, "address": words.addresses}, PLAIN, words.lists, slots)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Kind, beginning and end of each name and address, with the words that tell it."""
        for span in self._matcher.find(text):
            yield span.label_, span.start_char, span.end_char
