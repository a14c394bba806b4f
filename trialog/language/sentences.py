"""Takes a text apart into its sentences, and sentences into the parts that are judged one by one.

Two questions in one message can get two answers; and what is fine in one clause may be dangerous in the next.
"""

from __future__ import annotations

import re

# End of a sentence (also in Arabic and Chinese script), or a line break.
_END = re.compile(r"(?<=[.?!؟。])\s+|\n+")

# A comma parts nothing: people at night use it for everything.
_CLAUSE_END = re.compile(r"[;:](?=\s|$)|\bbut\b|(?<=\s)and (?=now\b)")

# What somebody says in one breath about two things; commas part them.
_STEP_END = re.compile(r"[,;:](?=\s|$)|(?<=\s)(?:but|so|and then)\s")

# What turns a verb in front of it into a question: "can she", "is the".
SUBJECTS = "i|you|u|we|he|she|it|one|they|this|that|these|those|there|the|my|our|your|a|an|any|anyone|someone|kids|children"
VERBS = "can|could|should|does|do|did|will|would|is|are|was|were|has|have|had|am|may|must|isn't|aren't|don't|doesn't"

# Where another question begins within a sentence: "how old may they be, who pays, and where is it?" Behind a bare comma "who is five" and
# "is it?" may be none.
_SECOND = re.compile(
    rf",?\s+(?:and|plus|also)\s+(?=(?:what|who|whom|whose|which|where|when|why|how|(?:{VERBS})\s+(?:{SUBJECTS}))\b)"
    rf"|,\s+(?=(?:what|why|how)\b|where\s+(?:{VERBS})\b|who\s+(?:pays|can|does|do|may|should|will)\b|(?:{VERBS})\s+(?:{SUBJECTS})\s+\w)",
    re.IGNORECASE,
)

# How a question without a question mark begins.
_OPENERS = "what|who|whom|whose|which|where|when|why|how|is|are|was|were|do|does|did|can|could|will|would|may|should|has|have"
_QUESTION = re.compile(rf"^(?:(?:and|also|so|but|then) )*(?:{_OPENERS})\b", re.IGNORECASE)


def sentences_in(text: str) -> list[str]:
    """The sentences of ``text``, in their order."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def last_sentence(text: str) -> str:
    """What stands behind the last end of a sentence in ``text``; empty if nothing does."""
    return _END.split(text)[-1]


def clauses_in(text: str) -> list[str]:
    """The parts of ``text`` that each tell something of their own: "he was fine but now he is grey" are two."""
    return [part for sentence in sentences_in(text) for part in _CLAUSE_END.split(sentence) if re.search(r"[^\W_]", part)]


def steps_in(text: str) -> list[str]:
    """The shortest parts of ``text`` that may each do something of their own: "I called them, go on" are two."""
    return [part.strip() for sentence in sentences_in(text) for part in _STEP_END.split(sentence) if re.search(r"[^\W_]", part)]


def questions_in(text: str) -> list[str]:
    """What ``text`` asks, in its order: the sentences that ask something, those that ask two things taken apart."""
    asks = [sentence for sentence in sentences_in(text) if sentence.endswith(("?", "؟")) or _QUESTION.match(sentence)]
    return [question for sentence in asks for question in _SECOND.split(sentence)]
