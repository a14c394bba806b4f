import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialog.language.percents import STEP, find_shares


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("95 %", 95, 95),
        ("it was ninety five percent", 95, 95),
        ("0%", 0, 0),
        ("zero per cent", 0, 0),
        ("12,5 %", 12.5, 12.5),
        ("20-30%", 20, 30),
        ("between 20 and 30? 25 to 30 percent", 25, 30),
        ("less than 1%", STEP, 1 - STEP),
        ("<5%", STEP, 5 - STEP),
        ("more than 90 %", 90 + STEP, 100),
        ("half of the cells", 50, 50),
        ("all of her cells", 100, 100),
        ("none of the leukemia cells", 0, 0),
        ("one cell in a thousand", 0.1, 0.1),
        ("2 out of 50 cells", 4, 4),
        ("three of every hundred leukemia cells", 3, 3),
    ],
)
def test_a_share_is_read_with_its_sign(text: str, least: float, most: float) -> None:
    (share,) = find_shares(text)
    assert (share.least, share.most) == (least, most)


@pytest.mark.parametrize(
    "text", ["she is 9", "101 %", "CD22", "half of it", "30-20%", "one in a thousand", "2 of 5 cycles", "5 cells in 2"]
)
def test_other_numbers_are_no_shares(text: str) -> None:
    assert find_shares(text) == []


@given(st.integers(0, 100), st.sampled_from(["{}%", "{} %", "{} percent", "about {} per cent of them"]))
def test_every_whole_share_is_read_wherever_it_stands(number: int, form: str) -> None:
    (share,) = find_shares(form.format(number))
    assert (share.least, share.most) == (number, number)
