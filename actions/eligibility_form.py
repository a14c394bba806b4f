"""Take a message as part of the questionnaire (Rasa's validation of the form)."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, kept, person_of, questionnaire_of, today, was_said
from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import acts_of, confidence, ranked, share_of
from trialog.content.deployment import Deployment
from trialog.content.model import Study
from trialog.content.replies import interview as replies
from trialog.content.replies import talk
from trialog.content.replies.reply import Reply
from trialog.eligibility.commands import Command
from trialog.eligibility.flow import Course
from trialog.eligibility.hearing import hear, hear_button
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import TOPIC, Aside, Heard, Turn
from trialog.language.times import find_times
from trialog.nlu.at_hand import ForStudies, readers_of
from trialog.nlu.evidence import AT_QUESTION, IN_DANGER, TALK
from trialog.nlu.facts import ENTITY as FACT
from trialog.nlu.prediction import FALLBACK

# What a button of the questionnaire can say, by entity.
PRESSED = ("answer", "person", "change", "command")

# What is said about a conversation and means something to the questionnaire.
_COMMANDS = {"go_on": "go_on", "later": "later", "how_many_more": "how_many", "again": "again"}

# So few words, and from this share on they are believed to agree.
FEW_WORDS, AGREES = 4, 0.6

# From this share on who seems to stop wants to come to the end of the questions: "let us finish them".
GOES_ON = 0.9

# What may be an answer: what else it may be about counts.
_ANSWERS = ("yes", "no", "ok")


class ValidateEligibilityForm(StudyAction):
    """Reads the message against the open question; hands everything that is no answer over to the other rules."""

    def __init__(self, deployment: Deployment | None = None) -> None:
        super().__init__(deployment)
        readers = readers_of(self.library)
        self._courses = ForStudies(lambda study: Course(study, readers.of(study)), self.library)

    def name(self) -> str:
        return f"validate_{FORM}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if was_said(tracker):
            return []
        if tracker.get_slot("danger_lasts"):
            return [ActionExecutionRejected(FORM)]
        study, now = self.study_of(tracker), questionnaire_of(tracker)
        turn = self._turn(tracker, study, now)
        if _begins(now, turn.questionnaire):
            say(dispatcher, replies.intro(self.library, study))
        if aside := self._aside(study, turn):
            say(dispatcher, aside)
        if turn.aside != Aside.ELSEWHERE and not _is_day_asked_for(tracker, study, now):
            note_personal_data(dispatcher, tracker)
        return [*kept(turn), *_control(turn)]

    def _turn(self, tracker: Tracker, study: Study, now: Questionnaire | None) -> Turn:
        course, heard = self._courses.of(study), heard_in(tracker, now)
        if now and now.stage != Stage.STOPPED:
            return course.take(now, heard, today())
        earlier = earlier_facts(tracker, study)
        return course.take(now.filled_up(earlier), heard, today()) if now else course.begin(heard, today(), earlier)

    def _aside(self, study: Study, turn: Turn) -> Reply | None:
        """What is said besides the next question."""
        now = turn.questionnaire
        question = now.open_question(study)
        criterion = study.criteria.get(question or "")
        match turn.aside:
            case Aside.WHY | Aside.MEANING if criterion:
                said = criterion.why if turn.aside == Aside.WHY else criterion.meaning
                return replies.explanation(self.library, study, criterion, person_of(now, self.library), said)
            case Aside.WHY | Aside.MEANING:
                return replies.why_who(study)
            case Aside.HOW_MANY:
                progress = now.progress(study)
                return talk.how_many_left(progress["of"] - progress["step"] + 1 if question else 0)
            case Aside.LATER:
                return talk.talk("later")
            case Aside.ONLY_DOCTOR:
                return replies.only_doctor(study, criterion)
            case Aside.WRONG | Aside.WHICH if turn.aside == Aside.WRONG or question or now.stage == Stage.RESULT:
                return replies.which_answer(self.library, study, criterion, now.points(study, self.library.interview))
        return None


def heard_in(tracker: Tracker, now: Questionnaire | None) -> Heard:
    """The latest message, as the questionnaire hears it."""
    message = tracker.latest_message
    intent, text = message["intent"].get("name") or "", str(message.get("text") or "")
    if text.startswith("/"):
        said = {name: str(value) for name in PRESSED if (value := next(tracker.get_latest_entity_values(name), None))}
        return hear_button(intent, said)
    # What was not understood has no topic: at an open question it is an answer that cannot be read.
    key, share = "", 0.0
    if intent != FALLBACK:
        key, share = next(iter(ranked(tracker)), (intent, confidence(tracker)))
    act = key.removeprefix(f"{TALK}/") if key.startswith(TALK) else ""
    if key == f"{TOPIC}{Command.STOP}" and share_of(tracker, "go_on") >= GOES_ON:
        act = "go_on"
    if act in _COMMANDS:
        key = f"{TOPIC}{_COMMANDS[act]}"
    elif act in _ANSWERS:
        key, share = next(((topic, other) for topic, other in ranked(tracker) if not topic.startswith(TALK)), ("", 0.0))
    return hear(text, key, share, now, dict(acts_of(tracker, AT_QUESTION)), _agrees(tracker, text))


def _is_day_asked_for(tracker: Tracker, study: Study, now: Questionnaire | None) -> bool:
    """True where the open question asks for a day, and days that are none of birth are all the message holds of somebody."""
    criterion = study.criteria.get((now and now.open_question(study)) or "")
    personal = {entity["value"] for entity in tracker.latest_message.get("entities") or [] if entity["entity"] == "personal_data"}
    is_asked = criterion is not None and criterion.since and personal == {"birth_date"}
    return is_asked and bool(find_times(str(tracker.latest_message.get("text") or ""), today()))


def _agrees(tracker: Tracker, text: str) -> bool:
    """True for a few words that are a "yes" or an "all right", whatever was asked: how these sound is best known from danger."""
    acts = dict(acts_of(tracker, IN_DANGER))
    return len(text.split()) <= FEW_WORDS and sum(acts.get(act, 0.0) for act in ("yes", "ok")) >= AGREES


def earlier_facts(tracker: Tracker, study: Study) -> dict[str, str]:
    """What the family stated earlier in the conversation, by criterion (and ``who``); the latest wins."""
    facts: dict[str, str] = {}
    for event in tracker.events:
        for entity in (event.get("parse_data") or {}).get("entities", []) if event["event"] == "user" else []:
            if entity["entity"] == FACT and entity["value"].startswith(f"{study.id}:"):
                _, criterion, answer = entity["value"].split(":")
                facts[criterion] = answer
    return facts


def _begins(before: Questionnaire | None, now: Questionnaire) -> bool:
    return before is None or (before.stage == Stage.STOPPED and now.stage != Stage.STOPPED)


def _control(turn: Turn) -> list[EventType]:
    """Rasa's events: end the form, or hand the message over to the other rules and come back."""
    if turn.questionnaire.stage in (Stage.STOPPED, Stage.RESULT):
        return [SlotSet("requested_slot", None)]
    return [ActionExecutionRejected(FORM)] if turn.aside == Aside.ELSEWHERE else []
