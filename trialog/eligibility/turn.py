"""One turn of a questionnaire: the message as it is heard, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from trialog.content.model import ANSWERED
from trialog.eligibility.questionnaire import Questionnaire

# What the classifier takes a message for.
TOPIC = "questionnaire/"
START = "elig_start"
FEELINGS = (
    *("safety/distress", "safety/prognosis", "safety/medical_advice"),
    *("talk/scary", "talk/unwell", "talk/bad_news", "talk/sleepless"),
)

# Beside an answer less is a feeling: that the disease is back is bad news by itself.
FELT = ("safety/distress", "safety/prognosis", "talk/scary")

# From this share on a message that is no answer is taken for something else, not for an answer that cannot be read.
ELSEWHERE = 0.5
# From this share on it is about a question of the page, although it asks nothing in words.
SURELY_ASKED = 0.8


class Aside(StrEnum):
    """What is said besides the next question. ``ELSEWHERE``: the reply that the message would get without a questionnaire."""

    WHY = "why"
    MEANING = "meaning"
    ONLY_DOCTOR = "only_doctor"
    WHICH = "which"
    WRONG = "wrong"
    HOW_MANY = "how_many"
    LATER = "later"
    ELSEWHERE = "elsewhere"


class Note(StrEnum):
    """What the next question begins with."""

    NOTED = "noted"
    CHANGED = "changed"
    LEFT_OPEN = "left_open"
    UNREAD = "unread"
    MISREAD = "misread"
    SEVERAL = "several"
    RESUMED = "resumed"


@dataclass(frozen=True)
class Heard:
    """One message: its words, what it states, whether it asks something, and what the classifier takes it for.

    ``plain`` where the classifier finds that it tells how it is, whatever stands around it; ``left_open`` what it then is that says in
    whatever words that something is not known or not to be told, ``seems_open`` where it is likelier than not that it is not known;
    ``agrees`` where it is taken for a "yes" or an "all right".

    ``parsed`` keeps what is looked up in it while it is answered.
    ``pressed`` holds what a button says, by name: ``answer`` ("cd22:positive"), ``person``, ``change`` or ``command``.
    """

    text: str = ""
    stated: str = ""
    asks: bool = False
    topic: str = ""
    share: float = 0.0
    plain: bool = False
    seems_open: bool = False
    left_open: str = ""
    agrees: bool = False
    pressed: Mapping[str, str] | None = None
    parsed: dict[tuple[str | None, str | None], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_elsewhere(self) -> bool:
        """True where a message that is no answer is about something else than the questionnaire."""
        if self.topic.startswith(TOPIC) or self.topic in (START, "out_of_scope/gibberish"):
            return False
        if not self.topic:
            # What nobody understood is something else only where it is plainly a question.
            return self.text.rstrip().endswith("?")
        # A statement in the middle of a questionnaire is more likely an answer that could not be read than a question.
        return self.asks or self.share >= (SURELY_ASKED if self.topic.startswith(ANSWERED) else ELSEWHERE)


@dataclass(frozen=True)
class Turn:
    """The questionnaire after a message; ``note`` is about ``criteria``. ``several`` are answers that do not agree,
    ``beside`` what was told now that the page does not name.
    """

    questionnaire: Questionnaire
    note: Note | None = None
    criteria: tuple[str, ...] = ()
    aside: Aside | None = None
    several: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def noting(self, before: Questionnaire, changes: Mapping[str, str]) -> Turn:
        """With the note that ``changes`` were made; where answers do not agree that is said in its place."""
        if not changes or self.several:
            return self
        note = Note.CHANGED if any(name in before.answers for name in changes) else Note.NOTED
        return replace(self, note=note, criteria=tuple(changes))
