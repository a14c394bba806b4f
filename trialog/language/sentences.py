"""Takes a message apart into its sentences, so that two questions can get two answers."""

from __future__ import annotations

import re

# End of a sentence (also in Arabic and Chinese script), or a line break.
_END = re.compile(r"(?<=[.?!؟。])\s+|\n+")

# How a question without a question mark begins.
_OPENERS = [
    "what",
    "who",
    "whom",
    "whose",
    "which",
    "where",
    "when",
    "why",
    "how",
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "did",
    "can",
    "could",
    "will",
    "would",
    "may",
    "should",
    "has",
    "have",
]
_QUESTION = re.compile(rf"^(?:(?:and|also|so|but|then) )*(?:{'|'.join(_OPENERS)})\b", re.IGNORECASE)


def sentences_in(text: str) -> list[str]:
    """The sentences of ``text``, in their order."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def questions_in(text: str) -> list[str]:
    """The sentences of ``text`` that ask something, in their order."""
    return [sentence for sentence in sentences_in(text) if sentence.endswith(("?", "؟")) or _QUESTION.match(sentence)]
