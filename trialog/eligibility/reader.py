"""Reads a message against the criteria of a study: the reply to the open question, and whatever else it states."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from spacy.tokens import Span

from trialog.content.criteria import DECLINED, MEASURED, OPEN_ANSWERS, UNKNOWN, Criterion, Kind
from trialog.content.interview import Interview
from trialog.content.model import Study
from trialog.content.statements import StatementWords
from trialog.eligibility.ages import AgeAt, AgeReader
from trialog.eligibility.amounts import AmountAt, AmountReader
from trialog.eligibility.choices import ChoiceReader
from trialog.eligibility.commands import Phrases
from trialog.eligibility.labelled import is_said_of, said_behind, stands_before
from trialog.eligibility.reading import Read, Said, places
from trialog.eligibility.verdicts import is_vague
from trialog.language.assertion import parts_of
from trialog.language.manner import ANSWERS, CUES, NEGATORS, spell_out
from trialog.language.notation import literal
from trialog.language.number_words import NUMBERS
from trialog.language.phrases import PhraseMatcher, stands_alone, without_slips
from trialog.language.slips import Slips
from trialog.language.statements import Message, Statements

# So many points make a message the summary of a case.
_SUMMARY = 2

_GENERAL = ("yes", "no", UNKNOWN, DECLINED)


@dataclass(frozen=True)
class Parsed:
    """A message as it was looked through: how it stands, the values it names by criterion, and the tokens that are explained.

    ``unknown`` are the criteria that are said by name not to be known.
    """

    line: str
    message: Message
    general: list[Span]
    values: Mapping[str, list[Span]]
    explained: frozenset[int]
    unknown: frozenset[str]
    titles: list[Span]
    asked: str | None
    person: str | None


class Reader:
    """Reads what families type, for the criteria of one study. Made once a study: it builds its matchers."""

    def __init__(self, study: Study, interview: Interview, words: StatementWords) -> None:
        criteria = self._criteria = study.criteria
        self.phrases = Phrases(interview, study.takes_part)
        self._statements = Statements(words.turning, words.frames, words.plain_words, words.lists)
        self._general = PhraseMatcher({label: interview.phrases[label] for label in _GENERAL}, ANSWERS)
        plain = frozenset(words.plain_words)
        self._no_slips = plain - {phrase.lower() for label in _GENERAL for phrase in interview.phrases[label]}
        self._choices = {c.id: ChoiceReader(c, plain) for c in criteria.values() if c.kind not in MEASURED}
        self._ages = {c.id: AgeReader(c.on) for c in criteria.values() if c.kind == Kind.AGE}
        self._amounts = {c.id: AmountReader(c) for c in criteria.values() if c.kind == Kind.AMOUNT}
        self._echoes = {c.id: _echo(c) for c in criteria.values()}
        self._beside = PhraseMatcher({beside.id: beside.words for beside in study.beside.values()}, ANSWERS)
        phrases = [*interview.phrases.values(), *(person.spoken for person in interview.people.values()), *_spoken_in(words)]
        self._slips = Slips(_words_of(words.plain_words, phrases, criteria.values()))
        self._titles = PhraseMatcher(
            {criterion.id: (literal(criterion.title), *criterion.named) for criterion in criteria.values()}, ANSWERS
        )

    def hear(self, text: str, asked: str | None = None, person: str | None = None) -> Parsed:
        """``text`` as it is looked through once, whatever is read of it; ``asked`` is the open question, ``person`` whom it is about."""
        line = self._slips.mended(spell_out(text))
        sayings = without_slips(self._general.find(line), self._no_slips)
        # "My daughter has leukemia, her brother had a relapse": whoever is not the patient of the message is somebody else.
        about = person or self.phrases.person(line)
        message = self._statements.read(line, self.phrases.names_of(line, about), sayings)
        titles = self._titles.find(line)
        unknown = [(title, said) for said in sayings if said.label_ == UNKNOWN for title in titles if is_said_of(title, said)]
        # "Relapse: not known" states none.
        named_unknown = places(title for title, _ in unknown)
        values = {
            name: [span for span in spans if not places([span]) & named_unknown]
            for name, spans in self._values(line, asked, message, sayings, titles).items()
        }
        message = message.without_cues(self._behind_names(values, titles, sayings))
        others = {title.label_: said for title, said in unknown if title.label_ != asked}
        elsewhere = [
            said for said in sayings if said.label_ == UNKNOWN and any(stands_before(said, one) for one in self._of_others(values, asked))
        ]
        # The "it has" of "it has come back" is no yes to another question.
        taken = places(span for spans in (*values.values(), others.values(), elsewhere) for span in spans)
        general = [span for span in _unframed(message, sayings) if not places([span]) & taken]
        echo = {token.i for token in message.doc if token.lower_ in self._echoes.get(asked or "", ())}
        # How many there are turns no name; only beside an age a number may be another one.
        figures = {token.i for token in message.doc if token.like_num} if asked in self._choices else set()
        known = [*general, *others.values(), *self.phrases.corrections_in(line), *titles, *self._beside.find(line)]
        explained = places(known) | echo | figures
        return Parsed(line, message, general, values, frozenset(explained), frozenset(others), titles, asked, about)

    def _values(self, line: str, asked: str | None, message: Message, sayings: list[Span], titles: list[Span]) -> dict[str, list[Span]]:
        """Where ``line`` names values, by criterion."""
        values = {name: _unframed(message, reader.find(line, asked=name == asked)) for name, reader in self._choices.items()}
        for name, reader in self._choices.items():
            # "T-cell, not B": what is named by its own words is spoken of in short ones, too.
            if name != asked and values[name]:
                values[name] = _unframed(message, reader.find(line, asked=True))
            values[name] = reader.labelled(values[name], [span for span in titles if span.label_ == name], sayings)
        whole = [places([span]) for span in sayings if span.label_ in (UNKNOWN, DECLINED)]
        # The "low" of "low risk" is none of CD22; a "late relapse" is a relapse by its name.
        whole += [places([span]) for spans in values.values() for span in spans]
        return {
            name: [span for span in spans if self._is_title(name, span) or not any(places([span]) < one for one in whole)]
            for name, spans in values.items()
        }

    def _is_title(self, name: str, span: Span) -> bool:
        return self._criteria[name].title.lower() in span.text.lower()

    @staticmethod
    def _of_others(values: Mapping[str, list[Span]], asked: str | None) -> list[Span]:
        return [span for name, spans in values.items() if name != asked for span in spans]

    @staticmethod
    def _behind_names(values: Mapping[str, list[Span]], titles: list[Span], sayings: list[Span]) -> frozenset[int]:
        """The tokens behind names where a yes or no is said of them, which turns nothing else."""
        return places(
            span.doc[title.end : span.end]
            for title in titles
            for spans in values.values()
            for span in spans
            if title.start == span.start and said_behind(title, sayings)
        )

    def read(self, parsed: Parsed, today: date, yes_no: bool = True, bare: bool = False, plain: bool = False) -> dict[str, Read]:
        """What was said, by criterion.

        ``yes_no`` is False where a bare yes or no would answer nothing ("which disease?"). A ``bare`` number is an age, too. ``plain``
        is explained at ``Said``.
        """
        asked, ages, amounts = parsed.asked, self._ages_in(parsed, today, bare), self._amounts_in(parsed, today)
        said = Said(parsed.message, parsed.general, _left_over(parsed, ages, amounts), plain=plain)
        found = {name: reader.read(said, ages[name], parsed.person, name == asked, today) for name, reader in self._ages.items()}
        found |= {name: reader.read(said, amounts[name], name == asked) for name, reader in self._amounts.items()}
        for name, reader in self._choices.items():
            spans = parsed.values[name]
            of_others = self._of_others(parsed.values, name)
            found[name] = reader.answer(replace(said, beside=of_others), spans, yes_no) if name == asked else reader.stated(said, spans)
        unknown = {name: Read(UNKNOWN, sure=True) for name in parsed.unknown}
        return unknown | {name: read for name, read in found.items() if read}

    def knows_each_word(self, parsed: Parsed, today: date) -> bool:
        """True if nothing in the message is left over but numbers."""
        left_over = _left_over(parsed, self._ages_in(parsed, today, bare=False), self._amounts_in(parsed, today))
        return all(parsed.message.doc[place].like_num for place in left_over)

    def _ages_in(self, parsed: Parsed, today: date, bare: bool) -> dict[str, list[AgeAt]]:
        return {
            name: reader.find(parsed.message, parsed.line, today, asked=bare or name == parsed.asked) for name, reader in self._ages.items()
        }

    def _amounts_in(self, parsed: Parsed, today: date) -> dict[str, list[AmountAt]]:
        named = {name: [title for title in parsed.titles if title.label_ == name] for name in self._amounts}
        return {
            name: reader.find(parsed.message, parsed.line, today, name == parsed.asked, named[name])
            for name, reader in self._amounts.items()
        }

    def stated(self, text: str, today: date, person: str | None = None) -> dict[str, str]:
        """Every clear answer that ``text`` gives without being asked, by criterion."""
        return self.clear(self.understood(text, today, person)[1])

    def understood(self, text: str, today: date, person: str | None = None) -> tuple[Parsed, dict[str, Read]]:
        """``text`` as it was looked through, and what it says without being asked, by criterion, clear or not."""
        parsed = self.hear(text, person=person)
        found = self.read(parsed, today)
        clear = self.clear(found)
        if sum(map(bool, parsed.values.values())) < _SUMMARY or clear.keys() & self._ages.keys():
            return parsed, found
        # In a summary of a case a number alone is an age: "does he fit? 12, BCP-ALL, relapsed".
        bare = self.read(self.hear(parts_of(text).stated, person=person), today, bare=True)
        surer = {name: found[name] if name in clear else bare[name] for name in self.clear(bare)}
        return parsed, {**surer, **{name: read for name, read in found.items() if name not in surer}}

    def clear(self, found: Mapping[str, Read]) -> dict[str, str]:
        """What of ``found`` may be noted without having been asked."""
        return {name: read.answer for name, read in found.items() if read.answer and read.sure and self._is_clear(name, read.answer)}

    def beside(self, parsed: Parsed) -> tuple[str, ...]:
        """The ids of what is told outright and is no point of entry."""
        told = (span for span in self._beside.find(parsed.line) if not parsed.message.stances(span.start, span.end))
        return tuple(dict.fromkeys(span.label_ for span in told))

    def not_named(self, text: str) -> tuple[str, ...]:
        """The ids of what ``text`` speaks of, however it stands, and is no point of entry."""
        return tuple(dict.fromkeys(span.label_ for span in self._beside.find(self._slips.mended(spell_out(text)))))

    def supposed(self, text: str, today: date, bare: bool = False) -> dict[str, str]:
        """What ``text`` says or supposes, by criterion, however sure it is; a ``bare`` number is an age, too."""
        found = self.read(self.hear(text), today, bare=bare)
        return {name: read.answer for name, read in found.items() if read.answer and read.answer not in OPEN_ANSWERS}

    def mentioned(self, text: str) -> list[str]:
        """The criteria that ``text`` speaks of, by their titles or by a value, however it stands."""
        values = self.hear(text).values
        return list(dict.fromkeys([*self.named(text), *(name for name, spans in values.items() if spans)]))

    def named(self, text: str) -> list[str]:
        """The criteria that ``text`` calls by their titles, each once."""
        return list(dict.fromkeys(span.label_ for span in self._titles.find(text)))

    def _is_clear(self, criterion: str, answer: str) -> bool:
        return answer not in (UNKNOWN, DECLINED) and not is_vague(self._criteria[criterion], answer)


def _left_over(parsed: Parsed, ages: Mapping[str, list[AgeAt]], amounts: Mapping[str, list[AmountAt]]) -> frozenset[int]:
    named = [span for spans in parsed.values.values() for span in spans]
    aged = [found.span for each in ages.values() for found in each]
    measured = [found.span for each in amounts.values() for found in each]
    return frozenset(parsed.message.left_over(parsed.explained, [*named, *aged, *measured]))


def _unframed(message: Message, spans: list[Span]) -> list[Span]:
    """Those of ``spans`` that are not part of something that means something else; what is said alone is not."""
    return [span for span in spans if stands_alone(span) or not message.is_framed(span)]


def _spoken_in(words: StatementWords) -> Iterator[Iterable[str]]:
    """The phrases that turn what is said, and the lists they name."""
    yield words.frames
    yield from (phrases for ways in words.turning.values() for phrases in ways.values())
    yield from (listed for listed in words.lists.values() if not isinstance(listed, str))


def _words_of(plain: Iterable[str], phrases: Iterable[Iterable[str]], criteria: Collection[Criterion]) -> Iterator[str]:
    """Every word that stands in what is read: plain words, numbers, sayings, and what the choices are called."""
    yield from plain
    yield from NUMBERS
    choices = [choice for criterion in criteria for choice in criterion.choices.values()]
    for phrase in chain(*phrases, *(chain(choice.words, choice.short, choice.exact) for choice in choices)):
        yield from CUES.words_of_phrase(phrase)
    yield from (word for criterion in criteria for unit in criterion.units for word in unit.spellings)


def _echo(criterion: Criterion) -> frozenset[str]:
    """The words of the question itself: whoever answers with them says nothing else."""
    asked = f"{criterion.title} {criterion.says} {criterion.question} {criterion.hint}"
    return frozenset(word.lower() for word in CUES.words_of_phrase(asked)) - set(NEGATORS)
