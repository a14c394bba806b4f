"""Keeps what families state in passing about the published points, so that the questionnaire need not ask again.

An entity ``fact`` has the value ``study:criterion:answer`` ("itcc-059:age:108-119") and none of the words typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.content.criteria import WHO
from trialog.content.deployment import Deployment
from trialog.content.model import Library
from trialog.eligibility.reader import Parsed
from trialog.eligibility.reading import Read
from trialog.language.assertion import parts_of
from trialog.nlu.at_hand import readers_of
from trialog.nlu.evidence import put

ENTITY = "fact"


@dataclass(frozen=True)
class StatedEvidence:
    """A message as it was looked through for facts, and what was understood of it, by criterion; not all of that is a fact."""

    parsed: Parsed
    reads: Mapping[str, Read]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``fact`` for each clear answer that a message states, and ``StatedEvidence``; questions state nothing."""

    def __init__(self, library: Library) -> None:
        self._readers = readers_of(library)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> FactRecognizer:
        """A recogniser for the criteria of each study; a new one needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            found = [{"entity": ENTITY, "value": value, "start": 0, "end": 0} for value in self.facts_in(message)]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def facts_in(self, message: Message) -> list[str]:
        """The facts that ``message`` states about the points of the study at hand; puts beside it how they stand."""
        study, reader = self._readers.at_hand(message)
        text = message.get("text") or ""
        stated = parts_of(text).stated
        answers = {}
        if stated:
            parsed, reads = reader.understood(stated, date.today())
            answers = reader.clear(reads)
            put(message, StatedEvidence(parsed, reads))
        # "Can my brother be in it? I'm 13 and he is 16": whom it is about stands in the question.
        person = reader.phrases.person(text) if answers else None
        return [f"{study.id}:{name}:{answer}" for name, answer in {**answers, **({WHO: person} if person else {})}.items()]
