"""What a message asks for: sentence embedding + word and character n-grams -> logistic regression.

Learned by scikit-learn, read by numpy alone; ``component`` makes it a Rasa component. A class is a retrieval intent with its topic, for
example ``ask/study_goal``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.special import softmax

from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.topics.ngrams import LONGEST, SHORTEST, Ngrams, parts_of_words, words_and_pairs
from trialog.operation.progress import begins

# Picked among a handful of values on tests/held_out/questions.yml, where they differed by less than half a point.
INVERSE_REGULARISATION = 20.0
MAX_ITERATIONS = 100
MAX_CHARACTER_NGRAMS = 12_000
MIN_EXAMPLES_OF_A_WORD = 3

_CUTS = (parts_of_words, words_and_pairs)

_FILE = "topic_model.npz"


class TopicModel:
    """Learns classes from example texts and gives each class a probability for new texts."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._ngrams: list[Ngrams] = []
        self.classes: list[str] = []
        # One row a feature (embedding first, then n-grams), one column a class; 16 bits are exact enough (tested).
        self._weights = np.empty((0, 0), dtype=np.float16)
        self._intercepts = np.empty(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], classes: Sequence[str], vectors: Array | None = None) -> TopicModel:
        """Learn from ``texts`` and their ``classes``; ``vectors`` are the texts' embeddings if already known."""
        if vectors is None:
            vectors = self._encoder.encode(texts)
        begins(f"Learning {len(set(classes))} topics")
        # Only those who learn need it.
        from scipy.sparse import csr_matrix, hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        from trialog.nlu.topics.parallel import ParallelMatrix

        lengths = (SHORTEST, LONGEST)
        learners = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=lengths, min_df=2, sublinear_tf=True, max_features=MAX_CHARACTER_NGRAMS),
            TfidfVectorizer(ngram_range=(1, 2), min_df=MIN_EXAMPLES_OF_A_WORD, sublinear_tf=True),
        )
        ngrams = [learner.fit_transform(texts) for learner in learners]
        self._ngrams = [
            Ngrams(cut, learner.get_feature_names_out().tolist(), learner.idf_) for cut, learner in zip(_CUTS, learners, strict=True)
        ]
        regression = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=MAX_ITERATIONS)
        regression.fit(ParallelMatrix(hstack([csr_matrix(vectors), *ngrams], format="csr")), classes)
        self.classes = [str(name) for name in regression.classes_]
        self._weights = np.ascontiguousarray(regression.coef_.T, dtype=np.float16)
        self._intercepts = regression.intercept_.astype(np.float32)
        return self

    @property
    def words(self) -> frozenset[str]:
        """The words and pairs of words that it knows."""
        return frozenset(self._ngrams[-1].known)

    def words_of(self, lines: int) -> list[str]:
        """The words that stand in so many lines or more, the commonest first."""
        known, weights = self._ngrams[-1].known, self._ngrams[-1].weights
        # By scikit-learn's weights: 1 + log((1 + all lines) / (1 + lines with the word)), the rarest standing in MIN_EXAMPLES_OF_A_WORD.
        most = weights.max() - math.log((1 + lines) / (1 + MIN_EXAMPLES_OF_A_WORD))
        return [known[place] for place in np.argsort(weights, kind="stable") if weights[place] <= most and " " not in known[place]]

    def probabilities(self, texts: Sequence[str], vectors: Array | None = None) -> Array:
        """Shape (len(texts), len(classes)); each row sums to 1."""
        if vectors is None:
            vectors = self._encoder.encode(texts)
        first = vectors.shape[1]
        scores = vectors @ self._weights[:first].astype(np.float32) + self._intercepts
        for ngrams in self._ngrams:
            for row, text in enumerate(texts):
                # Only the weights of the n-grams that occur are looked at.
                places, shares = ngrams.shares(text)
                scores[row] += shares @ self._weights[first + places].astype(np.float32)
            first += len(ngrams)
        return np.asarray(softmax(scores, axis=1))

    def save(self, folder: Path) -> None:
        """Write everything learned into ``folder`` as plain arrays; the encoder is not part of it."""
        arrays = {"classes": np.array(self.classes), "weights": self._weights, "intercepts": self._intercepts}
        for number, ngrams in enumerate(self._ngrams):
            arrays[f"ngrams_{number}"] = np.array(ngrams.known)
            arrays[f"idf_{number}"] = ngrams.weights
        np.savez(folder / _FILE, **arrays)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> TopicModel:
        """The model that ``save`` wrote into ``folder``. Only arrays are read, so a file from elsewhere runs no code."""
        model = cls(encoder)
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            model.classes = arrays["classes"].tolist()
            model._weights, model._intercepts = arrays["weights"], arrays["intercepts"]
            model._ngrams = [Ngrams(cut, arrays[f"ngrams_{number}"].tolist(), arrays[f"idf_{number}"]) for number, cut in enumerate(_CUTS)]
        return model
