"""What is written by ear sounds as the word does, and is what people who spell by ear write."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialog.language.by_ear import as_it_sounds, likeness_of


def ways(word: str) -> set[str]:
    """The spellings of ``word`` by many who only heard it."""
    return {as_it_sounds(word, random.Random(seed)) for seed in range(100)}


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("back", "bak"),
        ("breathe", "breeve"),
        ("come", "kum"),
        ("first", "furst"),
        ("keep", "keap"),
        ("knife", "nif"),
        ("phase", "fase"),
        ("question", "kwestion"),
        ("relapse", "relaps"),
        ("remission", "remishun"),
        ("side", "sid"),
        ("stopped", "stopt"),
        ("what", "wot"),
    ],
)
def test_it_is_written_as_it_sounds(word: str, heard: str) -> None:
    assert heard in ways(word)


def test_a_letter_may_be_written_as_it_is() -> None:
    assert "can" in ways("can")


@pytest.mark.parametrize("word", ["7", "38.5", "cd22"])
def test_numbers_stay(word: str) -> None:
    assert all([sign for sign in way if sign.isdigit()] == [sign for sign in word if sign.isdigit()] for way in ways(word))


@given(st.text(min_size=1))
def test_any_word_is_written_somehow(word: str) -> None:
    assert as_it_sounds(word, random.Random(0))


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("came", "cayme"),
        ("came", "kaim"),
        ("nine", "nyne"),
        ("twelve", "twelf"),
        ("fourteen", "forteen"),
        ("found", "fownd"),
        ("doctor", "dokta"),
    ],
)
def test_what_only_differs_in_its_vowels_is_alike(word: str, heard: str) -> None:
    assert likeness_of(word) == likeness_of(heard)


@pytest.mark.parametrize(("word", "other"), [("came", "back"), ("nine", "time"), ("found", "fine"), ("risk", "rise")])
def test_what_has_other_consonants_is_not(word: str, other: str) -> None:
    assert likeness_of(word) != likeness_of(other)
