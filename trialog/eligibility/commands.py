"""What people say at any question besides answers: "go back", "I don't know", "for my son"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

from spacy.tokens import Span

from trialog.content.criteria import Criterion
from trialog.content.interview import Interview
from trialog.content.subject import Who
from trialog.eligibility.labelled import is_whole
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher, stands_alone


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
    LATER = "later"
    HOW_MANY = "how_many"
    AGAIN = "again"
    MISREAD = "misread"


# Commands that are recognised by their phrases; the classifier knows the others.
_SPOKEN = (Command.STOP, Command.BACK, Command.RESTART, Command.WHY, Command.MEANING, Command.KEEP, Command.GO_ON, Command.LATER)

# Words that change nothing about a command of one word ("ok stop please").
_FILLERS = frozenset(
    [
        *("please", "pls", "ok", "okay", "um", "uh", "er", "well", "so", "oh", "now", "just", "then", "can", "could", "we", "i", "you"),
        *("'d", "like", "actually", "no", "wait", "want", "let", "'s", "us", "to", "the", "it", "go", "and", "but", "hey"),
    ]
)

# Beside the name of somebody they say nothing more.
_AROUND_NAMES = frozenset(["for", "about", "it", "is", "'s", "its", "just", "only", "please", "and"])

# Before a name of kin they speak of somebody else than so far.
_NEXT_ONE = frozenset(["other", "another", "second", "next", "younger", "older", "elder"])

# Whoever types speaks of themselves.
SELF = "self"


# Buttons whose words are obeyed when they are typed; the one that resumes goes on.
_TYPED = {command: command.value for command in Command if command not in (Command.UNKNOWN, Command.LATER, Command.MEANING)} | {
    "resume": Command.GO_ON.value
}

_SIGNS = re.compile(r"\W+")


def _bare(text: str) -> str:
    return _SIGNS.sub(" ", text.lower()).strip()


class Phrases:
    """Finds commands, people and correction words in a message."""

    def __init__(self, interview: Interview, takes_part: Collection[Who] = ()) -> None:
        """``takes_part`` are those in the study; whoever cannot be in it is nobody's answer."""
        people = interview.people_of(takes_part)
        self._commands = PhraseMatcher({command.value: interview.phrases[command] for command in _SPOKEN}, ANSWERS)
        self._ids = frozenset(people)
        self._kin = {person.id: person.also for person in people.values()}
        self._people = PhraseMatcher({person.id: person.spoken for person in people.values()}, ANSWERS)
        self._corrections = PhraseMatcher({"correction": (*interview.phrases["correction"], *interview.phrases["now"])}, ANSWERS)
        self._buttons = {
            _bare(interview.buttons[name]): {"command": command} for name, command in _TYPED.items() if name in interview.buttons
        }
        self._buttons |= {_bare(person.button): {"person": person.id} for person in people.values() if person.button}
        self._last = PhraseMatcher({"last": interview.phrases["last"]}, ANSWERS)
        self._yes_no = PhraseMatcher({word: interview.phrases[word] for word in ("yes", "no")}, ANSWERS)

    def command(self, text: str) -> Command | None:
        """The command in ``text``: a phrase of several words wherever it stands, a single word only alone."""
        for span in self._commands.find(text):
            # "Before I go on, ..." asks for something else.
            is_phrase = len(span) > 1 and span.label_ != Command.GO_ON
            # "Back. Carry on, please" says who is there again.
            opens = _opens(span) and span.label_ != Command.BACK
            if is_phrase or stands_alone(span, _FILLERS) or opens:
                return Command(span.label_)
        return None

    def button(self, text: str, criterion: Criterion | None) -> Mapping[str, str] | None:
        """What the button says whose words were typed as they stand on it; ``criterion`` is the open one."""
        choices = criterion.choices.values() if criterion else ()
        chosen = {_bare(choice.button): {"answer": f"{criterion.id}:{choice.id}"} for choice in choices if choice.button and criterion}
        return {**self._buttons, **chosen}.get(_bare(text))

    def knows(self, person: str) -> bool:
        """True if ``person`` is the id of somebody a questionnaire can be about."""
        return person in self._ids

    def person(self, text: str) -> str | None:
        """The id of the person whom ``text`` is about; the longest phrase wins, then the first."""
        found = self._people.find(text)
        # "I'm 71 and my granddaughter is ill" is not about the one who types.
        found = [span for span in found if span.label_ != SELF] or found
        return max(found, key=len).label_ if found else None

    def one_person(self, one: str | None, other: str | None) -> str | None:
        """Whom both may mean, as exactly as one of them says; None for two people, or for nobody: "my son" is "my child", too."""
        if not one or not other or one == other:
            return one or other
        return min(one, other, key=lambda person: len(self._kin[person])) if other in self._kin.get(one, ()) else None

    def is_person(self, text: str) -> bool:
        """True if ``text`` says nothing but whom it is about: "myself", "it's for my son"."""
        found = self._people.find(text)
        named = {token.i for span in found for token in span}
        beside = [token for token in found[0].doc if token.i not in named] if found else []
        return bool(found) and all(token.is_punct or token.is_space or token.lower_ in _AROUND_NAMES for token in beside)

    def is_another(self, text: str, person: str | None) -> bool:
        """True if ``text`` is about somebody who cannot be the ``person``: of other kin, or "my other son"."""
        named = self.person(text)
        is_next = any(span.start and span.doc[span.start - 1].lower_ in _NEXT_ONE for span in self._people.find(text))
        return is_next or (named is not None and person is not None and named not in (person, SELF, *self._kin.get(person, ())))

    def names_of(self, text: str, person: str | None) -> list[Span]:
        """Where ``text`` speaks of ``person``; of whoever it is where that is not known."""
        found = self._people.find(text)
        if person is None or person not in self._ids:
            return [span for span in found if span.label_ != SELF]
        return [span for span in found if span.label_ in (person, *self._kin.get(person, ()))]

    def corrects(self, text: str) -> bool:
        """True if ``text`` takes something back ("sorry, not 2", "wait")."""
        return bool(self._corrections.find(text))

    def corrections_in(self, text: str) -> list[Span]:
        """Where ``text`` says that it takes something back."""
        return self._corrections.find(text)

    def means_last(self, text: str) -> bool:
        """True if ``text`` speaks of the answer given last."""
        return bool(self._last.find(text))

    def says_yes(self, text: str) -> bool:
        """True if ``text`` begins with a yes of its own: "he is" is one, "he is stable" is none."""
        return self._begins("yes", text)

    def says_no(self, text: str) -> bool:
        """True if ``text`` begins with a no."""
        return self._begins("no", text)

    def _begins(self, word: str, text: str) -> bool:
        return any(span.start <= 1 and span.label_ == word and is_whole(span) for span in self._yes_no.find(text))


def _opens(span: Span) -> bool:
    """True for the first word before a comma: "stop, he needs me"."""
    return bool(span.start == 0 and span.end < len(span.doc) and span.doc[span.end].lower_ in (",", ".", "!"))
