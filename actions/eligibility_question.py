"""Ask the open question of the questionnaire, or show the answers for a last check."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility_form import change_payload
from actions.questionnaire import FORM, about, answer_line, answer_lines, command_button, person_of, questionnaire_of
from actions.replies import library, study_of
from trialog.content.criteria import Criterion
from trialog.content.model import Study
from trialog.eligibility.questionnaire import WHO, Questionnaire
from trialog.eligibility.verdicts import UNKNOWN


class AskAnswer(Action):
    """Asks; what the message before it changed is said first."""

    def name(self) -> str:
        return f"action_ask_{FORM}_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        study, now = study_of(tracker), questionnaire_of(tracker)
        if now is None:
            return []
        if now.paused:
            _wait(dispatcher, tracker, now, study)
        else:
            _ask(dispatcher, tracker, now, study)
        return [SlotSet("questionnaire_note", None)]


def _wait(dispatcher: CollectingDispatcher, tracker: Tracker, now: Questionnaire, study: Study) -> None:
    words, question = library().interview.buttons, now.open_question(study)
    buttons = [command_button(words[command], command) for command in ("go_on", "stop")]
    custom = _question(tracker, now, question or WHO, study.criteria.get(question or ""))
    dispatcher.utter_message(response="utter_questions_wait", buttons=buttons, json_message=custom)


def _ask(dispatcher: CollectingDispatcher, tracker: Tracker, now: Questionnaire, study: Study) -> None:
    lead, question = _lead(tracker, now, study), now.open_question(study)
    if question is None:
        _say(dispatcher, "utter_review", lead, points=answer_lines(now, study, list(study.criteria)), **_review(tracker, now, study))
    elif question == WHO:
        _say(dispatcher, "utter_ask_who", lead, buttons=_people(), json_message=_question(tracker, now, WHO, None))
    else:
        criterion = study.criteria[question]
        asked = criterion.hint if now.is_doubtful(question) else criterion.question
        custom = _question(tracker, now, question, criterion)
        _say(
            dispatcher,
            "utter_question",
            lead,
            question=person_of(now).fill(asked),
            buttons=_choices(now, criterion),
            json_message=custom,
        )


def _say(dispatcher: CollectingDispatcher, response: str, lead: str, **values: Any) -> None:
    dispatcher.utter_message(response=f"{response}_after" if lead else response, lead=lead, **values)


def _lead(tracker: Tracker, now: Questionnaire, study: Study) -> str:
    """What the question begins with: what was noted or changed, or that the reply could not be read."""
    note = tracker.get_slot("questionnaire_note")
    reopened = study.criteria.get(now.reopened or "")
    if note:
        text = library().interview.notes[note["note"]]
        return text.format(points=answer_lines(now, study, [name for name in note["criteria"] if name in now.answers]))
    return library().interview.notes["reopened"].format(answer=answer_line(now, reopened)) if reopened else ""


def _question(tracker: Tracker, now: Questionnaire, question: str, criterion: Criterion | None) -> dict[str, Any]:
    return about(tracker, "question", criterion, criterion=question, progress=now.progress(study_of(tracker)))


def _review(tracker: Tracker, now: Questionnaire, study: Study) -> dict[str, Any]:
    words = library().interview.buttons
    criteria = [
        {"id": name, "title": criterion.title, "answer": answer_line(now, criterion), "change": change_payload(name)}
        for name, criterion in study.criteria.items()
    ]
    buttons = [
        command_button(words["confirm"], "confirm"),
        command_button(words["restart"], "restart"),
        command_button(words["stop"], "stop"),
    ]
    return {"buttons": buttons, "json_message": about(tracker, "review", criteria=criteria)}


def _people() -> list[dict[str, str]]:
    offered = [(person.button, person.id) for person in library().interview.people.values() if person.button]
    buttons = [{"title": title, "payload": f'/questionnaire{{"person": "{person}"}}'} for title, person in offered]
    return [*buttons, command_button(library().interview.buttons["stop"], "stop")]


def _choices(now: Questionnaire, criterion: Criterion) -> list[dict[str, str]]:
    words = library().interview.buttons
    offered = [(choice.button, choice.id) for choice in criterion.choices.values() if choice.button]
    buttons = [
        {"title": title, "payload": f'/questionnaire{{"answer": "{criterion.id}:{answer}"}}'}
        for title, answer in [*offered, (words["unknown"], UNKNOWN)]
    ]
    commands = ["keep"] if now.reopened else []
    commands += ["why", *(["back"] if now.answers else []), "stop"]
    return buttons + [command_button(words[command], command) for command in commands]
