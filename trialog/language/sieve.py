"""Which of many patterns may stand in a text at all, by a word that each of them needs.

spaCy tries every pattern at every token. Of the four hundred patterns of danger a few dozen have their longest word in a usual message, so
only those are tried (decision 9).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from trialog.language.manner import BEGINNING, Token
from trialog.language.patterns import has_gap

# The words of which a pattern needs one.
Need = frozenset[str]


class Sieve:
    """Patterns by label, in one matcher for those that need the same word; those with a gap come last, for they name less."""

    def __init__(self, vocab: Vocab, patterns: Mapping[str, Iterable[Sequence[Token]]]) -> None:
        ways = [(label, way) for label, all_ways in patterns.items() for way in all_ways]
        # Our own notation makes the patterns; that spaCy checks each of them takes a tenth of a start.
        matchers: dict[tuple[bool, Need], Matcher] = defaultdict(lambda: Matcher(vocab, validate=False))
        for label, way in sorted(ways, key=lambda pair: has_gap(pair[1])):
            matchers[has_gap(way), _need(way)].add(label, [way])
        self._matchers = list(matchers.values())
        self._always = [place for place, (_, need) in enumerate(matchers) if not need]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, need) in enumerate(matchers):
            for word in need:
                self._by_word[word].append(place)

    def matchers_for(self, doc: Doc) -> Iterator[Matcher]:
        """The matchers of all patterns that may stand in ``doc``, those without a gap first, then in the order of the patterns."""
        words = {token.lower_ for token in doc}
        possible = {place for word in words if word in self._by_word for place in self._by_word[word]}
        yield from (self._matchers[place] for place in sorted(possible.union(self._always)))


def _need(way: Sequence[Token]) -> Need:
    """What seems rarest of what ``way`` needs: the fewest words, and the longest; nothing if all of it may be written otherwise."""
    return min(filter(None, map(_needed, way)), key=lambda words: (len(words), -min(map(len, words))), default=frozenset())


def _needed(token: Token) -> frozenset[str]:
    """The words of which one stands where ``token`` does; none if it may be left out, or is told by more than its letters."""
    compared = token.get("LOWER", token.get("TEXT"))
    if token == BEGINNING or "OP" in token or len(token) > 1:
        return frozenset()
    if isinstance(compared, dict):
        compared = compared.get("IN") if len(compared) == 1 else None
    words = [compared] if isinstance(compared, str) else compared or []
    return frozenset(word.lower() for word in words)
