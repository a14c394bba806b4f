"""Whether what seems to be somebody else is the patient."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Span

# What begins with one of these is about nobody in particular.
_OF_MANY = frozenset(["every", "each", "all", "most", "many", "some", "these", "those", "other"])

# "Her brother" is not she, whoever is called a brother elsewhere.
_OF_THIRD = frozenset(["his", "her", "their"])

# What follows where a message begins as a letter does.
_LABEL_ENDS = frozenset([",", "(", ":", "-"])


def is_patient(span: Span, names: Sequence[AbstractSet[int]]) -> bool:
    """True if ``span``, which speaks of a person, speaks of the patient; ``names`` are the tokens of what the patient is called.

    "Every child" is nobody's, and "her brother" is not she.
    """
    if _is_label(span) or _is_predicate(span):
        return True
    tokens = set(range(span.start, span.end))
    return span[0].lower_ not in _OF_MANY | _OF_THIRD and any(tokens & name for name in names)


def _is_label(span: Span) -> bool:
    """True for what a message begins with as a letter does: "A boy, 6, BCP-ALL", "a lad of 10"."""
    behind = [token for token in span.doc[span.end : span.end + 2] if token.lower_ != "of"]
    return span.start == 0 and span[0].lower_ in ("a", "an") and bool(behind) and (behind[0].text in _LABEL_ENDS or behind[0].like_num)


def _is_predicate(span: Span) -> bool:
    """True for what somebody is said to be: "he's a baby of 7 months"."""
    before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start]]
    return span[0].lower_ in ("a", "an") and before[:1] in (["he"], ["she"]) and before[1:] in (["is"], ["'s"])
