"""What a message says about a point of entry, and whether it may be noted without asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from trialog.content.criteria import DECLINED, UNKNOWN
from trialog.eligibility.labelled import ends_part
from trialog.language.manner import NEGATORS
from trialog.language.statements import Message, Stance

# What is said so is asked back before it counts.
UNSURE = frozenset([Stance.DOUBTED, Stance.FEARED, Stance.IRONIC, Stance.TO_COME])

# "They have not told us": from here on a message may speak of something else.
_EARLY = 4


@dataclass(frozen=True)
class Read:
    """What was understood: an answer, ``sure`` if it may be noted; or several that do not agree, and then no answer."""

    answer: str | None
    sure: bool = False
    several: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A message as one criterion hears it: its words for yes, no and "I don't know", and whether anything in it is left over.

    ``beside`` are the values of other criteria. In a ``plain`` message a value is turned only by another number, a "not", or what
    stands before it in its clause, which may be what it is said of ("her appetite came back").
    """

    message: Message
    general: Sequence[Span]
    left_over: frozenset[int]
    beside: Sequence[Span] = ()
    plain: bool = False
    # Where the values are names, which say by themselves what they are, nothing before them is what they are said of.
    names: bool = False

    def is_for_another(self, span: Span) -> bool:
        """True where a value of another criterion stands in the clause of ``span``: "no it never went away"."""
        return any(self._are_one_clause(span, other.start) for other in self.beside)

    def numbers(self) -> frozenset[int]:
        """The numbers that are left over."""
        return frozenset(place for place in self.left_over if self.message.doc[place].like_num)

    def explains_all(self) -> bool:
        """True if nothing in the message is left over."""
        return not self.left_over

    def left_open(self) -> Read | None:
        """That it is not to be said or not known; sure if the message begins so, or if nothing in the same clause is left over."""
        for label in (DECLINED, UNKNOWN):
            found = [span for span in self.general if span.label_ == label]
            if found:
                begins = any(span.start <= _EARLY for span in found)
                return Read(label, begins or not any(self._are_one_clause(span, place) for span in found for place in self.left_over))
        return None

    def _are_one_clause(self, span: Span, place: int) -> bool:
        return self.message.is_one_clause(min(span.start, place), max(span.end - 1, place))

    @property
    def is_awaited(self) -> bool:
        """True if a result is still to come, and nothing else is said."""
        to_come = [cue for cue in self.message.cues if cue.stance == Stance.TO_COME]
        awaited = [cue for cue in self.message.cues if cue.stance == Stance.AWAITED]
        return bool(awaited) and any(cue.reach & set(range(one.start, one.end)) for cue in to_come for one in awaited)

    def without_denials(self) -> Said:
        """The message where a "not" turns nothing, as it does with what means no: "no, nothing like that, she is standard risk"."""
        denials = {place for cue in self.message.cues if cue.stance == Stance.DENIED for place in range(cue.start, cue.end)}
        return replace(self, left_over=self.left_over - denials)

    def is_denied_behind(self, place: int) -> bool:
        """True where a short "no" of its own follows what stands at ``place``: "they looked for a relapse, it wasn't"."""
        return any(span.label_ == "no" and span.start > place and ends_part(span) for span in self.general)

    def explains(self, places: Iterable[int]) -> bool:
        """True if nothing that could turn them is left over in the sentences of the values at ``places``, and no "not" anywhere."""
        values = sorted(places)
        sentences = {self.message.sentence(place) for place in values}
        beside = {token for token in self.left_over if self.message.sentence(token) not in sentences}
        turned = any(self._turns(token, values) for token in self.left_over - beside)
        return not turned and (self.plain or not any(map(self._denies, beside)))

    def _turns(self, place: int, values: Sequence[int]) -> bool:
        """True if the token at ``place``, which is left over, could turn one of ``values``."""
        if not self.plain or self.message.doc[place].like_num or self._denies(place):
            return True
        return not self.names and any(place < value and self.message.is_one_clause(place, value) for value in values)

    def _denies(self, place: int) -> bool:
        return self.message.doc[place].lower_ in NEGATORS


def places(spans: Iterable[Span]) -> frozenset[int]:
    """The tokens of ``spans``."""
    return frozenset(token.i for span in spans for token in span)
