"""Topics of a message as it is meant, where it is misspelt. What it says of danger, or of its language, is read as it was typed."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import replace

from trialog.content.model import DANGER
from trialog.language.spelling import Spelling
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER
from trialog.nlu.evidence import FOREIGN, PersonalEvidence, Ranking, TopicEvidence
from trialog.nlu.ranking import by_share, shares_of
from trialog.nlu.topics.model import TopicModel
from trialog.nlu.topics.reading import read_topics
from trialog.nlu.topics.second_opinion import Topics

# A word may be meant if it stands in so many lines.
COMMON = 5

# "sde effcts" must neither calm an alarm nor raise one, and no word of another language is a misspelt one of ours.
AS_TYPED = (*DANGER, FOREIGN)


def spelling_of(model: TopicModel) -> Spelling:
    """Towards the words that ``model`` has learned; whatever the encoder has as one piece is a word, too."""
    pieces = json.loads(BUNDLED_TOKENIZER.read_text(encoding="utf-8"))["model"]["vocab"]
    return Spelling(model.words_of(COMMON), model.words | {piece for piece in pieces if piece.isalpha()})


def read_as_meant(
    model: Topics, spelling: Spelling, text: str, personal: PersonalEvidence, vectors: Array | None = None, names: Container[str] = ()
) -> TopicEvidence:
    """As ``read_topics``, of ``text`` with its misspelt words mended; ``names`` are none."""
    typed = read_topics(model, text, personal, vectors)
    meant = spelling.mended(text, names)
    if meant == text:
        return typed
    read = read_topics(model, meant, replace(personal, rest=spelling.mended(personal.rest, names)))
    return TopicEvidence(
        whole=_with(typed.whole, read.whole),
        questions=[_with(*both) for both in zip(typed.questions, read.questions, strict=True)],
        beside=_with(typed.beside, read.beside) if typed.beside and read.beside else read.beside,
    )


def _with(typed: Ranking, meant: Ranking) -> Ranking:
    """``meant`` with the shares of danger and of other languages as ``typed`` has them; adds up to 1."""
    kept = shares_of(AS_TYPED, typed)
    rest = [pair for pair in meant if pair[0] not in kept]
    left, whole = 1 - sum(kept.values()), sum(share for _, share in rest) or 1.0
    return by_share([*kept.items(), *((name, share * left / whole) for name, share in rest)])
