"""Takes what a message states apart from what it asks or supposes: "he's 9, is that too old?" states only "he's 9"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialog.language.sentences import SUBJECTS, VERBS, sentences_in

_ALWAYS = rf"what(?:'s)?|why|how|where|whom|whose|(?:{VERBS})\s+(?:{SUBJECTS})"
# Inside a sentence these may only say which one is meant: "the doctor who decides".
_FIRST = r"^(?:who|which)\b"
_REQUESTS = r"tell me|tell us|explain|describe|i(?:'d| would) like to know|i want to know|i wonder|i have a question|show me"
_SUPPOSES = r"what if|let(?:'?s| us) say|suppose|supposing|imagine|assuming|pretend|say (?:he|she|it|they)|given that|provided|if"

# Where a clause begins.
_START = r"(?:^|(?<=[,;:(])\s*|\s[-–]\s*|\b(?:and|but|so|then|or|also)\s+)"

_ASKS = re.compile(rf"{_FIRST}|{_START}(?:{_ALWAYS}|{_REQUESTS})\b", re.IGNORECASE)
# "when he was 3" states something, unless the sentence ends with a question mark.
_MAY_ASK = re.compile(rf"{_START}(?:{_ALWAYS}|{_REQUESTS}|when|which|who)\b", re.IGNORECASE)
_SUPPOSED = re.compile(rf"{_START}(?:{_SUPPOSES})\b[^,;.!?]*[,;]?", re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"\bwhat if\b|\b(?:if|suppose|supposing|imagine)\b.*\b(?:was|were|would|had)\b", re.IGNORECASE)

# "If it is the B kind does he get better": what follows a supposition asks, with or without a comma.
_ASKS_IF = re.compile(rf"^(?:(?:and|but|so)\s+)?if\b.*?\s(?:{VERBS})\s+(?:{SUBJECTS})\b", re.IGNORECASE)

# A short sentence with a question mark is an unsure answer ("B-ALL?").
_SHORT_ANSWER_WORDS = 4


@dataclass(frozen=True)
class Parts:
    """What a message states, and whether it also asks something."""

    stated: str
    asks: bool


def parts_of(text: str) -> Parts:
    """``text`` taken apart."""
    stated, asks = [], False
    for sentence in sentences_in(text):
        kept, asked = _apart(sentence)
        stated.append(kept)
        asks = asks or asked
    return Parts(" ".join(filter(None, stated)), asks)


def without_suppositions(text: str) -> str:
    """``text`` without the sentences that only suppose something ("what if he were 18?")."""
    return " ".join(sentence for sentence in sentences_in(text) if not _HYPOTHETICAL.search(sentence))


def _apart(sentence: str) -> tuple[str, bool]:
    if _HYPOTHETICAL.search(sentence):
        return "", True
    is_marked = sentence.rstrip().endswith(("?", "؟"))
    question = (_MAY_ASK if is_marked else _ASKS).search(sentence) or _ASKS_IF.search(sentence)
    if question:
        return _SUPPOSED.sub("", sentence[: question.start()]).strip(" ,;:("), True
    if is_marked and len(sentence.split()) > _SHORT_ANSWER_WORDS:
        return "", True
    return _SUPPOSED.sub("", sentence).strip(), False
