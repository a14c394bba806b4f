"""What people say at any question besides answers: "go back", "I don't know", "for my son"."""

from __future__ import annotations

import re
from enum import StrEnum

from spacy.tokens import Span

from trialog.content.criteria import Interview
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher


class Command(StrEnum):
    """What a message asks of the questionnaire itself."""

    STOP = "stop"
    BACK = "back"
    RESTART = "restart"
    ANOTHER = "another"
    WHY = "why"
    MEANING = "meaning"
    KEEP = "keep"
    CHANGE = "change"
    CONFIRM = "confirm"
    UNKNOWN = "unknown"
    GO_ON = "go_on"


# Commands that are recognised by their phrases; the classifier knows the others.
_SPOKEN = (Command.STOP, Command.BACK, Command.RESTART, Command.WHY, Command.MEANING, Command.KEEP, Command.GO_ON)

# Words that change nothing about a command of one word ("ok stop please").
_FILLERS = frozenset(
    [
        *("please", "pls", "ok", "okay", "um", "uh", "er", "well", "so", "oh", "now", "just", "then", "can", "could", "we", "i", "you"),
        *("'d", "like", "want", "let", "'s", "us", "to", "the", "it", "go", "and", "but", "hey"),
    ]
)


# Whoever types speaks of themselves.
SELF = "self"


# "dont" for "don't": left out apostrophes change how spaCy takes a word apart.
_NO_APOSTROPHE = re.compile(r"\b(do|does|did|is|was|has|have|had|are|were|would|could|should|ca|wo)nt\b", re.IGNORECASE)


def straight(text: str) -> str:
    """``text`` with straight quotes and with the apostrophes that were left out, as the phrases are written."""
    return _NO_APOSTROPHE.sub(r"\1n't", text.replace("’", "'").replace("‘", "'"))


class Phrases:
    """Finds commands, people and correction words in a message."""

    def __init__(self, interview: Interview) -> None:
        self._commands = PhraseMatcher({command.value: interview.phrases[command] for command in _SPOKEN}, ANSWERS)
        self._ids = frozenset(interview.people)
        self._people = PhraseMatcher({person.id: person.spoken for person in interview.people.values()}, ANSWERS)
        self._corrections = PhraseMatcher({"correction": (*interview.phrases["correction"], *interview.phrases["now"])}, ANSWERS)
        self._last = PhraseMatcher({"last": interview.phrases["last"]}, ANSWERS)
        self._yes = PhraseMatcher({"yes": interview.phrases["yes"]}, ANSWERS)

    def command(self, text: str) -> Command | None:
        """The command in ``text``: a phrase of several words wherever it stands, a single word only alone."""
        for span in self._commands.find(straight(text)):
            # "Before I go on, ..." asks for something else.
            is_phrase = len(span) > 1 and span.label_ != Command.GO_ON
            if is_phrase or _stands_alone(span) or _opens(span):
                return Command(span.label_)
        return None

    def knows(self, person: str) -> bool:
        """True if ``person`` is the id of somebody a questionnaire can be about."""
        return person in self._ids

    def person(self, text: str) -> str | None:
        """The id of the person whom ``text`` is about; the longest phrase wins, then the first."""
        found = self._people.find(straight(text))
        # "I'm 71 and my granddaughter is ill" is not about the one who types.
        found = [span for span in found if span.label_ != SELF] or found
        return max(found, key=len).label_ if found else None

    def corrects(self, text: str) -> bool:
        """True if ``text`` takes something back ("sorry, not 2", "wait")."""
        return bool(self._corrections.find(straight(text)))

    def means_last(self, text: str) -> bool:
        """True if ``text`` speaks of the answer given last."""
        return bool(self._last.find(straight(text)))

    def says_yes(self, text: str) -> bool:
        """True if ``text`` begins with a yes."""
        return any(span.start <= 1 for span in self._yes.find(straight(text)))


def _opens(span: Span) -> bool:
    """True for the first word before a comma: "stop, he needs me"."""
    return bool(span.start == 0 and span.end < len(span.doc) and span.doc[span.end].lower_ in (",", ".", "!"))


def _stands_alone(span: Span) -> bool:
    return all(token.lower_ in _FILLERS or token.is_punct for token in span.doc if not span.start <= token.i < span.end)
