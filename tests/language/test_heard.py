"""Names are found as people write them who only heard them, and nothing else is taken for one."""

import pytest

from tests.banks import held_out
from trialog.language.heard import Heard

HEARD = Heard(["CalmBand", "raynaud", "raynauds", "NTRK", "scout", "TRK", "CB-7", "inotuzumab", "scout~ (study|trial)", "white fingers"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("witch hospitle is the calm ban at", "witch hospitle is the CalmBand at"),
        ("is it ray nodes or cold fingers", "is it raynauds or cold fingers"),
        ("what is raynode", "what is raynaud"),
        ("wot is en track, doctor", "wot is NTRK, doctor"),
        ("is ino too zoo mab strong", "is inotuzumab strong"),
        # As it is written, or with a typing error that others find.
        ("is CalmBand safe, and inotuzumap?", "is CalmBand safe, and inotuzumap?"),
        # Other words, common ones among them, and names too short or with signs.
        ("acute lymphoblastic leukaemia", "acute lymphoblastic leukaemia"),
        ("it ruined the way around", "it ruined the way around"),
        ("a trek of a kind", "a trek of a kind"),
        ("see bee seven", "see bee seven"),
        ("", ""),
    ],
)
def test_names_are_written_as_they_are_meant(said: str, meant: str) -> None:
    assert HEARD.mended(said) == meant


def test_a_name_is_found_where_it_stands() -> None:
    assert HEARD.find("the calm ban, or raynode") == [(4, 12, "CalmBand"), (17, 24, "raynaud")]


def test_everyday_sentences_hold_no_names() -> None:
    sentences = [sentence for bank in ("everyday", "questions") for group in held_out(bank).values() for sentence in group]
    assert len(sentences) > 400
    assert [sentence for sentence in sentences if HEARD.find(sentence)] == []


def test_without_names_nothing_is_heard() -> None:
    assert Heard([]).find("the calm ban") == []
