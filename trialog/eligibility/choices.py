"""Reads which choice of a question a message names, and how that stands: stated, denied, doubted, of another time or person."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from trialog.content.criteria import DECLINED, UNKNOWN, Choice, Criterion, Kind, Verdict
from trialog.eligibility.labelled import is_whole, said_behind
from trialog.eligibility.reading import UNSURE, Read, Said
from trialog.language.manner import ANSWERS, NEGATORS
from trialog.language.percents import find_shares
from trialog.language.phrases import PhraseMatcher, without_slips
from trialog.language.statements import MARKER, Message, Stance, clause_before
from trialog.language.vocabulary import pipeline

# A yes or no counts at the beginning of a message, or in a short one; in a story it can mean anything.
_EARLY = 2

_SHORT = 4

# What was so, or was believed, once.
ONCE = frozenset([Stance.PAST, Stance.THOUGHT])


@dataclass(frozen=True)
class _Mention:
    """A choice named in a message, and how it stands; ``turned`` when it follows from the opposite being denied."""

    choice: Choice
    span: Span
    stances: frozenset[Stance]
    turned: bool = False

    @property
    def is_sure(self) -> bool:
        return not self.stances & UNSURE


class ChoiceReader:
    """Reads answers to one criterion of kind yes_no or choice."""

    def __init__(self, criterion: Criterion, plain: AbstractSet[str] = frozenset()) -> None:
        """``plain`` words are never taken for a misspelt word of the ``criterion``: "right" is no "bright"."""
        self._criterion = criterion
        choices = criterion.choices.values()
        exact = {choice.id: choice.exact for choice in choices}
        own = {word.lower() for choice in choices for word in (*choice.words, *choice.short, *choice.exact)}
        self._plain = plain - own
        self._stated = PhraseMatcher({choice.id: choice.words for choice in choices}, ANSWERS, exact=exact)
        self._answers = PhraseMatcher({choice.id: (*choice.words, *choice.short) for choice in choices}, ANSWERS, exact=exact)

    def find(self, text: str, asked: bool) -> list[Span]:
        """Where ``text`` names choices; those that only the question makes one of are found if it was ``asked``."""
        found = (self._answers if asked else self._stated).find(text)
        named: list[Span] = filter_spans([*found, *self._shares(text, asked)])
        return [span for span in without_slips(named, self._plain) if not self._is_of_another(span)]

    def _is_of_another(self, span: Span) -> bool:
        """True for what is said of another marker: a word right behind it, and in an answer about a marker all that its clause says."""
        own, is_marker = self._criterion.title.lower(), MARKER.fullmatch(self._criterion.title) is not None
        before = clause_before(span) if is_marker else span.doc[max(span.start - 1, 0) : span.start].text
        markers = MARKER.findall(before) if is_marker or len(span) == 1 else []
        return bool(markers) and own != markers[-1].lower() and own not in span.text.lower()

    def labelled(self, spans: list[Span], titles: list[Span], sayings: list[Span]) -> list[Span]:
        """``spans``, with those behind which a yes or no stands as in a form: "relapse: no", "CD22? yes".

        ``titles`` are where the criterion itself is named, which says nothing alone; ``sayings`` are the words for yes and no.
        """
        named = [span for span in spans if self._criterion.choices[span.label_].means == "yes"]
        named += titles if self._criterion.kind == Kind.YES_NO else []
        found = list(spans)
        for span in named:
            said = said_behind(span, sayings)
            if said and (meant := self._criterion.meaning_choice(said.label_)):
                found.append(Span(span.doc, span.start, said.end, label=meant.id))
        kept: list[Span] = filter_spans(found)
        return kept

    def _shares(self, text: str, asked: bool) -> list[Span]:
        """Shares that say the same as a choice; unasked, or beside another name, only where the title stands before them."""
        ranges = {choice.id: choice.percent for choice in self._criterion.choices.values() if choice.percent}
        shares = find_shares(text) if ranges else []
        doc = ANSWERS.doc(pipeline(ANSWERS.language), text) if shares else None
        found = []
        for share in shares:
            names = MARKER.findall(text[: share.start])
            says = next((name for name, (least, most) in ranges.items() if least <= share.least and share.most <= most), None)
            of_this = names[-1].lower() == self._criterion.title.lower() if names else asked
            if says and of_this and doc:
                found.append(doc.char_span(share.start, share.end, label=says, alignment_mode="expand"))
        return found

    def stated(self, said: Said, spans: list[Span]) -> Read | None:
        """What ``spans`` state by their own words, whatever the question."""
        return self._explained(said, self._mentions(said.message, spans), spans)

    def answer(self, said: Said, spans: list[Span], yes_no: bool) -> Read | None:
        """What the message says as a reply to this question; ``yes_no`` if yes and no answer it."""
        mentions = [mention for mention in self._mentions(said.message, spans) if not _is_left_open(said, mention.span)]
        named = self._explained(said, mentions, spans)
        general = {span.label_ for span in said.general}
        if named is None:
            return None if mentions else self._general_answer(said, general, yes_no)
        choice = self._criterion.choices.get(named.answer or "")
        if choice and choice.vague and UNKNOWN in general and self._criterion.kind == Kind.YES_NO:
            return Read(UNKNOWN, sure=True)
        denied = self._criterion.meaning_choice("no") if yes_no and choice and choice.vague else None
        if denied and any(span.label_ == "no" and _counts(span) for span in said.general):
            # "No, never. She is in remission" is a no, whatever it adds.
            return Read(denied.id, named.sure)
        if choice and self._disagree(choice, general, yes_no):
            return Read(named.answer)
        return named

    @staticmethod
    def _denied(said: Said, spans: list[Span]) -> set[str]:
        """The choices that are denied somewhere: "it was gone, and in june it wasn't gone any more" says both."""
        return {span.label_ for span in spans if Stance.DENIED in said.message.stances(span.start, span.end)}

    def _explained(self, said: Said, mentions: list[_Mention], spans: list[Span]) -> Read | None:
        """What ``mentions``, made of ``spans``, come to; sure only if nothing in their sentences is left over and none is denied."""
        read = self._pick(said, mentions)
        if read is None or not read.sure:
            return read
        if read.answer in self._denied(said, spans):
            return Read(read.answer)
        meant = [mention for mention in mentions if mention.choice.id == read.answer]
        means_no = all(mention.choice.means == "no" for mention in meant)
        if not means_no and said.is_denied_behind(meant[-1].span.end - 1):
            return Read(read.answer)
        heard = replace(said.without_denials() if means_no else said, names=self._criterion.kind == Kind.CHOICE)
        # One letter says little: "I'm group B, if you mean blood".
        heard = replace(heard, plain=False) if all(len(mention.span.text) == 1 for mention in meant) else heard
        return Read(read.answer, heard.explains(mention.span.start for mention in meant), read.several)

    def _mentions(self, message: Message, spans: list[Span]) -> list[_Mention]:
        found = []
        for span in spans:
            choice, stances = self._criterion.choices[span.label_], message.stances(span.start, span.end)
            if choice.means == "no" and message.is_only_opened_by_no(span):
                stances -= {Stance.DENIED}
            if Stance.SOMEBODY in stances:
                continue
            if Stance.DENIED not in stances:
                found.append(_Mention(choice, span, stances))
            elif opposite := self._opposite(choice):
                found.append(_Mention(opposite, span, stances, turned=True))
        return found

    def _opposite(self, choice: Choice) -> Choice | None:
        return self._criterion.meaning_choice({"yes": "no", "no": "yes"}[choice.means]) if choice.means else None

    def _pick(self, said: Said, mentions: list[_Mention]) -> Read | None:
        """The one choice that ``mentions`` come to; several where they do not agree."""
        sure = self._in_time([mention for mention in mentions if mention.is_sure])
        if not sure:
            return _one_of(_exact(said.message, self._in_time(mentions)), sure=False)
        clear = _exact(said.message, sure)
        outright = [mention for mention in clear if not mention.turned]
        read = _one_of(outright if outright and self._criterion.kind == Kind.CHOICE else clear, sure=True)
        doubted = said.message.doubt_behind(clear[0].span.end - 1) or all(mention.stances & ONCE for mention in clear)
        # "I think negative, but the second lab said positive" is for the family to settle.
        doubted = doubted or any(_is_contrary(mention, clear[0]) for mention in mentions)
        return Read(read.answer, read.sure and not doubted, read.several) if read else None

    def _in_time(self, mentions: list[_Mention]) -> list[_Mention]:
        """The last choice said to hold now, if others are named; else those not said to belong to the past."""
        if self._criterion.lasting:
            mentions = [_lasting(mention) for mention in mentions]
        if len({mention.choice.verdict for mention in mentions}) < 2:
            return mentions
        latest = [mention for mention in mentions if Stance.NOW in mention.stances]
        present = [mention for mention in mentions if not mention.stances & ONCE]
        return latest[-1:] or present or mentions

    def _disagree(self, choice: Choice, general: set[str], yes_no: bool) -> bool:
        """True for a "yes" beside what means no, or a "don't know" beside a clear statement; "no, it is back" takes a no back."""
        if UNKNOWN in general or DECLINED in general:
            return not choice.vague and choice.verdict != Verdict.NOT_KNOWN
        return yes_no and "yes" in general and "no" not in general and (choice.means == "no" or choice.vague)

    def _general_answer(self, said: Said, general: set[str], yes_no: bool) -> Read | None:
        # "No idea" and "not sure" are found as such; a bare "no" beside them says nothing more.
        if left_open := said.left_open():
            return left_open
        if yes_no and said.is_awaited:
            return Read(UNKNOWN, said.explains_all())
        counted = {span.label_ for span in said.general if _counts(span)}
        chosen = self._criterion.meaning_choice(next(iter(counted))) if yes_no and len(counted) == 1 else None
        if chosen is None:
            return None
        # "Yes, I know: they did not find any" says both.
        if {"yes", "no"} <= general:
            return Read(chosen.id)
        elsewhere = any(said.is_for_another(span) for span in said.general if span.label_ == chosen.means)
        heard = said.without_denials() if chosen.means == "no" else said
        return Read(chosen.id, not elsewhere and heard.explains_all() and not any(cue.stance in UNSURE for cue in said.message.cues))


def _lasting(mention: _Mention) -> _Mention:
    """What happened once stays so; that it had not happened yet does not: "first standard risk, and since March very high risk"."""
    is_so = mention.choice.means != "no"
    return replace(mention, stances=mention.stances - {Stance.PAST}) if is_so else mention


def _is_contrary(mention: _Mention, picked: _Mention) -> bool:
    """True for a guess of today that counts otherwise than what was ``picked``."""
    is_guess = Stance.DOUBTED in mention.stances and not mention.stances & ONCE
    return is_guess and Stance.NOW not in picked.stances and mention.choice.verdict != picked.choice.verdict


def _exact(message: Message, mentions: list[_Mention]) -> list[_Mention]:
    """Those that are not vague: "ALL, but T" is T; but "B-ALL, but they only call it ALL" is both."""
    exact = [mention for mention in mentions if not mention.choice.vague]
    if not exact:
        return mentions
    last = exact[-1].span
    behind = [mention for mention in mentions if mention.choice.vague and mention.span.start >= last.end]
    return mentions if any(message.is_contrast(last.end, mention.span.start) for mention in behind) else exact


def _is_left_open(said: Said, span: Span) -> bool:
    """True for what somebody does not know: "nobody said if it was quick"."""
    unknown = (other for other in said.general if other.label_ == UNKNOWN and other.end <= span.start)
    return any(said.message.is_one_clause(other.end, span.start) for other in unknown)


def _one_of(mentions: Sequence[_Mention], sure: bool) -> Read | None:
    if not mentions:
        return None
    if len({mention.choice.verdict for mention in mentions}) == 1:
        return Read(mentions[0].choice.id, sure)
    return Read(None, several=tuple(dict.fromkeys(mention.choice.id for mention in mentions)))


def _counts(span: Span) -> bool:
    if span.end < len(span.doc) and span.doc[span.end].lower_ in NEGATORS:
        return False
    if not is_whole(span):
        return False
    return _words(span.doc) <= _SHORT or span.start < _EARLY


def _words(doc: Doc) -> int:
    return sum(not token.is_punct for token in doc)
