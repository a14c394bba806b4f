"""Whether a message asks what a word means that no training line explains: a study brings words of its own in its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trialog.nlu.evidence import MEANS, Ranking

# Words that the lines explain: of one they ask little else than what it means, of the other they ask much else. Put in the place of a
# study's own word, their mean tells what is asked of it (decision 30).
_EXPLAINED = ("remission", "biomarker")

# What reads texts as rankings of topics.
Read = Callable[[Sequence[str]], Sequence[Ranking]]


def asked_meaning(text: str, words: Sequence[Mapping[str, Any]], read: Read) -> tuple[str, float] | None:
    """The topic of the first of ``words``, entities of ``text``, and how likely its meaning is asked; None without such words."""
    if not words:
        return None
    word, *_ = words
    shares = [_meaning(ranking) for ranking in read([text[: word["start"]] + known + text[word["end"] :] for known in _EXPLAINED])]
    return f"{MEANS}{word['value']}", sum(shares) / len(shares)


def _meaning(ranking: Ranking) -> float:
    return sum(share for topic, share in ranking if topic.startswith(MEANS))
