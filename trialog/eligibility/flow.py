"""The course of a questionnaire: what one message changes, and what is to be said besides the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from trialog.content.criteria import DECLINED, UNKNOWN, WHO, Kind
from trialog.content.model import DANGER, Study
from trialog.eligibility.commands import Command
from trialog.eligibility.questionnaire import SOMEONE, Questionnaire, Stage
from trialog.eligibility.reader import Reader
from trialog.eligibility.turn import START, TOPIC, Aside, Heard, Note, Turn
from trialog.eligibility.verdicts import is_vague

FEELINGS = ("safety/distress", "safety/prognosis", "safety/medical_advice")

# From this share on the classifier is believed that a message is about the questionnaire itself.
SURE = 0.5
# From this share on it is believed against an answer that is only a yes, a no or a "don't know".
VERY_SURE = 0.65
# From this share on a message that is no answer is taken for something else, not for an answer that cannot be read.
ELSEWHERE = 0.4
# "He's 9" and "it came back" are answers; the classifier, which does not know the question, can see danger in them.
_FEW_WORDS = 4
# So many points in one message are a summary of the case.
_SUMMARY = 3
SURELY_ASKED = 0.8
# A feeling beside an answer is answered, too, when it takes more than a few words.
_FEELING_WORDS = 8


class Course:
    """Takes messages for one study."""

    def __init__(self, study: Study, reader: Reader) -> None:
        self._study = study
        self._reader = reader

    def begin(self, heard: Heard, today: date, earlier: Mapping[str, str] | None = None) -> Turn:
        """A new questionnaire with what ``heard`` says already, and with what was said ``earlier`` in the conversation."""
        told = dict(earlier or {})
        person = self._reader.phrases.person(heard.text)
        if person and told.get(WHO, person) != person:
            told = {}
        person = person or told.get(WHO)
        said = {name: answer for name, answer in told.items() if name != WHO} | self._reader.stated(heard.stated, today)
        begun = Questionnaire(person=person, asked_who=person is None).with_answers(said)
        return _settled(Turn(begun, Note.NOTED if said else None, tuple(said)), self._study)

    def take(self, questionnaire: Questionnaire, heard: Heard, today: date) -> Turn:
        """What ``heard`` changes in ``questionnaire``."""
        if heard.topic in DANGER and not self._is_plain_answer(questionnaire, heard, today):
            return self._alarmed(questionnaire, heard, today)
        if heard.pressed is not None:
            turn = self._press(replace(questionnaire, paused=False), heard.pressed, heard, today)
        elif questionnaire.paused:
            turn = self._after_pause(questionnaire, heard, today)
        elif questionnaire.stage == Stage.STOPPED:
            turn = self._resume(questionnaire, heard, today)
        else:
            turn = self._command(questionnaire, heard, today) or self._read(questionnaire, heard, today)
        return _settled(turn, self._study)

    def _is_plain_answer(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True for a few words that name an answer to the open question, or a single word that is one, or a command."""
        if heard.share < VERY_SURE and self._is_ours(heard, today):
            return True
        words = len(heard.text.split())
        return words <= _FEW_WORDS and self._answer(now, heard, today, outright=words > 1) is not None

    def _is_ours(self, heard: Heard, today: date) -> bool:
        """True for a command, and for a summary of the case as clinicians write it."""
        stated = self._reader.stated(heard.stated, today)
        return self._reader.phrases.command(heard.text) is not None or len(stated) >= _SUMMARY

    def _alarmed(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        """Danger is answered first; what the message answers by its own words is not lost."""
        question, answer = now.open_question(self._study), self._answer(now, heard, today, outright=True)
        kept = now.with_answers(self._changes(now, heard, today))
        turn = self._answered(kept, question, answer) if question and answer else Turn(kept)
        waiting = replace(turn.questionnaire, paused=turn.questionnaire.stage != Stage.RESULT)
        return _settled(replace(turn, questionnaire=waiting, aside=Aside.ELSEWHERE), self._study)

    def _after_pause(self, paused: Questionnaire, heard: Heard, today: date) -> Turn:
        """After danger a bare "yes" answers nothing: it may mean "I am safe"."""
        now = replace(paused, paused=False)
        if turn := self._command(now, heard, today):
            return turn
        if self._answer(now, heard, today, outright=True):
            return self._read(now, heard, today)
        waits = (heard.asks or heard.topic in FEELINGS) and self._is_elsewhere(heard)
        return Turn(paused, aside=Aside.ELSEWHERE) if waits else Turn(now)

    def _press(self, now: Questionnaire, pressed: Mapping[str, str], heard: Heard, today: date) -> Turn:
        criterion, _, answer = pressed.get("answer", "").partition(":")
        if criterion in self._study.criteria and self._is_answer(criterion, answer):
            return Turn(now.with_answer(criterion, answer))
        if self._reader.phrases.knows(pressed.get("person", "")):
            return Turn(now.about(pressed["person"]))
        if pressed.get("change") in now.answers:
            return Turn(now.reopen(pressed["change"]))
        command = pressed.get("command")
        return (self._obey(now, Command(command), heard, today) if command in list(Command) else None) or Turn(now)

    def _is_answer(self, criterion: str, answer: str) -> bool:
        return answer in (UNKNOWN, DECLINED) or answer in self._study.criteria[criterion].choices

    def _resume(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        person = self._reader.phrases.person(heard.text)
        if heard.topic != START or person not in (None, now.person):
            return self._command(now, heard, today) or self.begin(heard, today)
        again = replace(now, stage=Stage.ASKING).with_answers(self._reader.stated(heard.stated, today))
        return Turn(again, Note.RESUMED if again.answers else None, tuple(again.answers))

    def _command(self, now: Questionnaire, heard: Heard, today: date) -> Turn | None:
        if command := self._reader.phrases.command(heard.text):
            return self._obey(now, command, heard, today)
        if self._takes_back_last(now, heard, today):
            return Turn(now.back())
        if now.stage == Stage.RESULT and heard.topic == START:
            return self.begin(heard, today)
        name = heard.topic.removeprefix(TOPIC)
        if not heard.topic.startswith(TOPIC) or name not in list(Command):
            return None
        if self._answer(now, heard, today, outright=True):
            return None
        answered = self._answer(now, heard, today) is not None
        if heard.share < (VERY_SURE if answered else SURE) or (answered and name == Command.UNKNOWN):
            return None
        return self._obey(now, Command(name), heard, today)

    def _takes_back_last(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True for "that last one was wrong", without what would be right."""
        phrases = self._reader.phrases
        says = bool(now.answers) and phrases.corrects(heard.text) and phrases.means_last(heard.text)
        return says and not self._changes(now, heard, today) and self._answer(now, heard, today, outright=True) is None

    def _obey(self, now: Questionnaire, command: Command, heard: Heard, today: date) -> Turn | None:
        question = now.open_question(self._study)
        match command:
            case Command.STOP:
                return Turn(replace(now, stage=Stage.STOPPED))
            case Command.RESTART | Command.ANOTHER:
                return self.begin(replace(heard, stated="" if heard.asks else heard.stated), today)
            case Command.BACK:
                return Turn(now.back())
            case Command.GO_ON:
                return Turn(replace(now, paused=False))
            case Command.KEEP if now.reopened:
                return Turn(now.kept())
            case Command.WHY | Command.MEANING if question:
                return Turn(now, aside=Aside(command.value))
            case Command.CONFIRM if now.stage == Stage.REVIEW:
                return Turn(replace(now, stage=Stage.RESULT))
            case Command.UNKNOWN if question and question != WHO:
                return self._answered(now, question, UNKNOWN)
            case Command.CHANGE:
                return self._change(now, heard, today)
            case _:
                return None

    def _change(self, now: Questionnaire, heard: Heard, today: date) -> Turn | None:
        if self._changes(now, heard, today):
            return None
        named = [criterion for criterion in self._reader.named(heard.text) if criterion in now.answers]
        if len(named) == 1:
            return Turn(now.reopen(named[0]))
        return Turn(now, aside=Aside.WHICH) if now.answers else None

    def _read(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        question = now.open_question(self._study)
        if question == WHO:
            return self._read_who(now, heard, today)
        changes = self._changes(now, heard, today)
        # The "no" of "no, he is 17" takes something back.
        answer = self._answer(now, heard, today, outright=bool(changes) and self._reader.phrases.corrects(heard.text))
        after = now.with_answers(changes)
        if question and answer:
            turn = self._answered(after, question, answer)
            return self._and_more(_noting(turn, now, changes), heard)
        if changes:
            return self._and_more(_noting(Turn(after), now, changes), heard)
        return self._review(now, heard) if question is None else self._unread(now, question, heard)

    def _read_who(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        person = self._reader.phrases.person(heard.text)
        said = self._reader.stated(heard.stated, today)
        after = now.with_answers(said)
        if person:
            return Turn(after.about(person), Note.NOTED if said else None, tuple(said))
        if said:
            return Turn(after, Note.NOTED, tuple(said))
        return Turn(now.about(SOMEONE)) if now.unread else self._unread(now, WHO, heard)

    def _answer(self, now: Questionnaire, heard: Heard, today: date, outright: bool = False) -> str | None:
        """The answer to the open question; only one given by its own words if ``outright``."""
        question = now.open_question(self._study)
        if question is None or question == WHO:
            return None
        is_yes_no = self._study.criteria[question].kind == Kind.YES_NO or now.is_doubtful(question)
        answer = self._reader.answer(question, heard.stated, today, yes_no=is_yes_no and not outright)
        return None if outright and answer in (UNKNOWN, DECLINED) else answer

    def _changes(self, now: Questionnaire, heard: Heard, today: date) -> dict[str, str]:
        """What the message states about other points than the open one: new, or other than before."""
        question = now.open_question(self._study)
        corrects = self._reader.phrases.corrects(heard.text) or now.stage != Stage.ASKING
        stated = self._reader.stated(heard.stated, today, bare=corrects)
        return {
            name: answer
            for name, answer in stated.items()
            if name != question
            and now.answers.get(name) != answer
            # An age is said in passing ("when she was 5"); it replaces another only when it is meant to.
            and (corrects or name not in now.answers or self._study.criteria[name].kind != Kind.AGE)
        }

    def _answered(self, now: Questionnaire, question: str, answer: str) -> Turn:
        criterion = self._study.criteria[question]
        if is_vague(criterion, answer) and question not in now.vague:
            return Turn(now.with_vague(question, answer))
        if answer in (UNKNOWN, DECLINED):
            answer = now.vague.get(question, answer)
        return Turn(now.with_answer(question, answer))

    def _unread(self, now: Questionnaire, question: str, heard: Heard) -> Turn:
        if heard.topic == START and (heard.asks or heard.share >= SURELY_ASKED):
            return Turn(now, aside=Aside.ONLY_DOCTOR)
        if self._is_elsewhere(heard):
            return Turn(now, aside=Aside.ELSEWHERE)
        if question != WHO and now.is_doubtful(question):
            return Turn(now.with_answer(question, now.settled(question)), Note.LEFT_OPEN, (question,))
        return Turn(replace(now, unread=now.unread + 1), Note.UNREAD)

    def _review(self, now: Questionnaire, heard: Heard) -> Turn:
        if now.stage == Stage.RESULT:
            return Turn(now, aside=Aside.ELSEWHERE if self._is_elsewhere(heard) else None)
        if self._reader.phrases.says_yes(heard.stated):
            return Turn(replace(now, stage=Stage.RESULT))
        named = self._reader.named(heard.text)
        if len(named) == 1 and not heard.asks:
            return Turn(now.reopen(named[0]))
        if self._is_elsewhere(heard):
            return Turn(now, aside=Aside.ELSEWHERE)
        return Turn(now, aside=Aside.WHICH)

    def _and_more(self, turn: Turn, heard: Heard) -> Turn:
        """Also answers the question or the feeling that came with an answer."""
        feels = heard.topic in FEELINGS and heard.share >= VERY_SURE and len(heard.text.split()) > _FEELING_WORDS
        return replace(turn, aside=Aside.ELSEWHERE) if feels or (heard.asks and self._is_elsewhere(heard)) else turn

    @staticmethod
    def _is_elsewhere(heard: Heard) -> bool:
        if heard.topic.startswith(TOPIC) or heard.topic in ("", START, "out_of_scope/gibberish"):
            return False
        # A statement in the middle of a questionnaire is more likely an answer that could not be read than a question.
        enough = SURELY_ASKED if heard.topic.startswith(("ask/", "term/")) else ELSEWHERE
        return heard.asks or heard.share >= enough


def _noting(turn: Turn, before: Questionnaire, changes: Mapping[str, str]) -> Turn:
    if not changes:
        return turn
    note = Note.CHANGED if any(name in before.answers for name in changes) else Note.NOTED
    return replace(turn, note=note, criteria=tuple(changes))


def _settled(turn: Turn, study: Study) -> Turn:
    """With the stage that follows: all answered is time to review, and a new question ends a review."""
    now = turn.questionnaire
    if now.stage == Stage.ASKING and now.open_question(study) is None:
        now = replace(now, stage=Stage.REVIEW)
    if now.person is None and not now.asked_who:
        now = replace(now, asked_who=True)
    return replace(turn, questionnaire=now)
