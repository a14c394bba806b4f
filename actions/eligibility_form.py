"""Take a message as part of the questionnaire (Rasa's validation of the form)."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questionnaire import FORM, about, answer_line, course_of, kept, person_of, questionnaire_of, today
from actions.replies import note_personal_data, study_of
from trialog.content.model import Study
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import START, Aside, Heard, Turn
from trialog.language.assertion import parts_of, without_suppositions
from trialog.nlu.decider import FALLBACK
from trialog.nlu.facts import ENTITY as FACT

# What a button of the questionnaire can say, by entity.
PRESSED = ("answer", "person", "change", "command")

# Run inside the turn without answering anything.
_OWN_ACTIONS = (FORM, "action_extract_slots", "action_listen")


class ValidateEligibilityForm(Action):
    """Reads the message against the open question; hands everything that is no answer over to the other rules."""

    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if _was_answered(tracker):
            return []
        study, now = study_of(tracker), questionnaire_of(tracker)
        heard = hear(tracker, now)
        if now is None:
            turn = course_of(study.id).begin(heard, today(), earlier_facts(tracker, study))
        else:
            turn = course_of(study.id).take(now, heard, today())
        if _begins(now, turn.questionnaire):
            dispatcher.utter_message(
                response="utter_questionnaire_intro", number=len(study.criteria), json_message=about(tracker, "answer")
            )
        _say_aside(dispatcher, tracker, turn)
        if turn.aside != Aside.ELSEWHERE:
            note_personal_data(dispatcher, tracker)
        return [*kept(turn), *_control(turn)]


def hear(tracker: Tracker, now: Questionnaire | None) -> Heard:
    """The latest message, as the questionnaire hears it."""
    message = tracker.latest_message
    intent, text = message["intent"].get("name") or "", str(message.get("text") or "")
    if text.startswith("/"):
        values = {name: str(value) for name in PRESSED if (value := next(tracker.get_latest_entity_values(name), None))}
        return Heard(topic=intent, share=1.0, asks=True, pressed=values if intent == "questionnaire" else None)
    choice = message.get("response_selector", {}).get("default", {}).get("response", {})
    topic = FALLBACK if intent == FALLBACK else choice.get("intent_response_key") or intent
    parts = parts_of(text)
    # Whoever asks "can my 7-year-old take part?" tells the age in the question itself.
    opens = topic == START and (now is None or now.stage in (Stage.RESULT, Stage.STOPPED))
    stated = without_suppositions(text) if opens else parts.stated
    return Heard(text, stated, parts.asks, topic, float(choice.get("confidence") or message["intent"].get("confidence") or 0.0))


def earlier_facts(tracker: Tracker, study: Study) -> dict[str, str]:
    """What the family stated earlier in the conversation, by criterion (and ``who``); the latest wins."""
    facts: dict[str, str] = {}
    for event in tracker.events:
        for entity in (event.get("parse_data") or {}).get("entities", []) if event["event"] == "user" else []:
            if entity["entity"] == FACT and entity["value"].startswith(f"{study.id}:"):
                _, criterion, answer = entity["value"].split(":")
                facts[criterion] = answer
    return facts


def _was_answered(tracker: Tracker) -> bool:
    """True when another action has answered the message already, and only the open question is still to be asked."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in _OWN_ACTIONS:
            return True
    return False


def _begins(before: Questionnaire | None, now: Questionnaire) -> bool:
    return before is None or (before.stage == Stage.STOPPED and now.stage != Stage.STOPPED)


def _say_aside(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> None:
    study, now = study_of(tracker), turn.questionnaire
    question = now.open_question(study)
    criterion = study.criteria.get(question or "")
    carries = about(tracker, "answer", criterion)
    match turn.aside:
        case Aside.WHY | Aside.MEANING if criterion:
            said = person_of(now).fill(criterion.why if turn.aside == Aside.WHY else criterion.meaning)
            dispatcher.utter_message(response="utter_about_question", says=said, json_message=carries)
        case Aside.WHY | Aside.MEANING:
            dispatcher.utter_message(response="utter_why_who", json_message=carries)
        case Aside.ONLY_DOCTOR:
            dispatcher.utter_message(response="utter_only_doctor", json_message=carries)
        case Aside.WHICH if question or now.stage == Stage.RESULT:
            dispatcher.utter_message(response="utter_which_answer", buttons=change_buttons(now, study), json_message=carries)


def change_buttons(now: Questionnaire, study: Study) -> list[dict[str, str]]:
    """A button for each answer given, that asks for it again."""
    given = [criterion for name, criterion in study.criteria.items() if name in now.answers]
    return [{"title": f"{criterion.title}: {answer_line(now, criterion)}", "payload": change_payload(criterion.id)} for criterion in given]


def change_payload(criterion: str) -> str:
    """What asks for the answer to ``criterion`` again."""
    return f'/questionnaire{{"change": "{criterion}"}}'


def _control(turn: Turn) -> list[EventType]:
    """Rasa's events: end the form, or hand the message over to the other rules and come back."""
    if turn.questionnaire.stage in (Stage.STOPPED, Stage.RESULT):
        return [SlotSet("requested_slot", None)]
    return [ActionExecutionRejected(FORM)] if turn.aside == Aside.ELSEWHERE else []
