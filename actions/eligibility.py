"""What the questionnaire's actions share: the questionnaire kept in its slot, and whom it is about."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from trialog.content.criteria import Person
from trialog.content.model import Library
from trialog.eligibility.questionnaire import SOMEONE, Questionnaire
from trialog.eligibility.turn import Turn

FORM = "eligibility_form"


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


def person_of(questionnaire: Questionnaire, library: Library) -> Person:
    """Whom the questionnaire is about, as our sentences speak of them."""
    return library.interview.people[questionnaire.person or SOMEONE]


def today() -> date:
    """The day ages are counted to."""
    return date.today()
