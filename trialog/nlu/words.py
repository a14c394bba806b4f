"""Recognises the words the content explains, through typing errors, as entities ``word``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.content.model import Library, Word
from trialog.language.heard import Heard
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher
from trialog.nlu.at_hand import ForStudies

ENTITY = "word"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class WordRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``word`` for each word in a message that is explained for the study at hand; its value is the word's id."""

    def __init__(self, library: Library) -> None:
        self._words = ForStudies(lambda study: _Words(library.words(study).values()), library)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> WordRecognizer:
        """A recogniser for the words of each study, and the general ones; a new study needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            _, words = self._words.at_hand(message)
            found = [
                {"entity": ENTITY, "value": word, "start": start, "end": end} for start, end, word in words.find(message.get("text") or "")
            ]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages


class _Words:
    """Finds the words of one study in what is typed."""

    def __init__(self, words: Collection[Word]) -> None:
        self._matcher = PhraseMatcher({word.id: word.spellings for word in words}, ANSWERS, exact={word.id: word.exact for word in words})
        names = {spelling: word.id for word in words for spelling in word.spellings if spelling.replace(" ", "").isalpha()}
        self._names, self._heard = names, Heard(names)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """From and to which character a word stands, and its id; those that were only heard where none is written."""
        written = [(span.start_char, span.end_char, span.label_) for span in self._matcher.find(text)]
        return written or [(start, end, self._names[name]) for start, end, name in self._heard.find(text)]
