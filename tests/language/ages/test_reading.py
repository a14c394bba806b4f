"""Every phrasing of ages.yml is read as written there, and no text is too strange to read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from trialog.language.ages.reading import Age, find_ages, read_age

LIST = YAML(typ="safe").load(Path(__file__).with_name("ages.yml"))
TODAY: date = LIST["today"]


def age_of(expected: Any) -> Age:
    note = expected.get("note") if isinstance(expected, dict) else None
    months = expected["months"] if isinstance(expected, dict) else expected
    least, most = months if isinstance(months, list) else (12 * months, 12 * months + 11)
    return Age(least, most, note)


def phrasings(kind: str) -> list[tuple[str, Age]]:
    return [(text, age_of(expected)) for group in LIST[kind].values() for text, expected in group.items()]


NOT_AGES = [text for group in LIST["not_ages"].values() for text in group]


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(phrasings("stated")) + len(phrasings("bare")) >= 200
    assert len(NOT_AGES) >= 50


@pytest.mark.parametrize(("text", "expected"), [*phrasings("stated"), *phrasings("bare")])
def test_an_answer_gives_the_months_it_can_mean(text: str, expected: Age) -> None:
    assert read_age(text, TODAY) == expected


@pytest.mark.parametrize(("text", "_"), phrasings("stated"))
def test_an_age_said_outright_needs_no_question(text: str, _: Age) -> None:
    assert any(found.explicit for found in find_ages(text, TODAY))


@pytest.mark.parametrize(("text", "_"), phrasings("bare"))
def test_a_number_alone_is_not_said_outright(text: str, _: Age) -> None:
    assert not any(found.explicit for found in find_ages(text, TODAY))


@pytest.mark.parametrize("text", NOT_AGES)
def test_other_numbers_are_nobodys_age(text: str) -> None:
    assert find_ages(text, TODAY) == []
    assert read_age(text, TODAY) is None


@pytest.mark.parametrize("text", LIST["undecided"])
def test_two_children_are_not_guessed_between(text: str) -> None:
    assert len(find_ages(text, TODAY)) == 2
    assert read_age(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("she is forteen, I think", ["forteen"]),
        ("🙂 he's twenty-one", ["twenty-one"]),
        ("I'm 41 and my daughter is eight", ["41", "eight"]),
    ],
)
def test_places_are_those_of_the_original_text(text: str, words: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_ages(text, TODAY)] == words


def test_the_writers_own_age_is_marked() -> None:
    assert [found.speaker for found in find_ages("I'm 41 and my daughter is 8", TODAY)] == [True, False]


FRAGMENTS = st.sampled_from(
    ["she is ", "born ", "31/02/2016", "turns ", "0", "99", ";", " years ", "not ", "½", "forteen ", "her 0th birthday is ", "-"]
)


@given(st.text() | st.lists(FRAGMENTS | st.text(max_size=3)).map("".join), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@example("0;99", TODAY)
@example("9" * 5000, TODAY)
@example("she is ٣ ²", TODAY)
@example("turns 0 next week, her 0th birthday is tomorrow", TODAY)
def test_no_text_raises_and_every_age_is_an_interval_inside_the_text(text: str, today: date) -> None:
    for found in find_ages(text, today):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.age.least <= found.age.most < 121 * 12
    read_age(text, today)
