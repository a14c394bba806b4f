"""Unknown words are read as the nearest common one; words, names, other languages and gibberish stay."""

import pytest

from trialog.language.spelling import Spelling

# The commonest first.
COMMON = ["does", "hurt", "side", "effects", "leukemia", "study", "think", "qualify", "hospital", "enough", "things", "recommend", "them"]
SPELLING = Spelling(COMMON, {*COMMON, "iqbal", "qualities"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sid effcts?", "side effects?"),
        ("do i qualfy", "do i qualify"),
        # Two letters in a long word, but not in a short one.
        ("the hspitall", "the hospital"),
        ("stxxy", "stxxy"),
        # Two that changed places are one slip, and the likelier word is the one that begins alike.
        ("lukeemia, tihnk", "leukemia, think"),
        # By ear.
        ("inuff, dus it", "enough, does it"),
        # A word of its own, a name, capitals, what is no word.
        ("a short think", "a short think"),
        ("Mrs Iqbal has qualities", "Mrs Iqbal has qualities"),
        ("QUALFY", "qualify"),
        ("thnk2 don't", "thnk2 don't"),
        # Most likely another language.
        ("qualfy, señor", "qualfy, señor"),
    ],
)
def test_a_misspelt_word_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    assert SPELLING.mended(typed) == meant


def test_names_that_are_handed_in_stay() -> None:
    assert (SPELLING.mended("efects"), SPELLING.mended("efects", {"efects"})) == ("effects", "efects")


def test_the_commoner_of_two_that_are_as_near_is_meant() -> None:
    assert Spelling(["cold", "bold"], set()).mended("zold") == "cold"
    assert Spelling(["bold", "cold"], set()).mended("zold") == "bold"


def test_a_text_with_many_unknown_words_is_not_misspelt() -> None:
    gibberish = " ".join(f"eff{letter}ects" for letter in "abcdefghijklm")
    assert SPELLING.mended(gibberish) == gibberish
    assert SPELLING.mended(gibberish.rpartition(" ")[0]).count("effects") == 12
