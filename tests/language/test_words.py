"""Words of the content are found in what families type, through typing errors."""

import pytest

from trialog.content.model import Library
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher


@pytest.fixture(scope="module")
def matcher(library: Library) -> PhraseMatcher:
    words = library.words(library.studies["itcc-059"]).values()
    return PhraseMatcher({word.id: word.spellings for word in words}, ANSWERS, exact={word.id: word.exact for word in words})


def found(matcher: PhraseMatcher, text: str) -> list[str]:
    return [span.label_ for span in matcher.find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what is CD22", ["cd22"]),
        ("what is cd 22?", ["cd22"]),
        ("CD-22 positive", ["cd22"]),
        ("calichamicin", ["calicheamicin"]),
        ("calicheamycin please", ["calicheamicin"]),
        ("what is remision", ["remission"]),
        ("complete remissoin", ["remission"]),
        ("my son has leukaemia", ["leukemia"]),
        ("lukemia", ["leukemia"]),
        ("what does refactory mean", ["refractory"]),
        ("what does MRD mean", ["mrd"]),
        ("minimal residule disease", ["mrd"]),
        ("acute lymphoblastic leukemia", ["all"]),
        ("they say it is ALL", ["all"]),
        ("we all went home", []),
        ("bone marow", ["bone_marrow"]),
        ("VHR and BMT", ["very_high_risk", "stem_cell_transplant"]),
        ("is remission the same as mrd", ["remission", "mrd"]),
        ("what a phrase", []),
        ("the weather is nice", []),
        ("", []),
    ],
)
def test_words_are_found_through_typing_errors(matcher: PhraseMatcher, text: str, words: list[str]) -> None:
    assert found(matcher, text) == words


def test_every_word_is_found_by_its_own_spellings(matcher: PhraseMatcher, library: Library) -> None:
    for word in library.words(library.studies["itcc-059"]).values():
        for spelling in word.spellings + word.exact:
            assert found(matcher, f"what is {spelling} please") == [word.id], spelling
