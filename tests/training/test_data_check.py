import pytest

from trialog.nlu.encoder.encoder import Encoder
from trialog.training.data_check import check_data
from trialog.training.examples import Example


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def faults(encoder: Encoder, *examples: Example) -> list[str]:
    return [fault for fault in check_data(examples, encoder.encode) if "only" not in fault]


def test_thin_topics_are_named(encoder: Encoder) -> None:
    examples = [Example("who pays for it", "ask/cost", "uncle"), Example("what is mrd", "term/mrd", "uncle")]
    assert check_data(examples, encoder.encode) == ["ask/cost: only 1 lines; 40 is the least.", "term/mrd: only 1 lines; 25 is the least."]


def test_a_phrase_that_stands_twice(encoder: Encoder) -> None:
    twice = Example("Who pays?", "ask/cost", "uncle"), Example("who pays", "ask/cost", "aunt")
    assert faults(encoder, *twice) == ["ask/cost: 'who pays' stands 2 times."]


def test_a_phrase_under_two_topics(encoder: Encoder) -> None:
    twice = Example("who pays", "ask/cost", "uncle"), Example("who pays", "ask/rights", "aunt")
    assert faults(encoder, *twice) == ["ask/cost and ask/rights: 'who pays' stands 2 times."]


def test_the_same_meaning_under_two_topics(encoder: Encoder) -> None:
    near = (
        Example("how much does the treatment cost", "ask/cost", "uncle"),
        Example("How much does  the treatment cost", "ask/rights", "aunt"),
    )
    assert len(faults(encoder, *near)) == 1
    assert "mean the same" in faults(encoder, *near)[0]


def test_nearly_the_same_line_of_one_voice(encoder: Encoder) -> None:
    near = (
        Example("how much does the treatment cost", "ask/cost", "uncle"),
        Example("how much does the treatment cost ,", "ask/cost", "uncle"),
    )
    assert all("nearly the same line" in fault or "stands" in fault for fault in faults(encoder, *near))


def test_different_lines_are_no_fault(encoder: Encoder) -> None:
    fine = Example("how much does it cost", "ask/cost", "uncle"), Example("may we stop", "ask/rights", "uncle")
    assert faults(encoder, *fine) == []
