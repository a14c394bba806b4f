"""What a message does is read for each moment, and a message that asks does not only tell."""

from pathlib import Path

import pytest

from trialog.nlu.acts.reading import ActModel
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.evidence import AT_QUESTION, IN_DANGER, NO_ACT, TALK

LINES = {
    "talk/told": ["she slept well", "he had soup today", "we went to the park", "her teddy is called Bo", "my brother came to see us"],
    "talk/again": ["say that again", "once more please", "could you repeat it", "again please", "repeat that"],
    "in_danger/over": ["it is over now", "he is fine again", "the doctor is here", "she is safe", "all is well"],
    "in_danger/worse": ["it is getting worse", "she does not answer", "more blood now", "hurry please", "he turns blue"],
    "at_question/plain": ["she is seven", "it came back in june", "they found it on the cells", "no, never", "B-cell, the letter says"],
    "at_question/unsure": ["maybe it came back", "I think seven", "they were not sure", "it might be B-cell", "I hope it is not back"],
    "ask/cost": ["what does it cost", "who pays for it", "is it free", "do we have to pay", "how much money is it"],
    "out_of_scope/oos_general": ["what is the weather", "who won the match", "what is on television", "a recipe for cake", "tell me news"],
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def model(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> ActModel:
    texts = [text for lines in LINES.values() for text in lines]
    labels = [label for label, lines in LINES.items() for _ in lines]
    return ActModel(encoder).fit(texts, labels, KeptVectors(encoder, Path(tmp_path_factory.mktemp("vectors"))))


def likeliest(model: ActModel, moment: str, text: str) -> str:
    return model.read(text).whole[moment][0][0]


def test_each_moment_has_acts_of_its_own(model: ActModel) -> None:
    assert likeliest(model, TALK, "please say it once more") == "again"
    assert likeliest(model, TALK, "he had soup and slept") == "told"
    assert likeliest(model, IN_DANGER, "she is fine, the doctor is here") == "over"
    assert likeliest(model, AT_QUESTION, "he is seven, it came back in may") == "plain"


@pytest.mark.parametrize("text", ["he had soup today, is that all right?", "we went to the park and what does it cost"])
def test_a_message_that_asks_does_not_only_tell(model: ActModel, text: str) -> None:
    ranking = model.read(text).whole[TALK]
    assert "told" not in dict(ranking)
    assert sum(share for _, share in ranking) == pytest.approx(1.0)
    assert ranking[0][0] == NO_ACT


def test_steps_are_read_where_they_are_wanted(model: ActModel) -> None:
    text = "we went to the park, now he turns blue"
    assert [ranking[0][0] for ranking in model.read(text).steps][-1] == "worse"
    assert model.read(text, by_steps=False).steps == ()
    assert model.read("he turns blue").steps == (), "there is one only, which is the whole"
