"""What the components of the pipeline find in a message, each under a key of its own; none of them decides (``decider`` does).

Words, facts and the language stand in the message as entities, Rasa's own form: no decision about the topic needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER

EMERGENCY, CRISIS = DANGER

# Topics with their probabilities, the likeliest first.
Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class PersonalEvidence:
    """The kinds of personal data in a message, and ``rest``, its text with the data cut out."""

    kinds: Sequence[str]
    rest: str


@dataclass(frozen=True)
class TopicEvidence:
    """The topics of the whole message; of each of its questions, if there are several; of what it asks beside personal data."""

    whole: Ranking
    questions: Sequence[Ranking] = ()
    beside: Ranking | None = None


@dataclass(frozen=True)
class Sign:
    """A phrase of danger was heard: of which class of danger, and in which group of content/general/danger.yml it stands."""

    danger: str
    group: str


@dataclass(frozen=True)
class DangerEvidence:
    """The danger model's opinion (a probability for each class of danger) beside what the phrases say.

    ``sign`` stands in a clause without a harmless frame. ``harmless_for`` are the classes of danger for which each
    clause has such a frame. ``urgent``: somebody cries for help. ``length`` of the message, in words.
    """

    opinion: Mapping[str, float]
    sign: Sign | None
    harmless_for: Sequence[str]
    urgent: bool
    length: int


Kind = TypeVar("Kind")


def put(message: Message, evidence: object) -> None:
    """Keep ``evidence`` on ``message`` for the components that come later; it is no part of Rasa's output."""
    message.set(type(evidence).__name__, evidence)


def get(message: Message, kind: type[Kind]) -> Kind | None:
    """The evidence of that ``kind`` that a component put on ``message``; None if none did."""
    found: Kind | None = message.get(kind.__name__)
    return found
