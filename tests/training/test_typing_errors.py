"""Mistakes are made where people make them, and a line stays readable."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialog.training.typing_errors import NEIGHBOURS, misspelt, with_typing_errors


def test_each_kind_of_mistake_is_made() -> None:
    made = {misspelt("rash", random.Random(seed)) for seed in range(200)}
    assert {"rsh", "raash", "rsah", "rssh", "rassh", "rah", "rahs", "raah"} <= made


def test_a_word_keeps_its_first_letter_and_nearly_its_length() -> None:
    made = [misspelt("breathing", random.Random(seed)) for seed in range(200)]
    assert all(word[0] == "b" and abs(len(word) - len("breathing")) <= 1 for word in made)


@pytest.mark.parametrize("word", ["he", "fit", "38.5", "39°C", "can't"])
def test_short_words_and_numbers_stay(word: str) -> None:
    assert {misspelt(word, random.Random(seed)) for seed in range(20)} == {word}


def test_a_long_line_gets_more_mistakes_than_a_short_one() -> None:
    line = "breathing " * 32
    kept = [with_typing_errors(line, random.Random(seed)).split().count("breathing") for seed in range(40)]
    typed = [count for count in kept if count > len(line.split()) / 2]
    assert len(typed) > 20, "most lines are not written by ear"
    assert all(28 <= count <= 31 for count in typed)


def test_the_same_chance_makes_the_same_mistakes() -> None:
    line = "My daughter has trouble breathing, what's to do?"
    assert with_typing_errors(line, random.Random(5)) == with_typing_errors(line, random.Random(5))


@given(st.text())
def test_any_text_can_be_written_badly(text: str) -> None:
    written = with_typing_errors(text, random.Random(0))
    assert len(written.split()) <= len(text.split())


def test_a_key_is_mistaken_for_one_beside_it() -> None:
    assert (NEIGHBOURS["q"], NEIGHBOURS["g"], NEIGHBOURS["m"]) == ("w", "fh", "n")


def test_some_write_a_whole_line_by_ear() -> None:
    line = "Does it have to come back first?"
    written = {with_typing_errors(line, random.Random(seed)) for seed in range(200)}
    assert sum("cum" in way or "kum" in way for way in written) > 20
    assert all(way.endswith("?") for way in written if "kum" in way), "the marks stay"
