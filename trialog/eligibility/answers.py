"""What a message answers: the open question, and other points that it states or takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from trialog.content.criteria import CONFLICT, DECLINED, MEASURED, UNKNOWN, WHO, Kind
from trialog.content.model import Study
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.reader import Parsed, Reader
from trialog.eligibility.reading import Read
from trialog.eligibility.turn import Heard, Note, Turn
from trialog.eligibility.verdicts import is_vague, verdict_of

# A reply that cannot be read is asked for so often in another way before the point is left open.
_MOST_UNREAD = 2


class Answers:
    """Takes answers for one study."""

    def __init__(self, study: Study, reader: Reader) -> None:
        self._study = study
        self._reader = reader

    def to_open(self, now: Questionnaire, heard: Heard, today: date, outright: bool = False) -> Read | None:
        """The answer to the open question; only one given by its own words if ``outright``."""
        question = now.open_question(self._study)
        if question is None or question == WHO:
            return None
        is_yes_no = self._study.criteria[question].kind == Kind.YES_NO or now.is_doubtful(question)
        yes_no = is_yes_no and not outright and question not in now.unsure
        read = self._read(now, heard, today, yes_no=yes_no).get(question)
        if heard.left_open and (read is None or read.answer == heard.left_open):
            read = Read(heard.left_open, sure=True)
        if read and heard.seems_open and read.answer not in (UNKNOWN, DECLINED):
            # "No one has mentioned any CD22 to us" is no "no".
            read = replace(read, sure=False)
        return None if outright and read and read.answer in (UNKNOWN, DECLINED) else read

    def is_nothing_else(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True if the open question is answered outright, and all other words but numbers are known to turn nothing."""
        return self.to_open(now, heard, today, outright=True) is not None and self._reader.knows_each_word(self._parsed(now, heard), today)

    def agrees(self, now: Questionnaire, heard: Heard) -> bool:
        """True if the message says yes, and neither sets anything against it nor says that something is not known."""
        if not heard.agrees and not self._reader.phrases.says_yes(heard.stated):
            return False
        parsed = self._parsed(now, heard)
        return not parsed.message.is_limited() and not any(span.label_ == UNKNOWN for span in parsed.general)

    def changes(self, now: Questionnaire, heard: Heard, today: date) -> dict[str, str]:
        """What the message states about other points than the open one: new, or other than before."""
        corrects = self._corrects(now, heard)
        others = self._others(now, heard, today)
        stated = self._reader.clear(others) | {name: UNKNOWN for name in _unknown(others) if name not in now.answers}
        return {
            name: answer
            for name, answer in stated.items()
            if now.answers.get(name) != answer
            # An age or an amount is said in passing ("when she was 5"); it replaces another only when it is meant to.
            and (corrects or name not in now.answers or self._study.criteria[name].kind not in MEASURED)
        }

    def doubts(self, now: Questionnaire, heard: Heard, today: date) -> dict[str, str]:
        """Answers that the message seems to take back, as it was understood; to be asked back."""
        others = self._others(now, heard, today)
        found = dict.fromkeys(_unknown(others), UNKNOWN)
        if self._corrects(now, heard):
            found |= {name: read.answer for name, read in others.items() if read.answer and not read.sure}
        says_so = self._reader.phrases.corrects(heard.text)
        return {
            name: answer for name, answer in found.items() if name in now.answers and self._differ(name, answer, now.answers[name], says_so)
        }

    def given(self, now: Questionnaire, question: str, read: Read) -> Turn:
        """The open ``question`` is answered by ``read``, or what was understood is asked back."""
        if read.answer is None:
            return self.unread(now, question, Note.SEVERAL, read.several)
        # A vague answer has a follow-up of its own.
        if read.sure or now.unsure.get(question) == read.answer or is_vague(self._study.criteria[question], read.answer):
            return self.noted(now, question, read.answer)
        return Turn(now.with_unsure(question, read.answer))

    def noted(self, now: Questionnaire, question: str, answer: str) -> Turn:
        """``answer`` counts, unless it is vague and its follow-up is still to be asked."""
        if is_vague(self._study.criteria[question], answer) and question not in now.vague:
            return Turn(now.with_vague(question, answer))
        return Turn(now.with_answer(question, now.settled(question) if answer in (UNKNOWN, DECLINED) and question in now.vague else answer))

    def unread(self, now: Questionnaire, question: str, note: Note = Note.UNREAD, several: tuple[str, ...] = ()) -> Turn:
        """The reply could not be read: it is asked in another way, and at last left open."""
        if several and now.unread:
            return Turn(now.with_answer(question, CONFLICT), Note.LEFT_OPEN, (question,))
        if question in now.vague or now.unread >= _MOST_UNREAD:
            return Turn(now.with_answer(question, now.settled(question)), Note.LEFT_OPEN, (question,))
        again = now.misread(question)
        return Turn(again.asked_once_more(now.unread + 1), note, (question,) if several else (), several=several)

    def with_beside(self, before: Questionnaire, turn: Turn, heard: Heard) -> Turn:
        """``turn`` with what the message tells and the page does not name, each told once."""
        told = self._reader.beside(self._parsed(before, heard)) if heard.stated else ()
        now = turn.questionnaire
        new = tuple(name for name in told if name not in now.beside)
        return replace(turn, questionnaire=replace(now, beside=(*now.beside, *new)), beside=new) if new else turn

    def _corrects(self, now: Questionnaire, heard: Heard) -> bool:
        return self._reader.phrases.corrects(heard.text) or now.stage != Stage.ASKING

    def _others(self, now: Questionnaire, heard: Heard, today: date) -> dict[str, Read]:
        question = now.open_question(self._study)
        # "That last one was wrong" is about no age of one year.
        bare = self._corrects(now, heard) and any(character.isdigit() for character in heard.stated)
        return {name: read for name, read in self._read(now, heard, today, bare=bare).items() if name != question}

    def _read(self, now: Questionnaire, heard: Heard, today: date, yes_no: bool = True, bare: bool = False) -> dict[str, Read]:
        """What ``heard`` says while the open question is asked; looked through only once a message."""
        return self._reader.read(self._parsed(now, heard), today, yes_no, bare, heard.plain)

    def _parsed(self, now: Questionnaire, heard: Heard) -> Parsed:
        key = (now.open_question(self._study), now.person)
        if key not in heard.parsed:
            heard.parsed[key] = self._reader.hear(heard.stated, *key)
        parsed: Parsed = heard.parsed[key]
        return parsed

    def _differ(self, name: str, one: str, other: str, says_so: bool) -> bool:
        """True where the two count differently, or where the family ``says_so`` that an age or an amount is another."""
        criterion = self._study.criteria[name]
        return verdict_of(criterion, one) != verdict_of(criterion, other) or (says_so and criterion.kind in MEASURED and one != other)


def _unknown(found: Mapping[str, Read]) -> list[str]:
    """The criteria that are said by name not to be known."""
    return [name for name, read in found.items() if read.answer == UNKNOWN]
