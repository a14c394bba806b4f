"""Which signs of danger are heard, and what a harmless frame around them does."""

import pytest

from trialog.content.model import Library
from trialog.nlu.danger.signs import DangerFinder
from trialog.nlu.evidence import CRISIS, EMERGENCY, DangerEvidence, Sign


@pytest.fixture(scope="module")
def finder(library: Library) -> DangerFinder:
    return DangerFinder(library.danger)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("he can't breathe", EMERGENCY),
        ("temp 39.2 and he had chemo on Monday", EMERGENCY),
        ("fever 100.4", EMERGENCY),
        ("no fever, but she won't wake up", EMERGENCY),
        ("my son says he wants to die", CRISIS),
        ("A lorry ran over her foot", EMERGENCY),
        ("dad fell off a ladder and does not move", EMERGENCY),
        ("there is a fire in our flat", EMERGENCY),
        ("call somebody, please", EMERGENCY),
        ("my phone fell out of the window", None),
        ("who signs for him if I should be hit by a bus", None),
        ("I feel like I have been run over by a lorry", None),
        ("What if he gets a fever? Now he is having a seizure.", EMERGENCY),
        ("what if he gets a fever", None),
        ("temp 37.4", None),
        ("she had a seizure last year", None),
        ("is my son going to die", None),
        ("how does the drug work", None),
    ],
)
def test_danger_in_a_text(finder: DangerFinder, text: str, danger: str | None) -> None:
    sign = finder.sign_in(text)
    assert (sign.danger if sign else None) == danger


@pytest.mark.parametrize(
    ("text", "harmless_for"),
    [
        ("what if he gets a fever", (EMERGENCY,)),
        ("what if he gets a fever, please help me", ()),
        ("what if he gets a fever. he looks odd", ()),
        ("he looks odd", ()),
    ],
)
def test_a_message_is_harmless_when_each_of_its_sentences_is(finder: DangerFinder, text: str, harmless_for: tuple[str, ...]) -> None:
    assert finder.evidence(text, {}).harmless_for == harmless_for


def test_the_evidence_names_the_sign_and_not_what_was_typed(finder: DangerFinder) -> None:
    opinion = {EMERGENCY: 0.2, CRISIS: 0.1}
    found = finder.evidence("please help, Ben can't breathe", opinion)
    assert found == DangerEvidence(opinion, Sign(EMERGENCY, "breathing"), (), urgent=True, length=5)
