"""The course of a questionnaire: what one message changes, and what is to be said besides the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from trialog.content.criteria import DECLINED, OPEN_ANSWERS, UNKNOWN, WHO
from trialog.content.model import DANGER, Study
from trialog.eligibility.answers import Answers
from trialog.eligibility.commands import Command
from trialog.eligibility.questionnaire import SOMEONE, Questionnaire, Stage
from trialog.eligibility.reader import Reader
from trialog.eligibility.turn import FEELINGS, FELT, START, SURELY_ASKED, TOPIC, Aside, Heard, Note, Turn

# Whoever says goodbye is not asked on; whoever answers in another language is.
LEAVING, OTHER_LANGUAGE = "smalltalk/bye", "out_of_scope/other_language"

# So many messages in a row about something else, and the open question waits; from QUIET on nothing is said about it.
MOST_ELSEWHERE, QUIET = 2, 3

# From the first share on a message is believed to be about the questionnaire itself; from the second, also against a bare yes or no.
SURE, VERY_SURE = 0.5, 0.65
# "He's 9" and "it came back" are answers; the classifier, which does not know the question, can see danger in them.
_FEW_WORDS = 4
# So many points in one message are a summary of the case.
_SUMMARY = 3
SURELY_DANGER = 0.95
_NAME_WORDS = 2  # so few that name a point ask what it is; more that name the open one are an answer that could not be read
# A feeling beside an answer is answered, too, when it takes more than a few words and is as sure as this.
_FEELING_WORDS, FELT_SURELY = 8, 0.8


class Course:
    """Takes messages for one study."""

    def __init__(self, study: Study, reader: Reader) -> None:
        self._study = study
        self._reader = reader
        self._answers = Answers(study, reader)

    def begin(self, heard: Heard, today: date, earlier: Mapping[str, str] | None = None) -> Turn:
        """A new questionnaire with what ``heard`` says already, and with what was said ``earlier`` in the conversation."""
        told = dict(earlier or {})
        person = self._reader.phrases.person(heard.text)
        who = self._reader.phrases.one_person(told.get(WHO), person)
        told, person = (told, who) if who or not person else ({}, person)
        said = {name: answer for name, answer in told.items() if name != WHO} | self._reader.stated(heard.stated, today)
        if person is None and said.keys() == self._study.criteria.keys():
            # Whom it is about only words the questions; none is left.
            person = SOMEONE
        begun = Questionnaire(person=person, asked_who=person is None).with_answers(said)
        return _settled(Turn(begun, Note.NOTED if said else None, tuple(said)), self._study)

    def take(self, questionnaire: Questionnaire, heard: Heard, today: date) -> Turn:
        """What ``heard`` changes in ``questionnaire``."""
        if heard.pressed is None:
            criterion = self._study.criteria.get(questionnaire.open_question(self._study) or "")
            heard = replace(heard, pressed=self._reader.phrases.button(heard.text, criterion))
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
        turn = self._answers.with_beside(questionnaire, _waiting(turn, questionnaire, heard), heard)
        return _settled(turn, self._study)

    def _is_plain_answer(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True for a few words that name an answer to the open question (or say whom it is about), or a command."""
        says_who = now.open_question(self._study) == WHO and self._reader.phrases.is_person(heard.text)
        is_nothing_else = heard.share < SURELY_DANGER and self._answers.is_nothing_else(now, heard, today)
        if heard.pressed is not None or says_who or is_nothing_else or (heard.share < VERY_SURE and self._is_ours(heard, today)):
            return True
        words = len(heard.text.split())
        return words <= _FEW_WORDS and self._answers.to_open(now, heard, today, outright=words > 1) is not None

    def _is_ours(self, heard: Heard, today: date) -> bool:
        """True for a command, and for a summary of the case as clinicians write it."""
        stated = self._reader.stated(heard.stated, today)
        return self._reader.phrases.command(heard.text) is not None or len(stated) >= _SUMMARY

    def _alarmed(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        """Danger is answered first; what the message answers by its own words is not lost."""
        question, answer = now.open_question(self._study), self._answers.to_open(now, heard, today, outright=True)
        kept = now.with_answers(self._answers.changes(now, heard, today))
        turn = self._answers.given(kept, question, answer) if question and answer and answer.answer else Turn(kept)
        waiting = replace(turn.questionnaire, paused=turn.questionnaire.stage != Stage.RESULT)
        return _settled(replace(turn, questionnaire=waiting, aside=Aside.ELSEWHERE), self._study)

    def _after_pause(self, paused: Questionnaire, heard: Heard, today: date) -> Turn:
        """After danger a bare "yes" answers nothing: it may mean "I am safe"."""
        now = replace(paused, paused=False)
        if turn := self._command(now, heard, today):
            return turn
        if self._answers.to_open(now, heard, today, outright=True):
            return self._read(now, heard, today)
        if heard.topic == START or self._reader.phrases.says_yes(heard.stated) or self._answers.to_open(now, heard, today):
            return Turn(now)
        return Turn(paused, aside=Aside.ELSEWHERE) if heard.is_elsewhere else Turn(paused)

    def _press(self, now: Questionnaire, pressed: Mapping[str, str], heard: Heard, today: date) -> Turn:
        criterion, _, answer = pressed.get("answer", "").partition(":")
        asked = self._study.criteria.get(criterion)
        if asked and answer in (UNKNOWN, DECLINED, now.unsure.get(criterion), *asked.choices):
            return Turn(now.with_answer(criterion, answer))
        if self._reader.phrases.knows(pressed.get("person", "")):
            return Turn(now.about(pressed["person"]))
        if pressed.get("change") in now.answers:
            return Turn(now.reopen(pressed["change"]))
        question, command = now.open_question(self._study), pressed.get("command")
        if command == Command.MISREAD:
            return Turn(now.misread(question) if question else now)
        return (self._obey(now, Command(command), heard, today) if command in list(Command) else None) or Turn(now)

    def _resume(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        person = self._reader.phrases.person(heard.text)
        if heard.topic not in (START, f"{TOPIC}{Command.GO_ON}") or person not in (None, now.person):
            return self._command(now, heard, today) or self.begin(heard, today)
        # Who begins anew may know by now what was left open.
        known = {name: answer for name, answer in now.answers.items() if answer not in OPEN_ANSWERS}
        again = replace(now, stage=Stage.ASKING, answers=known, vague={}, unsure={}).with_answers(self._reader.stated(heard.stated, today))
        return Turn(again, Note.RESUMED if again.answers else None, tuple(again.answers))

    def _command(self, now: Questionnaire, heard: Heard, today: date) -> Turn | None:
        if (command := self._reader.phrases.command(heard.text)) and not self._is_answered(now, command, heard, today):
            return self._obey(now, command, heard, today)
        if self._takes_back_last(now, heard, today):
            return Turn(now.back())
        if now.stage == Stage.RESULT and (heard.topic == START or self._is_about_another(now, heard)):
            return self.begin(heard, today)
        name = heard.topic.removeprefix(TOPIC)
        if not heard.topic.startswith(TOPIC) or name not in list(Command):
            return None
        outright = self._answers.to_open(now, heard, today, outright=True)
        if outright and outright.sure:
            return None
        answered, unknown = self._answers.to_open(now, heard, today) is not None, name == Command.UNKNOWN
        # That something is not known takes more than a likeness to such words.
        if heard.share < (VERY_SURE if answered or unknown else SURE) or (answered and unknown):
            return None
        if unknown and self._change_said(now, heard, today):
            return None
        return self._obey(now, Command(name), heard, today)

    def _is_about_another(self, now: Questionnaire, heard: Heard) -> bool:
        """True after a result for "my sister is 14": of somebody else than the one it was about."""
        return bool(heard.stated) and self._reader.phrases.is_another(heard.text, now.person)

    def _is_answered(self, now: Questionnaire, command: Command, heard: Heard, today: date) -> bool:
        """True if a wish for time comes with an answer, or names one: "hold on ... it says positive", "one moment, the age is wrong"."""
        says = self._answers.to_open(now, heard, today, outright=True) or now.answers.keys() & self._reader.named(heard.text)
        return command == Command.LATER and bool(says)

    def _takes_back_last(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True for "that last one was wrong", without what would be right."""
        phrases = self._reader.phrases
        says = bool(now.answers) and phrases.corrects(heard.text) and phrases.means_last(heard.text)
        return says and not self._answers.changes(now, heard, today) and self._answers.to_open(now, heard, today, outright=True) is None

    def _obey(self, now: Questionnaire, command: Command, heard: Heard, today: date) -> Turn | None:
        question = now.open_question(self._study)
        match command:
            case Command.STOP:
                return Turn(replace(now, stage=Stage.STOPPED))
            case Command.RESTART | Command.ANOTHER:
                return self.begin(replace(heard, stated="" if heard.asks else heard.stated), today)
            case Command.BACK:
                return Turn(now.back())
            case Command.LATER if question:
                return Turn(replace(now, paused=True))
            case Command.GO_ON if now.stage == Stage.STOPPED:
                return Turn(replace(now, stage=Stage.ASKING), Note.RESUMED if now.answers else None, tuple(now.answers))
            case Command.GO_ON | Command.AGAIN:
                return Turn(replace(now, paused=False))
            case Command.LATER:
                return Turn(replace(now, paused=True, elsewhere=QUIET), aside=Aside.LATER)
            case Command.HOW_MANY:
                return Turn(now, aside=Aside.HOW_MANY)
            case Command.KEEP if now.reopened:
                return Turn(now.kept())
            case Command.WHY | Command.MEANING if question:
                return Turn(now, aside=Aside(command.value))
            case Command.CONFIRM if now.stage == Stage.REVIEW:
                return Turn(replace(now, stage=Stage.RESULT))
            case Command.CONFIRM if question in now.unsure:
                return self._answers.noted(now, str(question), now.unsure[str(question)])
            case Command.UNKNOWN if question and question != WHO:
                return self._answers.noted(now, question, UNKNOWN)
            case Command.CHANGE:
                return self._change(now, heard, today)
            case _:
                return None

    def _change(self, now: Questionnaire, heard: Heard, today: date) -> Turn | None:
        if self._change_said(now, heard, today):
            return None
        named = [criterion for criterion in self._reader.named(heard.text) if criterion in now.answers]
        if len(named) == 1:
            return Turn(now.reopen(named[0]))
        return Turn(now, aside=Aside.WHICH) if now.answers else None

    def _change_said(self, now: Questionnaire, heard: Heard, today: date) -> bool:
        """True if the message says itself what is to be noted of another point."""
        return bool(self._answers.changes(now, heard, today) or self._answers.doubts(now, heard, today))

    def _read(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        question = now.open_question(self._study)
        if question == WHO:
            return self._read_who(now, heard, today)
        if question and question in now.unsure and (turn := self._confirmed(now, question, heard, today)):
            return turn
        changes = self._answers.changes(now, heard, today)
        # The "no" of "no, he is 17" takes something back.
        answer = self._answers.to_open(now, heard, today, outright=bool(changes) and self._reader.phrases.corrects(heard.text))
        after = now.with_answers(changes)
        points = len(changes) + bool(answer)
        if question and answer:
            return self._and_more(self._answers.given(after, question, answer).noting(now, changes), heard, points)
        if changes:
            return self._and_more(Turn(after).noting(now, changes), heard, points)
        for name, meant in self._answers.doubts(now, heard, today).items():
            return Turn(now.reopen(name).with_unsure(name, meant))
        return self._review(now, heard) if question is None else self._unread(now, question, heard)

    def _confirmed(self, now: Questionnaire, question: str, heard: Heard, today: date) -> Turn | None:
        """What a bare yes or no says of the answer that was asked back; None if the message says more."""
        if self._answers.to_open(now, heard, today):
            return None
        if self._reader.phrases.says_yes(heard.stated):
            return self._answers.noted(now, question, now.unsure[question])
        # "No come back again, only first time" speaks of another point.
        says_no = self._reader.phrases.says_no(heard.stated) and not self._answers.changes(now, heard, today)
        return Turn(now.misread(question), Note.MISREAD) if says_no else None

    def _read_who(self, now: Questionnaire, heard: Heard, today: date) -> Turn:
        # "Can a child go to school?" names nobody whom it is about.
        asks_else = heard.asks and heard.is_elsewhere
        person = self._reader.phrases.person(heard.stated if asks_else else heard.text)
        said = self._reader.stated(heard.stated, today)
        if person or said:
            # Whoever tells on in place of saying it ("he is 6") is not asked again: it only words the questions.
            return Turn(now.with_answers(said).about(person or SOMEONE), Note.NOTED if said else None, tuple(said))
        return Turn(now.about(SOMEONE)) if now.unread else self._unread(now, WHO, heard)

    def _unread(self, now: Questionnaire, question: str, heard: Heard) -> Turn:
        if heard.topic == START and (heard.asks or heard.share >= SURELY_ASKED):
            return Turn(now, aside=Aside.ONLY_DOCTOR)
        if heard.is_elsewhere and heard.topic != OTHER_LANGUAGE and not self._tells_of(question, heard):
            return Turn(now, aside=Aside.ELSEWHERE)
        turn = Turn(replace(now, unread=now.unread + 1), Note.UNREAD) if question == WHO else self._answers.unread(now, question)
        # An answer in another language gets a sentence in that language, too.
        return replace(turn, aside=Aside.ELSEWHERE) if heard.topic == OTHER_LANGUAGE else turn

    def _tells_of(self, question: str, heard: Heard) -> bool:
        return not heard.asks and len(heard.text.split()) > _NAME_WORDS and question in self._reader.named(heard.text)

    def _review(self, now: Questionnaire, heard: Heard) -> Turn:
        if now.stage == Stage.RESULT:
            return Turn(now, aside=Aside.ELSEWHERE if heard.is_elsewhere else None)
        if self._answers.agrees(now, heard):
            return Turn(replace(now, stage=Stage.RESULT))
        named = self._reader.named(heard.text)
        if len(named) == 1 and not heard.asks:
            return Turn(now.reopen(named[0]))
        if heard.is_elsewhere:
            return Turn(now, aside=Aside.ELSEWHERE)
        return Turn(now, aside=Aside.WRONG if self._reader.phrases.says_no(heard.stated) else Aside.WHICH)

    def _and_more(self, turn: Turn, heard: Heard, points: int) -> Turn:
        """Also answers the question or the feeling that came with an answer to so many ``points``; a summary of a case is no feeling."""
        is_story = len(heard.text.split()) > _FEELING_WORDS and points < _SUMMARY
        feels = heard.topic in FELT and heard.share >= FELT_SURELY and is_story and not heard.plain
        return replace(turn, aside=Aside.ELSEWHERE) if feels or (heard.asks and heard.is_elsewhere) else turn


def _waiting(turn: Turn, before: Questionnaire, heard: Heard) -> Turn:
    """The open question waits after two messages about something else, under a feeling, and when the family leaves."""
    if turn.aside != Aside.ELSEWHERE or heard.topic == OTHER_LANGUAGE:
        now = turn.questionnaire
        return turn if turn.aside == Aside.LATER or now.paused else replace(turn, questionnaire=replace(now, elsewhere=0))
    elsewhere = QUIET if heard.topic == LEAVING else before.elsewhere + 1
    waits = turn.questionnaire.paused or elsewhere >= MOST_ELSEWHERE or heard.topic in FEELINGS
    return replace(turn, questionnaire=replace(turn.questionnaire, elsewhere=elsewhere, paused=waits))


def _settled(turn: Turn, study: Study) -> Turn:
    """With the stage that follows: all answered is time to review, and a new question ends a review."""
    now = turn.questionnaire
    if now.stage == Stage.ASKING and now.open_question(study) is None:
        now = replace(now, stage=Stage.REVIEW)
    if now.person is None and not now.asked_who:
        now = replace(now, asked_who=True)
    return replace(turn, questionnaire=now)
