"""What the questionnaire's actions share: the questionnaire kept in its slot, and whom it is about."""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from trialog.content.criteria import Verdict
from trialog.content.interview import Person
from trialog.content.model import Library, Study
from trialog.content.replies.reply import Reply
from trialog.content.replies.talk import after_result
from trialog.eligibility.questionnaire import SOMEONE, Questionnaire, Stage
from trialog.eligibility.turn import Turn
from trialog.nlu.facts import ENTITY as FACT

FORM = "eligibility_form"


def questionnaire_of(tracker: Tracker) -> Questionnaire | None:
    """The questionnaire of this conversation; None before the first."""
    kept = tracker.get_slot("questionnaire")
    return Questionnaire.from_json(kept) if kept else None


def waits(questionnaire: Questionnaire | None) -> bool:
    """True for a questionnaire that was begun and neither ended nor stopped."""
    return questionnaire is not None and questionnaire.stage in (Stage.ASKING, Stage.REVIEW)


def was_danger(tracker: Tracker) -> bool:
    """True if this very message was answered in the light of danger."""
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return any(event["event"] == "action" and event["name"] == "action_danger" for event in since)


def was_said(tracker: Tracker) -> bool:
    """True if something was said to this very message already."""
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return any(event["event"] == "bot" for event in since)


def was_told(tracker: Tracker, response: str) -> bool:
    """True if ``response`` was said to this very message already."""
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return any((event.get("metadata") or {}).get("utter_action") == response for event in since if event["event"] == "bot")


def on_result(tracker: Tracker, library: Library, study: Study, act: str) -> Reply | None:
    """What is said to ``act`` after a result, with the points that made it; None where there was none."""
    outcome, now = tracker.get_slot("outcome"), questionnaire_of(tracker)
    if not outcome:
        return None
    points = now.told(study, library.interview) if now and now.stage == Stage.RESULT else []
    return after_result(library, study, act, outcome, [point.criterion.title for point in points if point.verdict != Verdict.FITS])


def states_facts(tracker: Tracker) -> bool:
    """True if the message states something about the points of entry."""
    return any(entity["entity"] == FACT for entity in tracker.latest_message.get("entities") or [])


def kept(turn: Turn) -> list[EventType]:
    """The events that keep ``turn`` for the next question and the next message."""
    note: dict[str, Any] | None = (
        {"note": turn.note.value, "criteria": list(turn.criteria), "several": list(turn.several)} if turn.note else None
    )
    if turn.beside:
        note = {**(note or {}), "beside": list(turn.beside)}
    return [
        SlotSet("questionnaire", turn.questionnaire.to_json()),
        SlotSet("questionnaire_note", note),
    ]


def person_of(questionnaire: Questionnaire, library: Library) -> Person:
    """Whom the questionnaire is about, as our sentences speak of them."""
    return library.interview.people[questionnaire.person or SOMEONE]


def today() -> date:
    """The day ages are counted to."""
    return date.today()
