"""What every reply of every dialogue keeps, checked turn by turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trialog.assistant.dialogues.form import Turn
from trialog.assistant.message import Message
from trialog.content.replies.talk import START

AGE = "last reviewed more than 12 months ago"

# Whom an answer points to.
WHOM = ("doctor", "Doctor", "team", "study nurse")

# What a turn may be that lets the questionnaire ask: a button or words that want it. A turn of a dialogue says so by its
# ``kind``, or by ``begins`` where it begins there.
QUESTIONS = ("question", "review")


class Promises:
    """The conversation so far."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()
        self._ages = 0
        self._wanted = False
        self._in_danger = False

    def broken_by(self, turn: Turn, replies: Sequence[Message]) -> list[str]:
        """Every promise that ``replies`` to ``turn`` break."""
        self._wanted = self._wanted or turn.begins or turn.kind in QUESTIONS or bool(turn.criterion) or turn.press == "/elig_start"
        self._in_danger = self._in_danger and not turn.over
        found = list(self._broken(replies))
        alarmed = any(reply.topic in ("emergency", "crisis") for reply in replies)
        self._in_danger = (self._in_danger or alarmed) and not turn.over
        return found

    def _broken(self, replies: Sequence[Message]) -> Iterator[str]:
        if not replies or not all(reply.text.strip() for reply in replies):
            yield "silence"
        for reply in replies:
            self._said[reply.text] += 1
            if self._said[reply.text] > 2:
                yield "a reply word for word a third time"
        # The welcome and a result say it besides.
        self._ages += sum(AGE in reply.text for reply in replies if reply.kind in ("answer", "not_on_page"))
        if self._ages > 1:
            yield "the age of the page told in more than one answer"
        # What is said of the questions themselves states no fact of a study.
        answers = [reply for reply in replies if reply.kind in ("answer", "not_on_page") and reply.topic != START]
        if any(not any(who in reply.text for who in WHOM) for reply in answers):
            yield "an answer without the doctor"
        if not self._wanted and any(reply.kind in QUESTIONS for reply in replies):
            yield "a questionnaire that nobody wanted"
        if self._in_danger and any(reply.kind != "safety" for reply in replies):
            yield "something else while danger lasts"
