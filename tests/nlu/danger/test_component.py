"""The second opinion on danger costs a pass of an encoder: it is asked for where the topics leave a doubt."""

from collections.abc import Sequence

import pytest
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER, Library
from trialog.nlu.danger.component import DangerRecognizer
from trialog.nlu.danger.model import DangerModel
from trialog.nlu.danger.signs import DangerFinder
from trialog.nlu.evidence import DangerEvidence, Ranking, TopicEvidence, get, put

EMERGENCY, CRISIS = DANGER
HARMLESS: Ranking = [("ask/side_effects", 0.99995), (EMERGENCY, 0.00004), (CRISIS, 0.00001)]
DOUBTFUL: Ranking = [("ask/side_effects", 0.99), (EMERGENCY, 0.009), (CRISIS, 0.001)]


class Asked(DangerModel):
    """Stands for the model: only whether it is asked matters here."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def opinions(self, texts: Sequence[str]) -> list[dict[str, float]]:
        self.texts += texts
        return [{EMERGENCY: 0.7, CRISIS: 0.1} for _ in texts]


@pytest.mark.parametrize(("topics", "opinion"), [(HARMLESS, 0.00004), (DOUBTFUL, 0.7), (None, 0.7)])
def test_who_is_asked(library: Library, topics: Ranking | None, opinion: float) -> None:
    model, message = Asked(), Message({"text": "does it make her pale"})
    if topics:
        put(message, TopicEvidence(topics))
    DangerRecognizer(model, DangerFinder(library.danger)).process([message])
    evidence = get(message, DangerEvidence)
    assert evidence
    assert evidence.opinion[EMERGENCY] == opinion
    assert model.texts == ([] if topics is HARMLESS else ["does it make her pale"])


def test_a_sign_is_heard_in_any_case(library: Library) -> None:
    message = Message({"text": "she is not breathing"})
    put(message, TopicEvidence(HARMLESS))
    DangerRecognizer(Asked(), DangerFinder(library.danger)).process([message])
    evidence = get(message, DangerEvidence)
    assert evidence
    assert evidence.sign
    assert evidence.sign.danger == EMERGENCY
