"""One text is read as scikit-learn reads many."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from trialog.nlu.topics.ngrams import NgramReader

LINES = ["who pays for the trip", "which hospital is it", "the trip to the hospital, the long one", "is it free of charge?"]


@pytest.mark.parametrize("of_characters", [True, False], ids=["characters", "words"])
def test_the_weights_are_those_of_scikit_learn_to_the_last_bit(of_characters: bool) -> None:
    if of_characters:
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    else:
        vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    vectorizer.fit(LINES)
    reader = NgramReader(vectorizer)
    assert len(reader) == len(vectorizer.vocabulary_)
    for text in (*LINES, "the the THE trip, trip", "Zebrafink", "", "🙂 hospitál\n\tis it"):
        row = vectorizer.transform([text]).astype(np.float32)
        places, weights = reader.read(text)
        assert places.tolist() == row.indices.tolist()
        assert weights.tobytes() == row.data.tobytes()
