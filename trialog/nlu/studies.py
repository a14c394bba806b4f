"""Notices which studies a message names: by their own names, their drug, or their disease, through typing errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Span

from trialog.content.deployment import Deployment
from trialog.content.model import Library, Study
from trialog.content.subject import Called
from trialog.language.heard import Heard
from trialog.language.manner import ANSWERS, CUES
from trialog.language.phrases import PhraseMatcher
from trialog.language.slips import common_words
from trialog.nlu.at_hand import study_at_hand
from trialog.nlu.evidence import NamedStudies, put

ENTITY = "study"


class StudyFinder:
    """Finds the studies of a library by what they are called."""

    def __init__(self, library: Library) -> None:
        studies = library.studies.values()
        self._names = _Names(studies_by(lambda called: (*called.study, *called.tested), [*studies]))
        self._diseases = _Names(studies_by(lambda called: called.disease, [*studies]))

    def named_in(self, text: str, here: Study) -> NamedStudies:
        """The other studies that ``text`` names, and whether it names the one at hand. A name tells more than a disease."""
        for names, by_name in ((self._names, True), (self._diseases, False)):
            found = names.owners_in(text)
            if found:
                # What both studies are called names the one that is talked about.
                others = dict.fromkeys(study for owners in found if here.id not in owners for study in owners)
                return NamedStudies(tuple(others), any(here.id in owners for owners in found), by_name)
        return NamedStudies()


def studies_by(ways: Callable[[Called], Sequence[str]], studies: Sequence[Study]) -> dict[str, list[str]]:
    """The ids of the studies, in one text, that share a name; with the names they share."""
    owners: dict[str, list[str]] = {}
    for study in studies:
        for way in dict.fromkeys(ways(study.called)):
            owners.setdefault(way, []).append(study.id)
    shared: dict[str, list[str]] = {}
    for way, ids in owners.items():
        shared.setdefault(" ".join(ids), []).append(way)
    return shared


class _Names:
    """Names by the ids of the studies that share them. One that is written right is not taken for another that is spelt much like it."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._written, self._misspelt = PhraseMatcher(names, CUES), PhraseMatcher(names, ANSWERS)
        self._heard = Heard(name for shared in names.values() for name in shared)

    def owners_in(self, text: str) -> list[list[str]]:
        """The studies that each name in ``text`` stands for."""
        text = self._heard.mended(text)
        written = self._written.find(text)
        taken = {token.i for span in written for token in span}
        misspelt = [span for span in self._misspelt.find(text) if not taken & {token.i for token in span} and not _is_common(span)]
        return [span.label_.split() for span in (*written, *misspelt)]


def _is_common(span: Span) -> bool:
    """True for words that are none of a name's and no slip, either: "growing" is no "rowing"."""
    return all(token.lower_ in common_words() for token in span)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class StudyRecognizer(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``study`` for each other study that a message names; its value is the study's id. Adds ``NamedStudies``."""

    def __init__(self, library: Library) -> None:
        self._library, self._finder = library, StudyFinder(library)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> StudyRecognizer:
        """A recogniser for the studies of the content folder; a new one needs no training."""
        return cls(Deployment.current().library)

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message, and add the evidence."""
        for message in messages:
            named = self._finder.named_in(message.get("text") or "", study_at_hand(message, self._library))
            found = [{"entity": ENTITY, "value": study, "start": 0, "end": 0} for study in named.others]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
            put(message, named)
        return messages
