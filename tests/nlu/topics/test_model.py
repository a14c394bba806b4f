from pathlib import Path

import numpy as np
import pytest

from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.topics.model import TopicModel

EXAMPLES = {
    "ask/cost": ["what does it cost", "who pays for it", "is it free of charge", "do we get travel money", "does the insurance pay"],
    "ask/location": ["which hospital is it", "in which city", "how far is it", "where do we have to go", "is there a place near us"],
    "smalltalk/greet": ["hello", "hi there", "good morning", "hey", "good evening to you"],
}


@pytest.fixture(scope="module")
def model() -> TopicModel:
    texts = [text for texts in EXAMPLES.values() for text in texts]
    return TopicModel(Encoder()).fit(texts, [name for name, group in EXAMPLES.items() for _ in group])


def test_new_wording_goes_to_the_right_class(model: TopicModel) -> None:
    rows = model.probabilities(["will my insurer cover this", "what town is the clinic in", "hello you"])
    assert [model.classes[best] for best in rows.argmax(axis=1)] == ["ask/cost", "ask/location", "smalltalk/greet"]


def test_each_row_is_a_distribution(model: TopicModel) -> None:
    rows = model.probabilities(["hello", "x", ""])
    assert rows.shape == (3, 3)
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-5)


def test_sixteen_bits_are_exact_enough(model: TopicModel, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["who pays for this", "where is it", "hello there"]
    exact = model.probabilities(texts)
    half_a_step_more = (model._weights.astype(np.float32) * (1 + 2**-11)).astype(np.float16)
    monkeypatch.setattr(model, "_weights", half_a_step_more)
    assert np.allclose(model.probabilities(texts), exact, atol=5e-3)


def test_a_loaded_model_says_the_same(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = TopicModel.load(tmp_path, Encoder())
    texts = ["who pays", "where is it", "hej", "Grüß Gott 🙂"]
    assert loaded.classes == model.classes
    assert np.allclose(loaded.probabilities(texts), model.probabilities(texts), atol=1e-6)


def test_training_twice_gives_the_same_model(model: TopicModel) -> None:
    texts = [text for texts in EXAMPLES.values() for text in texts]
    again = TopicModel(Encoder()).fit(texts, [name for name, group in EXAMPLES.items() for _ in group])
    assert np.array_equal(again.probabilities(texts), model.probabilities(texts))
