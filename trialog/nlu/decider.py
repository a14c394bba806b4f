"""Decides what a message is answered as, from the evidence that the components before it have added.

Every threshold is used and every precedence stands here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER
from trialog.nlu.evidence import DangerEvidence, PersonalEvidence, Ranking, TopicEvidence, get, put
from trialog.nlu.prediction import FALLBACK, set_prediction
from trialog.nlu.ranking import danger_first, danger_share, only, with_opinion, without_danger

PII = "safety/pii"

# Topics that the content answers.
ANSWERED = ("ask/", "term/")

# What is answered although the message holds personal data, too.
BESIDE_PERSONAL_DATA = (*ANSWERED, "followup/", "elig_start", *DANGER)

# Topics that ask nothing: with personal data in it, such a message is about the data.
PASTIME = ("smalltalk/greet", "smalltalk/thanks", "smalltalk/bye", "out_of_scope/oos_general", "out_of_scope/gibberish")


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, and ``short`` in words; config.yml says beside each value what it is for."""

    refusal: float
    danger: float
    sure_danger: float
    hint_of_danger: float
    short: int
    sure_question: float


class Reason(StrEnum):
    """Which rule decided. Holds nothing that was typed, so it may be logged."""

    SIGN = "sign of danger"
    OPINION = "opinion on danger"
    WITHDRAWN = "alarm taken back"
    PERSONAL_DATA = "only personal data"
    BESIDE = "question beside personal data"
    REFUSAL = "no topic likely enough"
    TOPIC = "likeliest topic"


@dataclass(frozen=True)
class Evidence:
    """All that a decision is made from."""

    topics: TopicEvidence
    danger: DangerEvidence
    personal: PersonalEvidence


@dataclass(frozen=True)
class Decision:
    """``topic`` is acted on: the first of ``ranking``, or ``nlu_fallback``; ``also_asked`` is that of a second question."""

    topic: str
    ranking: Ranking
    reason: Reason
    also_asked: str | None = None


def decide(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """What to act on. Danger goes first: an alarm too many is a sentence to read, one too few can cost a life."""
    danger = evidence.danger
    topics, reason = _heed_personal_data(evidence, thresholds)
    ranking = danger_first(with_opinion(topics, danger.opinion), thresholds.danger)
    topic, share = ranking[0]
    if danger.sign and topic not in DANGER and _is_heeded(danger, ranking, thresholds):
        return Decision(danger.sign.danger, only(danger.sign.danger, ranking), Reason.SIGN)
    if topic in DANGER and not _is_withdrawn(danger, ranking, thresholds):
        return Decision(topic, ranking, Reason.OPINION)
    if topic in DANGER:
        ranking, reason = without_danger(ranking), Reason.WITHDRAWN
        topic, share = ranking[0]
    if share < thresholds.refusal:
        return Decision(FALLBACK, ranking, Reason.REFUSAL)
    return Decision(topic, ranking, reason, _also_asked(evidence.topics, topic, reason, thresholds))


def _heed_personal_data(evidence: Evidence, thresholds: Thresholds) -> tuple[Ranking, Reason]:
    """A question asked beside personal data is answered; personal data alone is told to be unneeded."""
    ranking = danger_first(evidence.topics.whole, thresholds.danger)
    topic, share = ranking[0]
    if not evidence.personal.kinds or topic in DANGER:
        return ranking, Reason.TOPIC
    if topic in PASTIME or share < thresholds.refusal:
        return only(PII, ranking), Reason.PERSONAL_DATA
    beside = danger_first(evidence.topics.beside or ranking, thresholds.danger)
    asked, share = beside[0]
    if topic == PII and asked.startswith(BESIDE_PERSONAL_DATA) and share >= thresholds.sure_question:
        return beside, Reason.BESIDE
    return ranking, Reason.TOPIC


def _is_heeded(danger: DangerEvidence, ranking: Ranking, thresholds: Thresholds) -> bool:
    """Long stories hold signs of danger that are long over; short cries for help are often spelt as no model knows them."""
    return danger.length <= thresholds.short or danger_share(ranking) >= thresholds.hint_of_danger or danger.urgent


def _is_withdrawn(danger: DangerEvidence, ranking: Ranking, thresholds: Thresholds) -> bool:
    """An alarm of the opinions is taken back when they are not sure and every sentence only sounds like danger."""
    return not danger.sign and danger_share(ranking) < thresholds.sure_danger and ranking[0][0] in danger.harmless_for


def _also_asked(topics: TopicEvidence, topic: str, reason: Reason, thresholds: Thresholds) -> str | None:
    """The second study question of a message that holds two. Where the whole was harmless, so are its questions."""
    if not topic.startswith(ANSWERED):
        return None
    rankings = [without_danger(question) if reason == Reason.WITHDRAWN else question for question in topics.questions]
    asked = [ranking[0] for ranking in rankings]
    sure = dict.fromkeys(name for name, share in asked if share >= thresholds.sure_question and name.startswith(ANSWERED))
    # Two sentences on one topic are one question, and more than two answers are a leaflet.
    return next((name for name in sure if name != topic), None) if len(sure) > 1 else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decider(GraphComponent, IntentClassifier):
    """Sets intent, ranking and response choice, in the form Rasa's rules and retrieval actions work with."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Decider:
        """A decider with the thresholds of the configuration; all must be there."""
        return cls(Thresholds(**config))

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on every message that has the evidence for it."""
        for message in messages:
            topics, danger, personal = get(message, TopicEvidence), get(message, DangerEvidence), get(message, PersonalEvidence)
            if topics and danger and personal:
                decision = decide(Evidence(topics, danger, personal), self._thresholds)
                put(message, decision)
                set_prediction(message, decision.topic, decision.ranking, [decision.also_asked] if decision.also_asked else [])
                message.set("decided_by", {"rule": decision.reason, "sign": danger.sign and danger.sign.group}, add_to_output=True)
        return messages
