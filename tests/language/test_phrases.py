import pytest

from trialog.language.phrases import Phrases, sentences, words

LISTS = {"who": ["he", "she"], "fever": r"/(3[89]|4\d)([.,]\d+)?/"}


@pytest.mark.parametrize(
    ("phrase", "found", "not_found"),
    [
        ("cant breathe", "He CAN'T breathe!", "he can breathe"),
        ("cant|cannot breathe", "cannot breathe", "breathe"),
        ("is very? pale", "she is pale", "she is not pale"),
        ("is very? pale", "she is very pale", "she is so very pale"),
        ("not ... breathing", "not at all breathing", "not one two three four five breathing"),
        ("{who} fell", "she fell", "they fell"),
        ("temp {fever}", "temp 39,4", "temp 37.4"),
        ("choking~", "chokin on it", "joking here"),
        ("convulsion~", "convulson", "conclusion"),
        ("^ does it", "does it bleed", "why does it bleed"),
        ("arm", "árm", "harm"),
    ],
)
def test_a_phrase(phrase: str, found: str, not_found: str) -> None:
    phrases = Phrases([phrase], LISTS)
    assert phrases.in_sentence(found)
    assert not phrases.in_sentence(not_found)


@pytest.mark.parametrize(("phrase", "message"), [("{nobody} fell", "no list 'nobody'"), ("fit~", "too short")])
def test_a_phrase_that_cannot_be_read(phrase: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Phrases([phrase], LISTS)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("No fever. He can't wake up!", 2),
        ("a fever last month and now it is back", 2),
        ("he was fine but he is grey", 2),
        ("39.4 degrees, shivering", 1),
        ("...", 0),
    ],
)
def test_sentences(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


def test_words() -> None:
    assert words("He's 39.4°C, señor") == ["hes", "39.4", "c", "senor"]
