"""Notices that a message holds personal data, and which kind; the data itself goes no further.

An entity ``personal_data`` has the kind as its value ("phone"), never the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.content.model import Library
from trialog.nlu.evidence import PersonalEvidence, put
from trialog.nlu.personal_data.numbers import PersonalNumbers
from trialog.nlu.personal_data.phrases import PersonalPhrases

ENTITY = "personal_data"

# No word is that long; spaCy's tokenizer takes seconds over thousands of marks in a row.
_NO_WORD = re.compile(r"\S{81,}")

Piece = tuple[str, int, int]


class PersonalDataFinder:
    """Finds personal data by the words of the content."""

    def __init__(self, library: Library) -> None:
        self._numbers = PersonalNumbers(library.personal)
        self._phrases = PersonalPhrases(library.personal, _words_of_studies(library))

    def find(self, text: str) -> list[Piece]:
        """Kind, beginning and end of each piece of personal data in ``text``, in order; none overlap."""
        readable = _NO_WORD.sub(lambda run: " " * len(run[0]), text)
        found: list[Piece] = []
        for kind, start, end in chain(self._numbers.find(readable), self._phrases.find(readable)):
            if all(end <= begun or ended <= start for _, begun, ended in found):
                found.append((kind, start, end))
        return sorted(found, key=lambda piece: piece[1])


def _words_of_studies(library: Library) -> set[str]:
    """The words of every study's names and of all that is explained: "Inotuzumab Ozogamicin" is nobody's name."""
    studies = library.studies.values()
    spellings = [spelling for study in studies for word in library.words(study).values() for spelling in word.spellings]
    return {
        part
        for name in [*(name for study in studies for name in (*study.names, *study.called.study, *study.called.tested)), *spellings]
        for part in name.lower().split()
    }


def evidence_of(text: str, pieces: Sequence[Piece]) -> PersonalEvidence:
    """The kinds of the ``pieces`` found in ``text``, and what is left without them."""
    return PersonalEvidence([kind for kind, _, _ in pieces], without(text, pieces) if pieces else text)


def without(text: str, pieces: Sequence[Piece]) -> str:
    """``text`` with each of ``pieces`` cut out."""
    rest, last = [], 0
    for _, start, end in pieces:
        rest.append(text[last:start])
        last = end
    return " ".join("".join([*rest, text[last:]]).split()).strip(" ,;:-–.")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PersonalData(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``personal_data`` for each piece of personal data; its value is the kind. Adds ``PersonalEvidence``."""

    def __init__(self, library: Library) -> None:
        self._finder = PersonalDataFinder(library)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> PersonalData:
        """A component for the words of the content folder; a change of theirs needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message, and add the evidence."""
        for message in messages:
            text = message.get("text") or ""
            pieces = self._finder.find(text)
            found = [{"entity": ENTITY, "value": kind, "start": start, "end": end} for kind, start, end in pieces]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
            put(message, evidence_of(text, pieces))
        return messages
