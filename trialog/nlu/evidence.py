"""What the components of the pipeline find in a message, each under a key of its own; none of them decides (``decider`` does).

Words, facts and the language stand in the message as entities, Rasa's own form: no decision about the topic needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from trialog.content.model import DANGER
from trialog.nlu.encoder.arrays import Array

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message

EMERGENCY, CRISIS = DANGER

# The moments at which a message has acts of its own: while danger lasts, in any conversation, and where a question of the questionnaire
# is open. Intents begin with them.
MOMENTS = IN_DANGER, TALK, AT_QUESTION = "in_danger", "talk", "at_question"

# Of a conversation's metadata: empty until a reply of that kind was given in it, which alone begins danger.
SAFETY = "safety"

# Topics of what is asked into the last answer, in whatever words.
FOLLOW_UP = "followup/"

# Topics of what a word means.
MEANS = "term/"

# The act of talk that asks for the questionnaire in words.
BEGIN = "begin"

# A message that does none of a moment's acts.
NO_ACT = "else"

# The topic of every message that is not in English.
FOREIGN = "out_of_scope/other_language"

# Topics with their probabilities, the likeliest first.
Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class PersonalEvidence:
    """The kinds of personal data in a message, and ``rest``, its text with the data cut out."""

    kinds: Sequence[str]
    rest: str


@dataclass(frozen=True)
class TopicEvidence:
    """The topics of the whole message; of its questions, if they are parts of it; of what it asks beside personal data.

    ``meaning`` is the topic of a word that the study alone explains, and how likely the message asks what it means.
    """

    whole: Ranking
    questions: Sequence[Ranking] = ()
    beside: Ranking | None = None
    meaning: tuple[str, float] | None = None


@dataclass(frozen=True)
class NamedStudies:
    """The ``others`` that a message names, by id, and whether it names the study at hand; ``by_name``: not by the disease alone."""

    others: Sequence[str] = ()
    here: bool = False
    by_name: bool = False


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


@dataclass(frozen=True)
class Embedding:
    """The sentence encoder's vector of the whole message, shape (1, dimension): it is read once, whoever needs it."""

    vectors: Array


@dataclass(frozen=True)
class ActEvidence:
    """What a message may do, by moment; and of what it does step by step while danger lasts ("I called them. Go on")."""

    whole: Mapping[str, Ranking]
    steps: Sequence[Ranking] = ()


@dataclass(frozen=True)
class ElsewhereEvidence:
    """A message in another ``language`` (ISO 639-1, or ``other``), with topics and danger by a model that reads it."""

    language: str
    topics: Ranking
    danger: Mapping[str, float]


Kind = TypeVar("Kind")


def moment_of(label: str) -> str | None:
    """The moment whose act ``label`` is ("in_danger/alone"); None for a topic."""
    return next((moment for moment in MOMENTS if label.startswith(f"{moment}/")), None)


def put(message: Message, evidence: object) -> None:
    """Keep ``evidence`` on ``message`` for the components that come later; it is no part of Rasa's output."""
    message.set(type(evidence).__name__, evidence)


def get(message: Message, kind: type[Kind]) -> Kind | None:
    """The evidence of that ``kind`` that a component put on ``message``; None if none did."""
    found: Kind | None = message.get(kind.__name__)
    return found
