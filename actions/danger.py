"""Answer while danger lasts: short, the number, and nothing else until the family says that it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.alarm import ELSE, Alarm, Step
from actions.eligibility import questionnaire_of, waits
from actions.places import Places
from actions.study_action import StudyAction, say
from actions.topics import acts_of, confidence, steps_of, topic_key
from trialog.content.deployment import Deployment
from trialog.content.model import ANSWERED, DANGER, WORD_PREFIX
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import ENDED, in_danger, safety, with_go_on
from trialog.content.wording import Wording
from trialog.language.assertion import parts_of
from trialog.nlu.evidence import IN_DANGER

# From this share on an act of the whole message is believed, and one of a part of it.
LIKELY, SURE, VERY_SURE = 0.3, 0.75, 0.9

# From this share on a message asks about the study, whatever was feared before.
SURE_QUESTION = 0.6

# What is asked about an answer that was told, as nobody in danger does.
ON_ANSWER = ("talk/source", "talk/shorter", "talk/simpler", "talk/how_many", "talk/of_whom", "talk/conclusion", "talk/said_about")

# What a message does by its topic, where no act of danger is heard in it.
_BY_TOPIC = {
    "safety/distress": "feeling",
    "safety/prognosis": "feeling",
    "safety/medical_advice": "what_to_do",
    "smalltalk/thanks": "ok",
    "smalltalk/bye": "bye",
    "smalltalk/delete_conversation": "secret",
    "smalltalk/human_handoff": "number",
}


class ActionDanger(StudyAction):
    """Says what helps at this stage of danger; ends it when the family does."""

    def __init__(self, deployment: Deployment | None = None) -> None:
        super().__init__(deployment)
        self._places = Places(self.library)

    def name(self) -> str:
        return "action_danger"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        alarm = Alarm.from_json(tracker.get_slot("danger")) or Alarm("emergency")
        topic, does = topic_key(tracker), list(_does(tracker, alarm))
        if topic == "out_of_scope/other_language":
            say(dispatcher, Reply(f"utter_{topic}"))
            return []
        step = alarm.take(does, _alarmed(tracker, topic), _asks_on(tracker, topic))
        country = self._places.country_in(tracker)
        reply = self._reply(tracker, step, country)
        if step.alarm is None and not step.goes_on and waits(questionnaire_of(tracker)):
            reply = with_go_on(self.library, reply)
        say(dispatcher, Wording(domain["responses"]).settled(reply))
        events = [*self.moved_to(country), *_kept(tracker, step)]
        if step.alarm is None and topic.startswith(ANSWERED) and parts_of(str(tracker.latest_message.get("text") or "")).asks:
            # "They are here. How does the drug work?"
            intent, _, name = topic.partition("/")
            events += self.say_topic(dispatcher, tracker, WORD_PREFIX + name if intent == "term" else name)
        return events

    def _reply(self, tracker: Tracker, step: Step, country: str | None) -> Reply:
        lines = self.help_lines(country or tracker.get_slot("country"))
        if step.says == "alarm":
            return safety(step.danger, lines, self.settings.hospital_line)
        says, name = step.says, ""
        if (country is not None and says in ("country", "number", ELSE)) or says == "country":
            says, name = ("country", self.library.country_names[country][0]) if country else ("other_country", "")
        return in_danger(self.library, step.danger, says, lines, self.settings.hospital_line, name)


def _alarmed(tracker: Tracker, topic: str) -> str | None:
    """The danger that the message is taken for by itself, unless it is surer that danger is over."""
    if topic not in DANGER:
        return None
    act, share = next(iter(acts_of(tracker, IN_DANGER)), (ELSE, 0.0))
    is_over = act in ENDED and share > confidence(tracker)
    return None if is_over else topic.partition("/")[2]


def _asks_on(tracker: Tracker, topic: str) -> bool:
    """True for what is surely a question about the study, and surer that than any act of danger."""
    share = confidence(tracker)
    act = next((share for act, share in acts_of(tracker, IN_DANGER) if act not in (ELSE, "ok")), 0.0)
    asks = topic.startswith(ANSWERED) and share >= SURE_QUESTION
    return (asks or (topic in ON_ANSWER and share >= SURE)) and share > act


def _does(tracker: Tracker, alarm: Alarm) -> Iterator[str]:
    """What the message does, the surest first: a button's answer, or the acts heard in the whole and in its parts."""
    named = next(tracker.get_latest_entity_values("topic"), None)
    if named and tracker.latest_message["intent"].get("name") == IN_DANGER:
        yield str(named)
        return
    act, share = next(iter(acts_of(tracker, IN_DANGER)), (ELSE, 0.0))
    # What is only likely confirms no doubtful alarm.
    heard = [act] if act != ELSE and share >= (SURE if alarm.doubtful and act not in ENDED else LIKELY) else []
    # Where the whole says that it is over, a part that sounds otherwise must be very sure: "they are here, he opened his eyes".
    least = VERY_SURE if any(act in ENDED for act in heard) else SURE
    heard += [act for act, share in steps_of(tracker) if share >= least and act not in (ELSE, *heard)]
    yield from heard or [_BY_TOPIC.get(topic_key(tracker), ELSE)]


def _kept(tracker: Tracker, step: Step) -> list[EventType]:
    """Whether danger lasts; and that the questionnaire goes on where the family wants to."""
    events: list[EventType] = [
        SlotSet("danger", step.alarm.to_json() if step.alarm else None),
        SlotSet("danger_lasts", step.alarm is not None),
    ]
    questionnaire = questionnaire_of(tracker)
    if step.goes_on and questionnaire:
        events.append(SlotSet("questionnaire", replace(questionnaire, paused=False).to_json()))
    return events
