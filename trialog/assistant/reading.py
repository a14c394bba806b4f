"""What of a message is read: readable signs, and no more of them than can be read in the time of a few normal messages.

What costs time is not the length alone: each sentence, number, word and mark is looked at by itself, and one sign may stand for
eighteen. So each has a weight, and a message has a budget; a family's own words fill it after some 80 of them, which is about as far
as the sentence encoder reads. Of a longer message the beginning and the end are read, and what tells of danger before the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import accumulate

from trialog.language.number_words import NUMBERS
from trialog.language.sentences import clauses_in

# Control characters, invisible format characters and unpaired surrogates say nothing.
_UNSAYABLE = ("Cc", "Cf", "Cs", "Co", "Cn")

# A sign that stands for more signs than a letter with two accents is read as a gap.
_MOST_SIGNS_OF_ONE = 3

# Stands for a message in which nothing readable is left; the classifier takes it as gibberish.
_NOTHING = "…"

# What a message may weigh, and how much of that its beginning; what is asked comes last, after who is asking.
BUDGET, OF_THE_BEGINNING = 100, 35

# What is looked through for danger before that end, which costs a third: all of a letter of 1,600 characters, and the last of a longer one.
LOOKED_THROUGH = 300

_PIECE = re.compile(r"\d+|[^\W\d_]{1,12}|\S")
_WEIGHT_OF_NUMBER, _WEIGHT_OF_END, _WEIGHT_OF_QUESTION = 4, 4, 10
_ENDS, _QUESTIONS = ".!;:。", "?؟"
_SENTENCE_END = re.compile(r"(?<=[.?!؟。])\s+")

# A clause of a story is shorter; what comes after that is not looked at for danger.
_MOST_OF_A_CLAUSE = 300


def readable(text: str) -> str:
    """``text`` as the assistant reads it: one line of visible characters, never a Rasa command ("/...")."""
    visible = "".join(" " if ch in "\t\r\n" else ch for ch in text if ch in "\t\r\n" or unicodedata.category(ch) not in _UNSAYABLE)
    composed = unicodedata.normalize("NFC", visible)
    single = "".join(" " if len(unicodedata.normalize("NFKD", ch)) > _MOST_SIGNS_OF_ONE else ch for ch in composed)
    return " ".join(single.split()).lstrip("/ ") or _NOTHING


def shortened(text: str, is_grave: Callable[[str], bool]) -> str:
    """``text``, which is readable, or of a long one its beginning and its end, and the first ``is_grave`` clause before that."""
    pieces = list(_PIECE.finditer(text))
    weights = [_weight(piece[0]) for piece in pieces]
    if sum(weights) <= BUDGET:
        return text
    first, last = _count(weights, OF_THE_BEGINNING), _count(reversed(weights), BUDGET - OF_THE_BEGINNING)
    begun, ending = pieces[first].start(), pieces[-last].start()
    looked_through = pieces[-last - _count(reversed(weights[:-last]), LOOKED_THROUGH)].start()
    # Half a sentence may say the contrary of the whole.
    begun = max((end.end() for end in _SENTENCE_END.finditer(text, 0, begun)), default=begun)
    ending = next((end.end() for end in _SENTENCE_END.finditer(text, ending)), ending)
    clauses = (clause[:_MOST_OF_A_CLAUSE] for clause in clauses_in(text[max(begun, looked_through) : ending]))
    between = next(filter(is_grave, clauses), "")
    return " ".join(filter(None, (text[:begun].strip(), between.strip(), text[ending:].strip())))


def _count(weights: Iterable[int], most: int) -> int:
    """How many of ``weights``, from the first on, weigh no more than ``most``; one at least."""
    return max(1, sum(1 for weighed in accumulate(weights) if weighed <= most))


def _weight(piece: str) -> int:
    if piece.isdigit() or piece.lower() in NUMBERS:
        return _WEIGHT_OF_NUMBER
    return _WEIGHT_OF_QUESTION if piece in _QUESTIONS else _WEIGHT_OF_END if piece in _ENDS else 1
