"""Hears who types, where a message says it ("im 9", "my patient"): an entity ``typing`` with a name from the content, never the words."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.content.general import Voices
from trialog.language.manner import SIGNS
from trialog.language.phrases import PhraseMatcher
from trialog.language.sentences import sentences_in

ENTITY = "typing"


class VoiceFinder:
    """Judges a text by the phrases of content/general/voices.yml."""

    def __init__(self, voices: Voices) -> None:
        self._not_an_age = PhraseMatcher({"age": voices.not_an_age}, SIGNS, voices.lists)
        self._voices = {voice: PhraseMatcher({voice: phrases}, SIGNS, voices.lists) for voice, phrases in voices.voices.items()}

    def find(self, text: str) -> str | None:
        """Who types; None where the text does not say it."""
        sentences = [sentence for sentence in sentences_in(text) if not self._not_an_age.stand_in(sentence)]
        return next((voice for voice, matcher in self._voices.items() if any(map(matcher.stand_in, sentences))), None)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VoiceRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds the entity ``typing``; Rasa keeps it in the slot of that name."""

    def __init__(self, finder: VoiceFinder) -> None:
        self._finder = finder

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> VoiceRecognizer:
        """A recogniser for the voices of the content; needs no training."""
        return cls(VoiceFinder(Deployment.current().library.voices))

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entity to each message that says who types."""
        for message in messages:
            voice = self._finder.find(message.get("text") or "")
            found = [{"entity": ENTITY, "value": voice, "start": 0, "end": 0}] if voice else []
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages
