"""Who types, as far as a message says it."""

import pytest

from trialog.content.model import Library
from trialog.nlu.voices import VoiceFinder


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("hi im 9 and my brother has leukemia", "child"),
        ("I am eleven. What is leukemia?", "child"),
        ("my mummy is crying all the time", "child"),
        ("I'm 15 and I have cancer", "teenager"),
        ("I am a paediatric oncologist", "clinician"),
        ("our patient is CD22 positive", "clinician"),
        ("my granddaughter is six", "relative"),
        ("my little sister has leukemia", "sibling"),
        ("im 14 and my brother has ALL", "sibling"),
        ("I am his twin", "sibling"),
        ("my son is 9", "parent"),
        ("I have leukemia", "patient"),
        ("im 10 minutes away from the hospital", None),
        ("I am 10 weeks pregnant", None),
        ("what are the side effects", None),
        ("I'm 71", None),
    ],
)
def test_who_types(text: str, voice: str | None, library: Library) -> None:
    assert VoiceFinder(library.voices).find(text) == voice
