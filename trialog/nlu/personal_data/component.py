"""Notices that a message holds personal data, and which kind; the data itself goes no further.

An entity ``personal_data`` has the kind as its value ("phone"), never the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
from trialog.nlu.personal_data.numbers import PersonalNumbers
from trialog.nlu.personal_data.phrases import PersonalPhrases

ENTITY = "personal_data"

# Messages without a question of their own: with personal data in them, it is told that none is needed.
_PASTIME = ("nlu_fallback", "smalltalk/greet", "smalltalk/thanks", "smalltalk/bye", "out_of_scope/oos_general", "out_of_scope/gibberish")

PII = "safety/pii"

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
    return {part for name in [*(name for study in studies for name in study.names), *spellings] for part in name.lower().split()}


def without_personal_data(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """``text`` with every piece of personal data cut out that ``entities`` name."""
    rest, last = [], 0
    for entity in entities:
        if entity["entity"] == ENTITY:
            rest.append(text[last : entity["start"]])
            last = entity["end"]
    return " ".join("".join([*rest, text[last:]]).split()).strip(" ,;:-–.")


def is_essentially_personal(topic: str) -> bool:
    """True if a message on ``topic`` asks nothing that would have to be answered beside its personal data."""
    return topic in _PASTIME


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PersonalData(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``personal_data`` for each piece of personal data; its value is the kind. Stands before the classifier."""

    def __init__(self, library: Library) -> None:
        self._finder = PersonalDataFinder(library)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> PersonalData:
        """A component for the words of the content folder; a change of theirs needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            found = self.entities_in(message.get("text") or "")
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def entities_in(self, text: str) -> list[dict[str, Any]]:
        """The entities of the personal data in ``text``, in its order."""
        return [{"entity": ENTITY, "value": kind, "start": start, "end": end} for kind, start, end in self._finder.find(text)]
