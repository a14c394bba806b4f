"""What the components of the pipeline found in a message, and what was decided from it, as plain data without a word of the message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER
from trialog.nlu.decider import Decision
from trialog.nlu.elsewhere.language import ENGLISH
from trialog.nlu.evidence import (
    NO_ACT,
    ActEvidence,
    DangerEvidence,
    ElsewhereEvidence,
    NamedStudies,
    PersonalEvidence,
    Ranking,
    TopicEvidence,
    get,
)
from trialog.nlu.facts import ENTITY as FACT
from trialog.nlu.facts import StatedEvidence
from trialog.nlu.voices import ENTITY as VOICE
from trialog.nlu.words import ENTITY as WORD

# How many topics are told: the first and its runners-up. Of acts fewer, because there are three moments.
TOPICS, ACTS = 3, 2

# Below it an act is noise.
_LEAST = 0.05

Data = dict[str, Any]


def evidence_of(message: Message) -> Data:
    """What was found in ``message``, which has been through the whole pipeline."""
    topics, personal, elsewhere = get(message, TopicEvidence), get(message, PersonalEvidence), get(message, ElsewhereEvidence)
    danger, studies, stated = get(message, DangerEvidence), get(message, NamedStudies), get(message, StatedEvidence)
    return {
        "topics": _ranking(topics.whole) if topics else [],
        "questions": [first for ranking in topics.questions for first in _ranking(ranking, 1)] if topics else [],
        "beside_personal_data": _ranking(topics.beside or [], 1) if topics else [],
        "danger": _danger(danger, topics.whole) if danger and topics else None,
        "acts": _acts(get(message, ActEvidence)),
        "words": _values(message, WORD),
        "facts": list(_facts(stated, _values(message, FACT))) if stated else [],
        "personal_data": list(dict.fromkeys(personal.kinds)) if personal else [],
        "typing": next(iter(_values(message, VOICE)), None),
        "studies": list(studies.others) if studies else [],
        "language": elsewhere.language if elsewhere else ENGLISH,
        "elsewhere": {"topics": _ranking(elsewhere.topics), **_shares(elsewhere.danger)} if elsewhere else None,
        "decision": _decision(get(message, Decision)),
    }


def pressed(message: Message) -> Data | None:
    """What a button said; None for a message that was typed."""
    if not str(message.get("text") or "").startswith("/"):
        return None
    says = {entity["entity"]: entity["value"] for entity in message.get("entities", [])}
    return {"intent": message.get("intent", {}).get("name"), **says}


def _ranking(ranking: Ranking, most: int = TOPICS) -> list[Data]:
    return [{"topic": name, "share": round(share, 3)} for name, share in ranking[:most]]


def _danger(danger: DangerEvidence, topics: Ranking) -> Data:
    """Both opinions on danger, and what the phrases say."""
    return {
        "model": _shares(danger.opinion),
        "topics": _shares(dict(topics)),
        "sign": {"danger": _name(danger.sign.danger), "group": danger.sign.group} if danger.sign else None,
        "urgent": danger.urgent,
        "harmless_for": [_name(danger) for danger in danger.harmless_for],
    }


def _shares(opinion: Mapping[str, float]) -> Data:
    return {_name(danger): round(opinion.get(danger, 0.0), 3) for danger in DANGER}


def _name(danger: str) -> str:
    """As the content calls it: "crisis"."""
    return danger.partition("/")[2]


def _acts(acts: ActEvidence | None) -> dict[str, list[Data]]:
    """The acts by moment; a moment at which the message does nothing is left out."""
    if not acts:
        return {}
    found = {moment: ranking[:ACTS] for moment, ranking in acts.whole.items() if ranking[0][0] != NO_ACT}
    return {
        moment: [{"act": name, "share": round(share, 3)} for name, share in ranking if share >= _LEAST] for moment, ranking in found.items()
    }


def _values(message: Message, kind: str) -> list[str]:
    """The values of the entities of that ``kind``, each once."""
    return list(dict.fromkeys(entity["value"] for entity in message.get("entities", []) if entity["entity"] == kind))


def _facts(stated: StatedEvidence, facts: Sequence[str]) -> Iterator[Data]:
    """What is said of each criterion: the answer, if it is one of the ``facts``, and how it stands where not simply true."""
    noted = dict(fact.split(":")[1:] for fact in facts)
    named = [name for name, spans in stated.parsed.values.items() if spans]
    for name in dict.fromkeys([*noted, *stated.reads, *named]):
        read, spans = stated.reads.get(name), stated.parsed.values.get(name, [])
        stances = {stance.value for span in spans for stance in stated.parsed.message.stances(span.start, span.end)}
        yield {
            "criterion": name,
            "answer": noted.get(name, read.answer if read else None),
            "noted": name in noted,
            "several": list(read.several) if read else [],
            "stands": sorted(stances),
        }


def _decision(decision: Decision | None) -> Data | None:
    if not decision:
        return None
    also = {"also_asked": list(decision.also_asked)} if decision.also_asked else {}
    return {"topic": decision.topic, "rule": decision.reason.value, "ranking": _ranking(decision.ranking), **also}
