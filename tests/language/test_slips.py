"""Two letters that changed places are put back, what was written by ear is read, and nothing else is touched."""

import pytest

from trialog.language.slips import Slips

SLIPS = Slips(["came", "back", "from", "there", "lost", "High", "risk", "positive", "+ve", "cd22"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("it cmae bakc", "it came back"),
        ("hihg rsik!", "high risk!"),
        ("Psoitive, 22.", "positive, 22."),
        ("back from there", "back from there"),
        # A word that is known by itself, one that may be two, and what nobody knows.
        ("form", "form"),
        ("three lots", "three lots"),
        ("frmo dc22 acme", "from dc22 came"),
        ("teh", "teh"),
    ],
)
def test_letters_are_put_back_in_their_places(typed: str, meant: str) -> None:
    assert SLIPS.mended(typed) == meant


def test_a_slip_that_may_be_two_words_stays() -> None:
    slips = Slips(["abdc", "bacd"])
    assert (slips.mended("abcd"), slips.mended("badc")) == ("abcd", "badc")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("it kame bakk", "it came back"),
        ("frum ther, cam", "from there, came"),
        ("hy risc, losst", "hy risk, lost"),
        # What is a word itself, and what may be two.
        ("cat bat lot", "cat bat lot"),
    ],
)
def test_what_is_written_by_ear_is_read(typed: str, meant: str) -> None:
    assert SLIPS.mended(typed) == meant


def test_what_sounds_like_two_words_stays() -> None:
    assert Slips(["weak", "week"]).mended("weik") == "weik"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Of what sounds alike the one whose letters are nearest.
        ("it cayme bak", "it came back"),
        ("nyne yeers", "nine years"),
        # Too far from both, and as near to both.
        ("koum", "koum"),
        ("cyne", "cyne"),
    ],
)
def test_of_what_sounds_alike_the_nearest_is_meant(typed: str, meant: str) -> None:
    assert Slips(["it", "came", "come", "back", "nine", "none", "years", "cone", "cane"]).mended(typed) == meant
