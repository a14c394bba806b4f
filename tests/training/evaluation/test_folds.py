from collections import Counter, defaultdict

from tests.conftest import ROOT
from trialog.training.evaluation.folds import FOLDS, folds
from trialog.training.examples import Example, read_examples


def test_a_voice_is_held_out_whole_and_once() -> None:
    examples = [Example("x", label, voice) for voice in ("uncle", "aunt", "nurse") for label in ("ask/cost", "ask/rights")]
    held = [{examples[place].voice for place in places} for _, places in folds(examples, 3)]
    assert sorted(map(sorted, held)) == [["aunt"], ["nurse"], ["uncle"]]


def test_voices_on_the_same_class_are_held_out_apart() -> None:
    examples = [Example("x", "safety/crisis", voice) for voice in ("alarm", "danger") for _ in range(9)]
    examples += [Example("x", "ask/cost", voice) for voice in ("uncle", "aunt") for _ in range(5)]
    for _, places in folds(examples, 2):
        voices = {examples[place].voice for place in places}
        assert len(voices & {"alarm", "danger"}) == len(voices & {"uncle", "aunt"}) == 1


def test_no_fold_of_the_real_lines_holds_out_nearly_all_of_a_class_that_more_than_one_voice_has_written() -> None:
    examples = read_examples(ROOT / "data" / "nlu")
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        lines[example.label][example.voice] += 1
    # A voice is held out whole, so a fold has at least the lines of the one that wrote most.
    most = {label: max(0.5, 0.05 + max(voices.values()) / voices.total()) for label, voices in lines.items()}
    for _, places in folds(examples, FOLDS):
        held = Counter(examples[place].label for place in places)
        assert {label for label, count in held.items() if count / lines[label].total() > most[label]} == set()
