"""What the questionnaire's actions share: the study's course, and the questionnaire kept in its slot."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.replies import library, source_data, study_of
from trialog.content.criteria import Criterion, Person
from trialog.content.model import Study
from trialog.eligibility.flow import Course
from trialog.eligibility.questionnaire import SOMEONE, Questionnaire
from trialog.eligibility.reader import Reader
from trialog.eligibility.turn import Turn
from trialog.eligibility.verdicts import repeated

FORM = "eligibility_form"
TOPIC = "elig_start"


@cache
def course_of(study: str) -> Course:
    """The course for the study with that id; building its matchers takes a moment, so once."""
    chosen = library().studies[study]
    return Course(chosen, Reader(chosen.criteria, library().interview))


def questionnaire_of(tracker: Tracker) -> Questionnaire | None:
    """The questionnaire of this conversation; None before the first."""
    kept = tracker.get_slot("questionnaire")
    return Questionnaire.from_json(kept) if kept else None


def kept(turn: Turn) -> list[EventType]:
    """The events that keep ``turn`` for the next question and the next message."""
    note = {"note": turn.note.value, "criteria": list(turn.criteria)} if turn.note else None
    return [
        SlotSet("questionnaire", turn.questionnaire.to_json()),
        SlotSet("questionnaire_note", note),
        SlotSet("questionnaire_begun", True),
    ]


def person_of(questionnaire: Questionnaire) -> Person:
    """Whom the questionnaire is about, as our sentences speak of them."""
    return library().interview.people[questionnaire.person or SOMEONE]


def answer_line(questionnaire: Questionnaire, criterion: Criterion) -> str:
    """The answer to ``criterion`` as it is repeated to the family."""
    return repeated(criterion, questionnaire.answers[criterion.id], library().interview)


def answer_lines(questionnaire: Questionnaire, study: Study, criteria: list[str]) -> str:
    """The answers to ``criteria`` as a list."""
    return "\n".join(f"• {study.criteria[name].title}: {answer_line(questionnaire, study.criteria[name])}" for name in criteria)


def about(tracker: Tracker, kind: str, point: Criterion | None = None, **fields: Any) -> dict[str, Any]:
    """What a message of the questionnaire carries beside its text; ``point`` is the criterion it is about."""
    study = study_of(tracker)
    section = (point or next(iter(study.criteria.values()))).section
    return {"kind": kind, "topic": TOPIC, "source": source_data(study.source(section)), **fields}


def command_button(title: str, command: str) -> dict[str, str]:
    """A button that says something to the questionnaire itself."""
    return {"title": title, "payload": f'/questionnaire{{"command": "{command}"}}'}


def today() -> date:
    """The day ages are counted to."""
    return date.today()
