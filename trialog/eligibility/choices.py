"""Reads which choice of a question a message names, through negation, doubt and typing errors."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from trialog.content.criteria import DECLINED, UNKNOWN, Choice, Criterion, Interview, Kind, Verdict
from trialog.language.manner import ANSWERS, NEGATORS
from trialog.language.phrases import PhraseMatcher

# How far before a phrase a "not" still belongs to it ("I don't think it came back").
_REACH = 4

# How far behind a "now" or an "at first" the statement stands that it speaks of.
_TIME_REACH = 3

_BREAKS = frozenset([",", ".", ";", "but", ":"])

# A yes or no counts at the beginning of a message, or in a short one; in a story it can mean anything.
_EARLY = 2
_SHORT = 4

_GENERAL = ("yes", "no", UNKNOWN, DECLINED)


@dataclass(frozen=True)
class _Mention:
    """A choice named in a message, and where; ``turned`` when it follows from the opposite being denied."""

    choice: Choice
    span: Span
    turned: bool = False


class ChoiceReader:
    """Reads answers to one criterion of kind yes_no or choice."""

    def __init__(self, criterion: Criterion, interview: Interview) -> None:
        self._criterion = criterion
        choices = criterion.choices.values()
        exact = {choice.id: choice.exact for choice in choices}
        self._stated = PhraseMatcher({choice.id: choice.words for choice in choices}, ANSWERS, exact=exact)
        self._answers = PhraseMatcher({choice.id: (*choice.words, *choice.short) for choice in choices}, ANSWERS, exact=exact)
        self._general = PhraseMatcher({label: interview.phrases[label] for label in _GENERAL}, ANSWERS)
        self._hedges = PhraseMatcher({"hedge": interview.phrases["hedge"]}, ANSWERS)
        self._times = PhraseMatcher({time: interview.phrases[time] for time in ("now", "before")}, ANSWERS)

    def stated(self, text: str) -> str | None:
        """The choice that ``text`` states by its own words, whatever the question; None if it states none or two."""
        return self._chosen(self._stated.find(text), text)

    def answer(self, text: str, yes_no: bool = True) -> str | None:
        """The choice that ``text`` names as a reply to this question; ``yes_no`` if yes and no answer it."""
        named = self._answers.find(text)
        return self._chosen(named, text) if self._mentions(named) else self._general_answer(text, yes_no)

    def _chosen(self, spans: list[Span], text: str) -> str | None:
        choice = self._pick(self._mentions(spans))
        if choice is None:
            return None
        doubted = choice.verdict != Verdict.NOT_KNOWN and self._criterion.kind == Kind.YES_NO and self._hedges.find(text)
        return UNKNOWN if doubted else choice.id

    def _mentions(self, spans: list[Span]) -> list[_Mention]:
        found = []
        for span in spans:
            choice = self._criterion.choices[span.label_]
            if not _is_denied(span, spans):
                found.append(_Mention(choice, span))
            elif opposite := self._opposite(choice):
                found.append(_Mention(opposite, span, turned=True))
        # What is said outright counts more than what follows from a "not".
        return [mention for mention in found if not mention.turned] or found

    def _opposite(self, choice: Choice) -> Choice | None:
        return self._criterion.meaning_choice({"yes": "no", "no": "yes"}[choice.means]) if choice.means else None

    def _pick(self, mentions: list[_Mention]) -> Choice | None:
        clear = [mention for mention in mentions if not mention.choice.vague] or mentions
        choices = self._in_time(clear) if len({mention.choice.id for mention in clear}) > 1 else [mention.choice for mention in clear]
        if len({choice.verdict for choice in choices}) == 1:
            return choices[0]
        # Of two statements that do not agree, the one that leaves it open; else nobody can tell.
        return next((choice for choice in choices if choice.verdict == Verdict.NOT_KNOWN), None)

    def _in_time(self, mentions: list[_Mention]) -> list[Choice]:
        """The last choice said to hold now, if there is one; else those not said to belong to the past."""
        times = self._times.find(mentions[0].span.doc.text)
        latest = [mention.choice for mention in mentions if _is_of("now", mention.span, times)]
        present = [mention.choice for mention in mentions if not _is_of("before", mention.span, times)]
        return latest[-1:] or present or [mention.choice for mention in mentions]

    def _general_answer(self, text: str, yes_no: bool) -> str | None:
        labels = {span.label_ for span in self._general.find(text) if _counts(span)}
        # "No idea" and "not sure" are found as such; a bare "no" beside them says nothing more.
        for label in (DECLINED, UNKNOWN):
            if label in labels:
                return label
        if yes_no and self._hedges.find(text):
            return UNKNOWN
        chosen = self._criterion.meaning_choice(next(iter(labels))) if yes_no and len(labels) == 1 else None
        return chosen.id if chosen else None


def _is_of(time: str, span: Span, times: list[Span]) -> bool:
    """True if ``span`` stands shortly behind a word for ``time``."""
    return any(other.label_ == time and 0 <= span.start - other.end < _TIME_REACH for other in times)


def _counts(span: Span) -> bool:
    if span.end < len(span.doc) and span.doc[span.end].lower_ in NEGATORS:
        return False
    if span.label_ in (UNKNOWN, DECLINED):
        return True
    # "It has" is a yes; "it has a long name" is none.
    return _words(span.doc) <= _SHORT or (len(span) == 1 and span.start < _EARLY)


def _words(doc: Doc) -> int:
    return sum(not token.is_punct for token in doc)


def _is_denied(span: Span, others: list[Span]) -> bool:
    """True if a "not" before ``span`` belongs to it and to no phrase in between."""
    taken = {token.i for other in others if other is not span for token in other}
    for token in reversed(span.doc[max(0, span.start - _REACH) : span.start]):
        if token.lower_ in _BREAKS or token.i in taken:
            return False
        if token.lower_ == "no":
            return bool(token.i == span.start - 1)
        if token.lower_ in NEGATORS:
            return True
    return False
