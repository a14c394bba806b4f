"""What is answered otherwise where the same dialogues are played twice: with another model, or with other content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from trialog.assistant.dialogues.form import Dialogue
from trialog.assistant.dialogues.play import Played, PlayedTurn
from trialog.assistant.dialogues.report import first_words, named
from trialog.assistant.message import Message

SAME, BETTER, WORSE, OTHERWISE = "same", "better", "worse", "otherwise"

_ENGLISH, _NONE = "en", "none"

# What stands beside an answer: that it is in English, and that no personal data is needed.
_BESIDE = (None, "other_language", "pii")


@dataclass(frozen=True)
class Compared:
    """One turn of a dialogue as it went before and after."""

    dialogue: Dialogue
    before: PlayedTurn
    after: PlayedTurn

    @property
    def how(self) -> str:
        """Better or worse by what the turn expects; otherwise where that says nothing."""
        if self.before.replies == self.after.replies and self.before.faults == self.after.faults:
            return SAME
        gone, new = len(self.before.faults), len(self.after.faults)
        return BETTER if new < gone else WORSE if new > gone else OTHERWISE

    @property
    def topic(self) -> str:
        """What the turn expects, else what it was answered as before."""
        replies = (*self.before.replies, *self.after.replies)
        return self.before.turn.topic or next((reply.topic for reply in replies if reply.topic not in _BESIDE), None) or _NONE

    @property
    def language(self) -> str:
        """The language of the family, as far as a reply tells it."""
        replies = (*self.before.replies, *self.after.replies)
        return self.before.turn.language or next((reply.language for reply in replies if reply.language), _ENGLISH)


def compared(before: Iterable[Played], after: Iterable[Played]) -> list[Compared]:
    """The turns of the same dialogues, in their order."""
    return [
        Compared(one.dialogue, first, second)
        for one, other in zip(before, after, strict=True)
        for first, second in zip(one.turns, other.turns, strict=False)
    ]


def shown(one: Compared) -> Iterator[str]:
    """A turn that went otherwise, with what was replied and what is wrong with it."""
    yield f"{one.dialogue.path}:{one.dialogue.line}: {one.how}"
    yield f"    family: {one.before.turn.text}"
    for name, turn, other in (("before", one.before, one.after), ("after", one.after, one.before)):
        yield from (f"    {name} [{named(reply)}]: {text}" for reply, text in _told(turn.replies, other.replies))
        yield from (f"  ! {name}: {fault}" for fault in turn.faults)


def _told(replies: Sequence[Message], others: Sequence[Message]) -> Iterator[tuple[Message, str]]:
    """The replies by their first words; where two begin alike, from where they part."""
    for reply, other in zip_longest(replies, others):
        if reply is not None:
            begin = first_words(reply.text)
            if other is not None and reply.text != other.text and begin == first_words(other.text):
                place = next((at for at, (a, b) in enumerate(zip(reply.text, other.text, strict=False)) if a != b), 0)
                begin = f"... {first_words(reply.text[reply.text.rfind(' ', 0, place) + 1 :])}"
            yield reply, begin


def table(every: Sequence[Compared], by: Callable[[Compared], str], title: str) -> Iterator[str]:
    """How many turns there are, and how many went otherwise, for each value of ``by`` with one that did."""
    turns = Counter(map(by, every))
    found = {how: Counter(by(one) for one in every if one.how == how) for how in (BETTER, WORSE, OTHERWISE)}
    names = [name for name in sorted(turns) if any(counts[name] for counts in found.values())]
    width = max(map(len, [title, *names]))
    yield f"{title:{width}}  turns  better  worse  otherwise"
    for name in names:
        yield f"{name:{width}}  {turns[name]:5}  {found[BETTER][name]:6}  {found[WORSE][name]:5}  {found[OTHERWISE][name]:9}"
