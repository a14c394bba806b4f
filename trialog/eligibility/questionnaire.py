"""One questionnaire as it stands: whom it is about, the answers, and which question is open.

An immutable value; each step gives a new one. It names nobody and holds nothing that was typed, so it can be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from trialog.content.criteria import OPEN_ANSWERS, UNKNOWN, WHO, Told, Verdict
from trialog.content.groups import is_needed, told_points
from trialog.content.interview import Interview
from trialog.content.model import Study
from trialog.content.replies.interview import Point
from trialog.eligibility.verdicts import group_point, point_of, verdict_of

# Taken when nobody can tell whom it is about.
SOMEONE = "someone"


class Stage(StrEnum):
    """How far a questionnaire has come."""

    ASKING = "asking"
    REVIEW = "review"
    RESULT = "result"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Questionnaire:
    """``answers`` in the order given, by criterion; ``vague`` ones wait for their follow-up.

    ``paused`` is True after danger, or when the family speaks of something else: the open question waits until they want to go on.
    ``elsewhere`` counts the messages in a row that were about something else.
    ``asked_who`` is True once the question whom it is about was asked, ``reopened`` names an answered criterion that is
    asked again, ``unread`` counts replies to the open question that could not be read. ``unsure`` holds what was understood of
    an answer and is asked back before it counts, ``beside`` the ids of what was told and is no point of entry.
    """

    stage: Stage = Stage.ASKING
    person: str | None = None
    asked_who: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    vague: Mapping[str, str] = field(default_factory=dict)
    reopened: str | None = None
    unread: int = 0
    paused: bool = False
    elsewhere: int = 0
    unsure: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for a slot."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Questionnaire:
        """The questionnaire that ``to_json`` wrote."""
        return cls(**{**data, "stage": Stage(data["stage"]), "beside": tuple(data.get("beside", ()))})

    def open_question(self, study: Study) -> str | None:
        """The id of the criterion to ask about, ``who``, or None when every answer is there."""
        if self.person is None:
            return WHO
        return self.reopened or next((criterion for criterion in self.asked(study) if criterion not in self.answers), None)

    def asked(self, study: Study) -> list[str]:
        """The criteria that are answered, or that an answer is still needed of."""
        verdicts = self._given(study)
        return [name for name in study.criteria if name in verdicts or is_needed(name, study.groups, verdicts)]

    def about(self, person: str) -> Questionnaire:
        """Now it is known whom it is about."""
        return replace(self, person=person, unread=0)

    def with_answer(self, criterion: str, answer: str) -> Questionnaire:
        """With ``answer``, given now for the first time or changed."""
        answers = {**_without(self.answers, criterion), criterion: answer}
        reopened = None if self.reopened == criterion else self.reopened
        vague, unsure = _without(self.vague, criterion), _without(self.unsure, criterion)
        return replace(self, stage=Stage.ASKING, answers=answers, vague=vague, unsure=unsure, reopened=reopened, unread=0)

    def with_answers(self, answers: Mapping[str, str]) -> Questionnaire:
        """With several answers at once."""
        changed = self
        for criterion, answer in answers.items():
            changed = changed.with_answer(criterion, answer)
        return changed

    def filled_up(self, told: Mapping[str, str]) -> Questionnaire:
        """With what was ``told`` elsewhere of the points that have no answer yet, or an open one."""
        new = {name: answer for name, answer in told.items() if name != WHO and self.answers.get(name, UNKNOWN) in OPEN_ANSWERS}
        return replace(self, answers={**self.answers, **new})

    def with_vague(self, criterion: str, answer: str) -> Questionnaire:
        """With a vague answer that waits for its follow-up."""
        return replace(self, vague={**self.vague, criterion: answer}, unsure=_without(self.unsure, criterion), unread=0)

    def with_unsure(self, criterion: str, answer: str) -> Questionnaire:
        """With ``answer`` as it was understood; it is asked back."""
        return replace(self, stage=Stage.ASKING, unsure={**self.unsure, criterion: answer})

    def misread(self, criterion: str) -> Questionnaire:
        """What was understood of the answer to ``criterion`` was not meant: it is asked anew."""
        return replace(self, unsure=_without(self.unsure, criterion), unread=max(self.unread, 1))

    def settled(self, criterion: str) -> str:
        """What counts for ``criterion`` when the follow-up brought nothing clear."""
        return self.vague.get(criterion, UNKNOWN)

    def asked_once_more(self, unread: int) -> Questionnaire:
        """The open question is asked again; ``unread`` replies to it could not be read."""
        return replace(self, unread=unread)

    def reopen(self, criterion: str) -> Questionnaire:
        """Asks about ``criterion`` again; its answer stays until another is given."""
        return replace(self, stage=Stage.ASKING, reopened=criterion, unsure=_without(self.unsure, criterion), unread=0)

    def kept(self) -> Questionnaire:
        """Goes on with the answer that was asked about again."""
        return replace(self, reopened=None, unsure=_without(self.unsure, self.reopened), unread=0)

    def back(self) -> Questionnaire:
        """Asks the question before the open one again; at the first question it stays there."""
        before = list(self.answers)
        if self.reopened in before:
            before = before[: before.index(self.reopened)]
        return self.reopen(before[-1]) if before else replace(self, unread=0)

    def is_doubtful(self, criterion: str) -> bool:
        """True if the open question was asked before and brought nothing clear."""
        return self.unread > 0 or criterion in self.vague

    def progress(self, study: Study) -> dict[str, int]:
        """Which question the open one is, of how many."""
        before = [criterion for criterion in self.answers if criterion != self.reopened]
        asked = self.asked(study)
        step = asked.index(self.reopened) + 1 if self.reopened else len(before) + 1
        shift = int(self.asked_who and self.person is not None)
        return {"step": step + shift, "of": len(asked) + int(self.asked_who)}

    def verdicts(self, study: Study) -> dict[str, Verdict]:
        """What each answer says, by criterion, in the study's order."""
        return {name: verdict_of(criterion, self.answers.get(name, UNKNOWN)) for name, criterion in study.criteria.items()}

    def points(self, study: Study, interview: Interview, criteria: Iterable[str] | None = None) -> list[Point]:
        """The criteria that are answered, in words: those of ``criteria`` in that order, or all in the study's order."""
        asked = study.criteria if criteria is None else criteria
        return [point_of(study.criteria[name], self.answers[name], interview) for name in asked if name in self.answers]

    def told(self, study: Study, interview: Interview) -> list[Point]:
        """As ``points``, with the criteria of each group as one point."""
        given, verdicts = {point.criterion.id: point for point in self.points(study, interview)}, self._given(study)
        told = told_points(study.criteria, study.groups)
        in_group = {
            name: group_point(group, [given[one] for one in group.members if one in given], verdicts, interview)
            for name, group in study.groups.items()
        }
        return [point for name in told if (point := in_group.get(name) or given.get(name))]

    def open_points(self, study: Study) -> list[Told]:
        """What to talk about with the doctor: the points that are open, and those that do not fit."""
        return [point for point, verdict in self._judged(study) if verdict != Verdict.FITS]

    def questions(self, study: Study) -> list[str]:
        """What to ask the doctor about those points."""
        asked = (point.to_ask(verdict) for point, verdict in self._judged(study))
        return [question for question in asked if question]

    def _given(self, study: Study) -> dict[str, Verdict]:
        """What the answers say, by criterion."""
        return {name: verdict_of(study.criteria[name], answer) for name, answer in self.answers.items()}

    def _judged(self, study: Study) -> list[tuple[Told, Verdict]]:
        """What a result tells, each with its verdict."""
        verdicts = self.verdicts(study)
        verdicts |= {name: group.verdict(verdicts) for name, group in study.groups.items()}
        return [(point, verdicts[name]) for name, point in told_points(study.criteria, study.groups).items()]


def _without(answers: Mapping[str, str], criterion: str | None) -> dict[str, str]:
    return {name: given for name, given in answers.items() if name != criterion}
