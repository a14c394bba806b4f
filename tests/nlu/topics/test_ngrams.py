"""Ngrams weigh the parts of a text as scikit-learn does, which learned them."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.banks import held_out
from trialog.nlu.topics.ngrams import LONGEST, SHORTEST, Cut, Ngrams, parts_of_words, words_and_pairs

TEXTS = [text for texts in held_out("questions").values() for text in texts]
ODD = ["", "?", "a", "İstanbul ß ﬁ", "two\nlines\tand  gaps", "🙂 x 🙂", "1 22 333 _ __", "ما هي هذه الدراسة؟", "e\u0301te"]


@pytest.mark.parametrize(
    ("cut", "learner"),
    [
        (parts_of_words, TfidfVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), min_df=2, sublinear_tf=True)),
        (words_and_pairs, TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
    ],
)
def test_shares_are_those_of_the_learner(cut: Cut, learner: TfidfVectorizer) -> None:
    learner.fit(TEXTS)
    ngrams = Ngrams(cut, learner.get_feature_names_out().tolist(), learner.idf_)
    asked: Sequence[str] = [*TEXTS, *ODD]
    expected = learner.transform(asked).toarray()
    found = np.zeros_like(expected)
    for row, text in enumerate(asked):
        places, shares = ngrams.shares(text)
        found[row, places] = shares
    assert np.allclose(found, expected, atol=1e-6)
