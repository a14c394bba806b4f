"""Tells which language a message is in, when it was decided that it is not English.

An entity ``language`` (ISO 639-1) fills the slot of that name, and the slot chooses the reply's variation. py3langid
alone would take one English message in forty for another language ("wifi password?"), so it is asked second.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from py3langid.langid import MODEL_FILE
from py3langid.langid import LanguageIdentifier as LangId
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.nlu.decider import Decision
from trialog.nlu.evidence import get
from trialog.operation.memory import give_memory_back

ENTITY = "language"

FOREIGN = "out_of_scope/other_language"

# Given when the language is none of those that have a reply of their own.
OTHER = "other"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageIdentifier(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``language`` to every message decided to be ``out_of_scope/other_language``; stands after the decider."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``replies``: the languages that have a reply; ``others``: more that must not be taken for one of them."""
        return {
            "replies": ["nl", "de", "fr", "es", "it", "pl", "tr", "ar", "uk"],
            "others": ["pt", "ru", "ro", "zh", "hi", "so", "fa", "el"],
        }

    def __init__(self, replies: Sequence[str], others: Sequence[str]) -> None:
        self._replies = replies
        self._others = others

    @cached_property
    def _identifier(self) -> LangId:
        """Loaded with the first message that needs it: it takes 9 MB, and most families write English."""
        identifier = LangId.from_pickled_model(MODEL_FILE)
        identifier.set_languages([*self._replies, *(code for code in self._others if code in identifier.nb_classes)])
        give_memory_back()
        return identifier

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageIdentifier:
        """A component for the languages of the configuration."""
        return cls(config["replies"], config["others"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entity to the messages it concerns."""
        for message in messages:
            decision = get(message, Decision)
            if decision and decision.topic == FOREIGN:
                text = message.get("text")
                found = [{"entity": ENTITY, "value": self.language_of(text), "start": 0, "end": len(text)}]
                message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def language_of(self, text: str) -> str:
        """The ISO 639-1 code of the language of ``text``; ``other`` if it has no reply."""
        code, _ = self._identifier.classify(text)
        return str(code) if code in self._replies else OTHER
