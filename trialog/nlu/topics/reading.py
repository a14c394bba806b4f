"""What the topic model says about a message and about the parts of it that may need an answer of their own."""

from __future__ import annotations

from collections.abc import Sequence

from trialog.language.sentences import questions_in
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.evidence import FOLLOW_UP, PersonalEvidence, Ranking, TopicEvidence
from trialog.nlu.ranking import by_share
from trialog.nlu.topics.second_opinion import Topics


def read_topics(model: Topics, text: str, personal: PersonalEvidence, vectors: Array | None = None) -> TopicEvidence:
    """The topics of ``text``, of its questions if it asks several or tells a story around one, and of what it asks beside personal data.

    ``vectors`` is the text's embedding, shape (1, dimension), if already known.
    """
    questions = questions_in(text)
    return TopicEvidence(
        whole=rankings(model, [text], vectors)[0],
        # Beside personal data it is read anyway.
        questions=rankings(model, questions) if len(questions) > 1 or (not personal.kinds and _is_a_part(questions, text)) else (),
        beside=_beside(model, personal.rest) if personal.kinds else None,
    )


def _beside(model: Topics, rest: str) -> Ranking | None:
    """The topics of what is asked in the ``rest`` of a message with personal data; None where nothing is."""
    # What is asked comes last, after who is asking.
    if asked := questions_in(rest)[-1:]:
        return rankings(model, asked)[0]
    # "Tell me more" asks, too; "my number is" asks for no number.
    told = rankings(model, [rest])[0] if rest.strip() else []
    return told if told and told[0][0].startswith(FOLLOW_UP) else None


def rankings(model: Topics, texts: Sequence[str], vectors: Array | None = None) -> list[Ranking]:
    """For each text the classes of the model with their probabilities, the likeliest first."""
    rows = model.probabilities(texts, vectors)
    return [by_share(list(zip(model.classes, map(float, row), strict=True))) for row in rows]


def _is_a_part(questions: Sequence[str], text: str) -> bool:
    """True if the only question is at most half of ``text``."""
    return len(questions) == 1 and 2 * len(questions[0]) <= len(text)
