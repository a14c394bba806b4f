"""Danger that the models missed, and alarms of theirs that are none.

The phrases are data (content/general/danger.yml). One that stands in a sentence without a harmless frame ("what if",
"last year", "no fever") raises the alarm; in a long message only if the models see at least a hint of danger, too.
An alarm that they raised by themselves is taken back when a harmless frame stands in each of its sentences, no
phrase of danger does, nobody cries for help, and they are not sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from trialog.content.deployment import Deployment
from trialog.content.model import DANGER, Danger
from trialog.language.manner import SIGNS
from trialog.language.phrases import PhraseMatcher
from trialog.language.sentences import clauses_in
from trialog.nlu.decider import FALLBACK, Ranking, danger_share, without_danger
from trialog.nlu.prediction import set_prediction
from trialog.nlu.second_look import SecondLook

EMERGENCY, CRISIS = DANGER

# Somebody who takes their life is in both: the crisis reply names the emergency number, too.
_FIRST = (CRISIS, EMERGENCY)


class DangerFinder:
    """Judges a text by the phrases of the content."""

    def __init__(self, danger: Danger) -> None:
        frames = {group: self._matcher(phrases, danger) for group, phrases in danger.calm.items()}
        self._calm = {name: frames[name.partition("/")[2]] for name in _FIRST}
        self._signs = {
            name: [
                (self._matcher(signs, danger), frames.get(group, self._calm[name]))
                for group, signs in danger.groups(name.partition("/")[2]).items()
            ]
            for name in _FIRST
        }
        self._urgent = self._matcher(danger.urgent, danger)

    @staticmethod
    def _matcher(phrases: Sequence[str], danger: Danger) -> PhraseMatcher:
        return PhraseMatcher({"sign": phrases}, SIGNS, danger.lists)

    def danger_in(self, text: str) -> str | None:
        """The class of the danger that one clause of ``text`` tells of without a harmless frame; None if none does."""
        clauses = clauses_in(text)
        for name in _FIRST:
            if any(signs.stand_in(clause) and not calm.stand_in(clause) for signs, calm in self._signs[name] for clause in clauses):
                return name
        return None

    def is_harmless(self, text: str, alarm: str) -> bool:
        """True if every clause of ``text`` has a harmless frame for ``alarm`` and nobody cries for help."""
        return all(map(self._calm[alarm].stand_in, clauses_in(text))) and not self.is_urgent(text)

    def is_urgent(self, text: str) -> bool:
        """True if somebody cries for help."""
        return any(map(self._urgent.stand_in, clauses_in(text)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(SecondLook):
    """Corrects the choice where the phrases of danger know better; stands after the danger reader in the pipeline."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``sure``: from this probability of danger on the models' alarm stays. ``hint``: a sign of danger in a message of
        more than ``short`` words needs at least this probability. ``threshold``: as the classifier's.
        """
        return {"sure": 0.9, "hint": 0.2, "short": 9, "threshold": 0.25}

    def __init__(self, config: dict[str, Any], finder: DangerFinder) -> None:
        self._config = config
        self._finder = finder

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SafetyNet:
        """A net of the phrases in the content folder; a change of theirs needs no training."""
        return cls(config, DangerFinder(Deployment.current().library.danger))

    def look(self, message: Message, text: str, ranking: Ranking) -> None:
        """Raise the alarm, or take it back, where the phrases know better."""
        best = ranking[0][0]
        danger = self._finder.danger_in(text)
        if danger and best not in DANGER and self._is_heeded(text, ranking):
            set_prediction(message, [(danger, 1.0), *((name, 0.0) for name, _ in ranking if name != danger)], danger)
        elif not danger and best in DANGER and danger_share(ranking) < self._config["sure"] and self._finder.is_harmless(text, best):
            rest = without_danger(ranking)
            set_prediction(message, rest, rest[0][0] if rest[0][1] >= self._config["threshold"] else FALLBACK)

    def _is_heeded(self, text: str, ranking: Ranking) -> bool:
        """Long stories hold signs of danger that are long over; short cries for help are often spelt as no classifier knows them."""
        is_short = len(text.split()) <= self._config["short"]
        return is_short or danger_share(ranking) >= self._config["hint"] or self._finder.is_urgent(text)
