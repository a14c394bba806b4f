"""Decides what a message is answered as, from the evidence that the components before it have added.

Every threshold is used and every precedence stands here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import ANSWERED, DANGER
from trialog.eligibility.turn import START
from trialog.nlu.evidence import (
    BEGIN,
    FOLLOW_UP,
    FOREIGN,
    IN_DANGER,
    MEANS,
    NO_ACT,
    TALK,
    ActEvidence,
    DangerEvidence,
    ElsewhereEvidence,
    NamedStudies,
    PersonalEvidence,
    Ranking,
    TopicEvidence,
    get,
    put,
)
from trialog.nlu.prediction import FALLBACK, set_prediction
from trialog.nlu.ranking import danger_first, danger_share, only, with_opinion, without, without_danger
from trialog.nlu.thresholds import Thresholds

PII, TRICK = "safety/pii", "out_of_scope/oos_adversarial"

# What is none of our subjects may still be something that people say to each other ("he laughed today").
NO_SUBJECT = ("out_of_scope/oos_general", "out_of_scope/oos_medical", "out_of_scope/gibberish")

# What is answered although the message holds personal data, too.
BESIDE_PERSONAL_DATA = (*ANSWERED, FOLLOW_UP, "elig_start", *DANGER)

# What hurts an honest person who is taken for it wrongly: refused as a trick, sent away, told of death, told off for a name.
HURTING = ("out_of_scope/oos_", "safety/prognosis", PII)

# What is answered alike, by what it is answered as: where none of it is likely enough, all of it together may be.
ALIKE = {
    "safety/distress": ("safety/distress", "safety/crisis", "safety/prognosis"),
    "smalltalk/thanks": ("smalltalk/thanks", "smalltalk/bye"),
}

# What cannot be undone.
DELETE = "smalltalk/delete_conversation"

# What is never answered for this study when another one is named: all but safety, thanks, goodbyes and the like.
_OUR_TALK = ("smalltalk/greet", "smalltalk/capabilities", FALLBACK)
ABOUT_A_STUDY = (*ANSWERED, FOLLOW_UP, "elig_start", "studies/", "out_of_scope/oos_", *_OUR_TALK)
WHO_CAN_ENTER = "ask/who_can_enter"
ANOTHER_STUDY, COMPARED = "studies/another", "studies/compared"

# The act of somebody who says that there is no danger ("no, I'm not suicidal").
DENIED = "false_alarm"

# What nobody in danger does: tell how the day was, be glad, ask about the answer before.
NOT_IN_DANGER = ("told", "good_news", "shorter", "simpler", "source", "how_many", "of_whom", "said_about", "again")

# So few words tell a model little ("Goodbye").
FEW_WORDS = 2

# Topics that ask nothing: with personal data in it, such a message is about the data.
PASTIME = ("smalltalk/greet", "smalltalk/thanks", "smalltalk/bye", "out_of_scope/oos_general", "out_of_scope/gibberish")


class Reason(StrEnum):
    """Which rule decided. Holds nothing that was typed, so it may be logged."""

    SIGN = "sign of danger"
    OPINION = "opinion on danger"
    WITHDRAWN = "alarm taken back"
    PERSONAL_DATA = "only personal data"
    BESIDE = "question beside personal data"
    ELSEWHERE = "another language"
    REFUSAL = "no topic likely enough"
    SPARED = "not sure enough for what would hurt or cannot be undone"
    ALIKE = "topics that are answered alike"
    STUDY = "another study named"
    MEANING = "what a word of the study means"
    TOPIC = "likeliest topic"
    ACT = "act of a conversation"


@dataclass(frozen=True)
class Evidence:
    """All that a decision is made from."""

    topics: TopicEvidence
    danger: DangerEvidence
    personal: PersonalEvidence
    acts: ActEvidence | None = None
    elsewhere: ElsewhereEvidence | None = None
    studies: NamedStudies = field(default_factory=NamedStudies)


@dataclass(frozen=True)
class Decision:
    """``topic`` is acted on: the first of ``ranking``, or ``nlu_fallback``; ``also_asked`` are those of further questions."""

    topic: str
    ranking: Ranking
    reason: Reason
    also_asked: tuple[str, ...] = ()


def decide(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """What to act on; the facts of one study are never told to somebody who names another."""
    studies = evidence.studies
    if studies.here and studies.by_name:
        # Who names the study at hand, or what it tests, asks of nothing else.
        evidence = replace(evidence, topics=replace(evidence.topics, whole=without(evidence.topics.whole, NO_SUBJECT)))
    decision = _in_any_language(evidence, thresholds)
    # A disease is a word to be explained, too.
    if not studies.others or not decision.topic.startswith(ABOUT_A_STUDY) or (decision.topic.startswith(MEANS) and not studies.by_name):
        return decision
    topic = COMPARED if studies.here or len(studies.others) > 1 else ANOTHER_STUDY
    return Decision(topic, only(topic, decision.ranking), Reason.STUDY)


def _in_any_language(evidence: Evidence, thresholds: Thresholds) -> Decision:
    decision = _as_english(evidence, thresholds)
    return _elsewhere(decision, evidence.elsewhere, thresholds) if evidence.elsewhere else decision


def _elsewhere(decision: Decision, elsewhere: ElsewhereEvidence, thresholds: Thresholds) -> Decision:
    """What to act on in another language: danger that either reading sees, a topic that is sure, or that it is another language."""
    if decision.topic in (*DANGER, PII):
        return decision
    if sum(elsewhere.danger.values()) >= thresholds.danger_elsewhere:
        worst = max(elsewhere.danger, key=lambda name: elsewhere.danger[name])
        return Decision(worst, only(worst, decision.ranking), Reason.ELSEWHERE)
    topic, share = elsewhere.topics[0]
    # The questionnaire is in English alone: who asks for it gets the page's words on who can take part.
    topic = WHO_CAN_ENTER if topic == START else topic
    if topic.startswith(ANSWERED) and share >= thresholds.sure_elsewhere:
        return Decision(topic, only(topic, elsewhere.topics), Reason.ELSEWHERE)
    return Decision(FOREIGN, only(FOREIGN, decision.ranking), Reason.ELSEWHERE)


def _as_english(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """What a message is about. Danger goes first: an alarm too many is a sentence to read, one too few can cost a life."""
    danger = evidence.danger
    topics, reason = _heed_personal_data(evidence, thresholds)
    ranking = with_opinion(topics, danger.opinion)
    is_little = danger.length <= FEW_WORDS and danger_share(ranking) < thresholds.danger_in_few
    ranking = without_danger(ranking) if is_little else danger_first(ranking, thresholds.danger)
    topic, share = ranking[0]
    if danger.sign and topic not in DANGER and _is_heeded(danger, ranking, thresholds):
        return Decision(danger.sign.danger, only(danger.sign.danger, ranking), Reason.SIGN)
    if topic in DANGER and not _is_withdrawn(evidence, ranking, thresholds):
        return Decision(topic, ranking, Reason.OPINION)
    if topic in DANGER:
        ranking, reason = without_danger(ranking), Reason.WITHDRAWN
        topic, share = ranking[0]
    if reason in (Reason.TOPIC, Reason.WITHDRAWN) and (word := _word_asked(evidence.topics, topic, thresholds)):
        return Decision(word, only(word, ranking), Reason.MEANING)
    if reason in (Reason.TOPIC, Reason.WITHDRAWN) and (act := _act(evidence.acts, topic, share, thresholds)):
        return Decision(act[0], [act, *(pair for pair in ranking if pair[0] != act[0])], Reason.ACT)
    asked = _asked(evidence.topics, reason, thresholds)
    (topic, share), *_ = ranking = _giving_way(ranking, thresholds)
    if share < thresholds.refusal and not asked:
        return _together(evidence.topics, thresholds) or Decision(FALLBACK, ranking, Reason.REFUSAL)
    if (topic.startswith(HURTING) and share < thresholds.hurting) or (topic == DELETE and share < thresholds.irreversible):
        return Decision(FALLBACK, ranking, Reason.SPARED)
    if share < thresholds.refusal or (topic == START and asked and _is_beside_the_question(evidence.topics, thresholds)):
        # A question in a long story, or one of two, may be lost in the whole; what is told beside it asks for nothing.
        topic, ranking = asked[0], only(asked[0], ranking)
    # Beside the questionnaire one question is another one; beside an answer it is the answered one, read by itself.
    more = topic == START or (len(asked) > 1 and topic.startswith(ANSWERED))
    return Decision(topic, ranking, reason, tuple(name for name in asked if more and name != topic))


def _word_asked(topics: TopicEvidence, topic: str, thresholds: Thresholds) -> str:
    """The topic of a word of the study that is asked after; none where the lines explain a word that is meant."""
    word, share = topics.meaning or ("", 0.0)
    return word if share >= thresholds.meaning and not topic.startswith(MEANS) else ""


def _giving_way(ranking: Ranking, thresholds: Thresholds) -> Ranking:
    """``ranking`` without a trick in front that is not sure enough to be refused as one, and has a likely second."""
    (topic, share), *rest = ranking
    is_unsure = topic == TRICK and thresholds.hurting <= share < thresholds.surely_hurting
    likely = bool(rest) and rest[0][1] >= thresholds.alike and not rest[0][0].startswith((*HURTING, *DANGER))
    return rest if is_unsure and likely else ranking


def _together(topics: TopicEvidence, thresholds: Thresholds) -> Decision | None:
    """What topics that are answered alike are likely enough for together; None where they are not, either."""
    shares = dict(topics.whole)
    sums = {name: sum(shares.get(topic, 0.0) for topic in alike) for name, alike in ALIKE.items()}
    best = max(sums, key=lambda name: sums[name])
    return Decision(best, only(best, without_danger(topics.whole)), Reason.ALIKE) if sums[best] >= thresholds.alike else None


def _act(acts: ActEvidence | None, topic: str, share: float, thresholds: Thresholds) -> tuple[str, float] | None:
    """What the message does to the conversation, where that is surer than what it is about."""
    act, certainty = acts.whole[TALK][0] if acts else (NO_ACT, 0.0)
    least = thresholds.sure_act if topic in NO_SUBJECT else max(thresholds.sure_act, share)
    if act == NO_ACT or certainty < least:
        return None
    return START if act == BEGIN else f"{TALK}/{act}", certainty


def _heed_personal_data(evidence: Evidence, thresholds: Thresholds) -> tuple[Ranking, Reason]:
    """A question asked beside personal data is answered; personal data alone is told to be unneeded."""
    ranking = danger_first(evidence.topics.whole, thresholds.danger)
    topic, share = ranking[0]
    if not evidence.personal.kinds or topic in DANGER:
        return ranking, Reason.TOPIC
    about_data = topic in PASTIME or topic == PII or share < thresholds.refusal
    beside = danger_first(evidence.topics.beside or ranking, thresholds.danger)
    asked, sure = beside[0]
    # An address makes "tell me more" sound like a question for one.
    if (about_data or sure > share) and asked.startswith(BESIDE_PERSONAL_DATA) and sure >= thresholds.hurting:
        return beside, Reason.BESIDE
    return (only(PII, ranking), Reason.PERSONAL_DATA) if about_data else (ranking, Reason.TOPIC)


def _is_heeded(danger: DangerEvidence, ranking: Ranking, thresholds: Thresholds) -> bool:
    """Long stories hold signs of danger that are long over; short cries for help are often spelt as no model knows them."""
    return danger.length <= thresholds.short or danger_share(ranking) >= thresholds.hint_of_danger or danger.urgent


def _is_withdrawn(evidence: Evidence, ranking: Ranking, thresholds: Thresholds) -> bool:
    """An alarm of the opinions is taken back when they are not sure, and every sentence only sounds like danger or it is denied."""
    if evidence.danger.sign or danger_share(ranking) >= thresholds.sure_danger:
        return False
    if danger_share(ranking) < thresholds.unsure_danger and _is_something_else(evidence, thresholds):
        return True
    act, share = evidence.acts.whole[IN_DANGER][0] if evidence.acts else (NO_ACT, 0.0)
    return ranking[0][0] in evidence.danger.harmless_for or (act == DENIED and share >= thresholds.sure_denial)


def _is_something_else(evidence: Evidence, thresholds: Thresholds) -> bool:
    """True for a message that is surely about the study, or surely does what nobody in danger does."""
    topic, share = max(((name, share) for name, share in evidence.topics.whole if name not in DANGER), key=lambda pair: pair[1])
    act, certainty = evidence.acts.whole[TALK][0] if evidence.acts else (NO_ACT, 0.0)
    does_so = act in NOT_IN_DANGER and certainty >= thresholds.sure_question
    return does_so or (topic.startswith((*ANSWERED, START)) and share >= thresholds.sure_act)


def _is_beside_the_question(topics: TopicEvidence, thresholds: Thresholds) -> bool:
    """True where taking part is only told of: no question by itself is about it, and one is surely about something else."""
    first = [ranking[0] for ranking in topics.questions]
    return all(name != START for name, _ in first) and any(share >= thresholds.surely_question for _, share in first)


def _asked(topics: TopicEvidence, reason: Reason, thresholds: Thresholds) -> list[str]:
    """The study questions and that for taking part among the sentences of a message. Where the whole was harmless, so are they."""
    first = [(without_danger(question) if reason == Reason.WITHDRAWN else question)[0] for question in topics.questions]
    # Two sentences on one topic are one question.
    return list(dict.fromkeys(name for name, share in first if share >= thresholds.sure_question and name.startswith((*ANSWERED, START))))


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
                acts, elsewhere = get(message, ActEvidence), get(message, ElsewhereEvidence)
                studies = get(message, NamedStudies) or NamedStudies()
                decision = decide(Evidence(topics, danger, personal, acts, elsewhere, studies), self._thresholds)
                put(message, decision)
                set_prediction(message, decision.topic, decision.ranking, decision.also_asked)
                message.set("decided_by", {"rule": decision.reason, "sign": danger.sign and danger.sign.group}, add_to_output=True)
        return messages
