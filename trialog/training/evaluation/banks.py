"""The figures of the banks: messages that nothing was trained on, so danger is measured on them alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trialog.content.model import DANGER
from trialog.nlu.decider import Evidence
from trialog.nlu.evidence import PersonalEvidence, TopicEvidence
from trialog.nlu.ranking import by_share, without_danger
from trialog.nlu.thresholds import Thresholds
from trialog.training.evaluation.measures import share
from trialog.training.evaluation.readings import Reading
from trialog.training.examples import Example

# Banks of danger and what only sounds like it; in the others every message is harmless.
DANGER_BANKS = (
    "safety/alarms.yml",
    "held_out/alarms.yml",
    "held_out/danger.yml",
    "held_out/everyday.yml",
    "held_out/alarms_later.yml",
    "held_out/questions.yml",
)
PERSONAL_BANKS = ("held_out/personal_data.yml", "safety/personal_data.yml")

# The group of a bank of personal data that holds none.
NONE = "none"

Readings = Sequence[Reading]


def is_bank(file: Path) -> bool:
    """True for a file of messages by group; other files of the tests hold dialogues, which are lists, or Rasa's stories."""
    try:
        bank = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError):
        return False
    return isinstance(bank, dict) and all(isinstance(part, dict | list) for part in bank.values()) and "stories" not in bank


def read_bank(file: Path) -> list[Example]:
    """Every message of a bank, however its groups are nested; its class is the last group, its voice the first."""
    return list(_messages(YAML(typ="safe").load(file.read_text(encoding="utf-8")), ()))


def _messages(bank: Any, groups: tuple[str, ...]) -> Iterator[Example]:
    for name, part in bank.items():
        if isinstance(part, dict):
            yield from _messages(part, (*groups, name))
        else:
            yield from (Example(text, name, (*groups, name)[0]) for text in part)


def danger_banks(banks: dict[str, Readings], thresholds: Thresholds) -> dict[str, dict[str, int]]:
    """For each bank how many dangers are noticed, and how many harmless messages alarm."""
    return {name: _counted(readings, thresholds) for name, readings in banks.items()}


def danger_curve(readings: Readings, thresholds: Thresholds) -> list[dict[str, float]]:
    """What other thresholds of danger would bring on all banks together."""
    steps = [step / 20 for step in range(2, 13)]
    return [{"threshold": step, **_counted(readings, replace(thresholds, danger=step))} for step in steps]


def ablation(readings: Readings, thresholds: Thresholds) -> dict[str, dict[str, int]]:
    """What each part of the decision on danger brings on all banks together: the same rules, with less evidence."""
    return {
        name: _counted([replace(reading, evidence=without(reading.evidence)) for reading in readings], thresholds)
        for name, without in WITHOUT.items()
    }


def personal_data(readings: Readings) -> dict[str, dict[str, int]]:
    """For each kind how many messages hold such data and how many are noticed, rightly named or not."""
    kinds: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        kinds[reading.example.label].append(reading)
    return {
        kind: {
            "messages": len(group),
            "noticed": sum(bool(reading.evidence.personal.kinds) for reading in group),
            "named": sum(kind in reading.evidence.personal.kinds for reading in group),
        }
        for kind, group in kinds.items()
    }


def understood(readings: Readings, thresholds: Thresholds) -> float:
    """The share of messages decided as the topic that their bank names, in percent."""
    decided = [(reading.decision(thresholds).topic, reading.example.label) for reading in readings]
    return share(topic == label or topic.endswith(f"/{label}") for topic, label in decided)


def _counted(readings: Iterable[Reading], thresholds: Thresholds) -> dict[str, int]:
    alarms = [(f"safety/{reading.example.label}" in DANGER, reading.decision(thresholds).topic in DANGER) for reading in readings]
    return {
        "dangers": sum(is_danger for is_danger, _ in alarms),
        "noticed": sum(is_danger and alarm for is_danger, alarm in alarms),
        "harmless": sum(not is_danger for is_danger, _ in alarms),
        "alarmed": sum(alarm and not is_danger for is_danger, alarm in alarms),
    }


def _without_signs(evidence: Evidence) -> Evidence:
    return replace(evidence, danger=replace(evidence.danger, sign=None, harmless_for=()))


def _without_classifier(evidence: Evidence) -> Evidence:
    """The danger model's opinion in place of the classifier's: two that agree change nothing."""
    opinion = evidence.danger.opinion
    harmless = 1 - sum(opinion.values())
    whole = [*opinion.items(), *((name, likely * harmless) for name, likely in without_danger(evidence.topics.whole))]
    return replace(evidence, topics=TopicEvidence(by_share(whole)), personal=PersonalEvidence((), ""))


def _without_model(evidence: Evidence) -> Evidence:
    """The classifier's opinion in place of the danger model's."""
    opinion = {name: likely for name, likely in evidence.topics.whole if name in DANGER}
    return replace(evidence, danger=replace(evidence.danger, opinion=opinion))


def _only_signs(evidence: Evidence) -> Evidence:
    """No opinion at all."""
    topics = TopicEvidence([*without_danger(evidence.topics.whole), *((name, 0.0) for name in DANGER)])
    return replace(evidence, topics=topics, danger=replace(evidence.danger, opinion=dict.fromkeys(DANGER, 0.0)))


WITHOUT: dict[str, Callable[[Evidence], Evidence]] = {
    "as served": lambda evidence: evidence,
    "without the signs": _without_signs,
    "without the topic classifier's opinion": _without_classifier,
    "without the danger model": _without_model,
    "the danger model alone": lambda evidence: _without_signs(_without_classifier(evidence)),
    "the topic classifier alone": lambda evidence: _without_signs(_without_model(evidence)),
    "the signs alone": _only_signs,
}
