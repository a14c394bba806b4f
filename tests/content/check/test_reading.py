import pytest

from trialog.content.check import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two three! Four?", ["One.", "Two three!", "Four?"]),
        ("A list:\n• first point\n• second point", ["A list:", "first point", "second point"]),
        ("In 94% of them. Yes.", ["In 94% of them.", "Yes."]),
        ("You could ask:\n“Who pays?”", ["You could ask:", "Who pays?"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert reading.lines(text) == expected


@pytest.mark.parametrize(("sentence", "count"), [("very-high-risk leukemia", 2), ("It's 94% of them", 4), ("…", 0)])
def test_words(sentence: str, count: int) -> None:
    assert reading.words(sentence) == count


def test_longest_name_is_masked_first() -> None:
    assert reading.masked("Inotuzumab ozogamicin binds", ["inotuzumab", "inotuzumab ozogamicin"]) == "drug binds"


def test_names_do_not_make_a_reply_hard() -> None:
    text = "The drug is inotuzumab ozogamicin."
    assert reading.grade(text, ["inotuzumab ozogamicin"]) < reading.grade(text, [])


def test_plain_words_are_easier_than_long_ones() -> None:
    assert (
        reading.grade("The cat sat on the mat.", []) < 2 < 12 < reading.grade("Pharmacological interventions necessitate evaluation.", [])
    )
