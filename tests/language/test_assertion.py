import pytest

from trialog.language.assertion import parts_of, without_suppositions


@pytest.mark.parametrize(
    ("text", "stated", "asks"),
    [
        ("she is 9", "she is 9", False),
        ("he's 9, is that too old?", "he's 9", True),
        ("what is B-ALL?", "", True),
        ("B-ALL?", "B-ALL?", False),
        ("yes. how long does it take?", "yes.", True),
        ("what if he was still 18?", "", True),
        ("it came back, and does that matter?", "it came back", True),
        ("when he was 3 he fell ill", "when he was 3 he fell ill", False),
        ("when is the next visit?", "", True),
        ("tell me about CD22", "", True),
        ("if it matters, he is 9", "he is 9", False),
        ("", "", False),
    ],
)
def test_statements_are_kept_and_questions_are_not(text: str, stated: str, asks: bool) -> None:
    parts = parts_of(text)
    assert (parts.stated, parts.asks) == (stated, asks)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("can my 7 year old join?", "can my 7 year old join?"),
        ("What if she were 18? She is 19.", "She is 19."),
        ("suppose he had relapsed, would he fit?", ""),
    ],
)
def test_suppositions_state_nothing(text: str, left: str) -> None:
    assert without_suppositions(text) == left
