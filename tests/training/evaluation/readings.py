"""Readings made by hand, for the tests of what is counted."""

from trialog.content.model import DANGER
from trialog.nlu.decider import Evidence
from trialog.nlu.evidence import DangerEvidence, PersonalEvidence, Sign, TopicEvidence
from trialog.nlu.ranking import by_share
from trialog.nlu.thresholds import Thresholds
from trialog.training.evaluation.readings import Reading
from trialog.training.examples import Example

CLASSES = ["ask/cost", "safety/crisis", "safety/emergency", "out_of_scope/oos_general"]
THRESHOLDS = Thresholds(
    refusal=0.4,
    hurting=0.4,
    surely_hurting=0.7,
    alike=0.33,
    irreversible=0.65,
    danger=0.25,
    danger_in_few=0.4,
    sure_danger=0.9,
    unsure_danger=0.0,  # no alarm gives way: counting is easier to follow
    sure_denial=0.75,
    hint_of_danger=0.2,
    short=9,
    sure_question=0.6,
    surely_question=0.75,
    sure_act=0.45,
    meaning=0.5,
    danger_elsewhere=0.5,
    sure_elsewhere=0.5,
)


def reading(label: str, *shares: float, model: float | None = None, sign: bool = False, kinds: tuple[str, ...] = ()) -> Reading:
    """A line read with these probabilities of ``CLASSES``; the danger model agrees, or is sure by ``model`` of an emergency."""
    topics = dict(zip(CLASSES, shares, strict=True))
    opinion = {danger: topics[danger] for danger in DANGER} if model is None else dict(zip(DANGER, (model, 0.0), strict=True))
    danger = DangerEvidence(opinion, Sign("safety/emergency", "breathing") if sign else None, (), urgent=False, length=3)
    evidence = Evidence(TopicEvidence(by_share(list(topics.items()))), danger, PersonalEvidence(kinds, "x"))
    return Reading(Example("x", label, "uncle"), evidence)
