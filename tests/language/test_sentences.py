import pytest

from trialog.language.sentences import clauses_in, last_sentence, questions_in, sentences_in


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("No fever. He can't wake up!", ["No fever.", "He can't wake up!"]),
        ("39.4 degrees, shivering", ["39.4 degrees, shivering"]),
        ("Ist das so?\nJa", ["Ist das so?", "Ja"]),
        ("هل هذا خطير؟ نعم", ["هل هذا خطير؟", "نعم"]),
        (" ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_in(text) == sentences


@pytest.mark.parametrize(("text", "last"), [("She is 9. My son is ", "My son is "), ("She is 9. ", ""), ("aged 4.5", "aged 4.5")])
def test_what_stands_behind_the_last_sentence(text: str, last: str) -> None:
    assert last_sentence(text) == last


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("a fever last month and now it is back", 2),
        ("he was fine but he is grey", 2),
        ("button", 1),
        ("temp: 39.4; pulse: 150", 4),
        ("at 10:30, 39.4 degrees, shivering", 1),
        ("...", 0),
    ],
)
def test_clauses(text: str, clauses: int) -> None:
    assert len(clauses_in(text)) == clauses


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("He is 9. And can he join? how long does it take. Thanks", ["And can he join?", "how long does it take."]),
        ("What ages may join, and who pays for the trip?", ["What ages may join", "who pays for the trip?"]),
        ("where is it and is it still open", ["where is it", "is it still open"]),
        ("how old may they be, who pays, and where is it?", ["how old may they be", "who pays", "where is it?"]),
        ("Is it safe, is it free, how long does it take?", ["Is it safe", "is it free", "how long does it take?"]),
        # One question each: what is joined is no second one.
        ("Can my son, who is five, join?", ["Can my son, who is five, join?"]),
        ("It is safe, is it?", ["It is safe, is it?"]),
        ("Is it for boys and girls?", ["Is it for boys and girls?"]),
        ("what is safe and is not", ["what is safe and is not"]),
        ("He is 9 and what helps him is rest", []),
    ],
)
def test_questions(text: str, asked: list[str]) -> None:
    assert questions_in(text) == asked
