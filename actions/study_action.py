"""What every action is built on: the settings and the content, and the tracker read for what they decide."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.again import said_otherwise
from actions.grief import heard_in_grief
from actions.topics import also_asked, answerable
from trialog.content.deployment import Deployment
from trialog.content.general import HelpLines
from trialog.content.model import Answer, Matter, Study
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import PERSONAL_DATA_NOTE
from trialog.content.replies.study import MOST_BUTTONS, also_offered, on_topic
from trialog.content.replies.talk import START, in_plain_words, offer
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher

# Slots about the message before: whoever does not set them anew clears them.
PASSING = ("offered", "misses")

# Topics that are remembered as asked about; the list of questions to take along is made of them.
MOST_ASKED = 12


class StudyAction(Action, ABC):
    """An action of ours. Rasa makes it without arguments; it then takes the deployment that is current."""

    def __init__(self, deployment: Deployment | None = None) -> None:
        deployment = deployment or Deployment.current()
        self.settings, self.library = deployment.settings, deployment.library

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what is to be said, and give what it changes."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """``act``; in grief nothing is cold, and what is said once more is said otherwise."""
        events = self.act(dispatcher, tracker, domain)
        passed = [SlotSet(slot, None) for slot in PASSING if tracker.get_slot(slot)]
        grief = heard_in_grief(dispatcher.messages, tracker)
        return [*passed, *events, *grief, *said_otherwise(dispatcher.messages, tracker, domain["responses"])]

    def study_of(self, tracker: Tracker) -> Study:
        """The study this conversation is about: that of its slot, else the default one."""
        return self.library.study_of(tracker.get_slot("study") or "")

    def told_of(self, study: Study) -> set[str]:
        """The topics of ``study`` and of its words that something can be said on."""
        return {*study.answers, *(word.topic for word in self.library.words(study).values())}

    def help_lines(self, country: str | None) -> HelpLines:
        """The numbers of ``country``, which the family's page has named; else of the configured one, else the default."""
        return self.library.lines_of(country or "", self.settings.country)

    def moved_to(self, country: str | None) -> list[EventType]:
        """The events that keep ``country``, where its numbers are known, as the one whose numbers are given."""
        return [SlotSet("country", country), SlotSet("emergency", self.help_lines(country).emergency)] if country else []

    def say_topic(self, dispatcher: CollectingDispatcher, tracker: Tracker, topic: str, after: str | None = None) -> list[EventType]:
        """Say what the content holds on ``topic``, by the matters the message names; remember it for follow-ups.

        ``after`` is the topic that was said just before in this turn.
        """
        study = self.study_of(tracker)
        answer = study.answers.get(topic)
        if answer and answer.simple and tracker.get_slot("typing") == "child":
            reply = in_plain_words(study, answer)
        else:
            reply = on_topic(self.library, study, topic, named_matters(answer, tracker))
        say(dispatcher, reply)
        if not (kept := remembered(reply)):
            return []
        return [*kept, *as_asked(tracker, *([after] if after else []), topic)]

    def say_also_asked(self, dispatcher: CollectingDispatcher, tracker: Tracker, after: str | None = None) -> list[EventType]:
        """Say what a second question of the message asks about, after the topic ``after``, and offer what is asked beyond it."""
        asked, events = also_asked(tracker), []
        if asked[:1] == [START]:
            say(dispatcher, offer(self.library, self.study_of(tracker)))
            events = [SlotSet("offered", True)]
        elif asked:
            events = self.say_topic(dispatcher, tracker, asked[0], after)
        if further := asked[1:]:
            say(dispatcher, also_offered(self.library, self.study_of(tracker), further))
        return events


def named_matters(answer: Answer | None, tracker: Tracker) -> list[Matter]:
    """Which matters of ``answer`` the latest message names, in the order it names them; a button names a whole topic."""
    text = str(tracker.latest_message.get("text") or "")
    if answer is None or not answer.matters or text.startswith("/"):
        return []
    found = [int(span.label_) for span in _words_of_matters(answer.matters).find(text)]
    return [answer.matters[number] for number in dict.fromkeys(found)]


@cache
def _words_of_matters(matters: tuple[Matter, ...]) -> PhraseMatcher:
    return PhraseMatcher({str(number): matter.words for number, matter in enumerate(matters)}, ANSWERS)


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand ``reply`` over to Rasa."""
    dispatcher.utter_message(response=reply.response, buttons=[*reply.buttons], json_message={**reply.beside}, **reply.values)


def remembered(reply: Reply) -> list[EventType]:
    """The events that keep what ``reply`` answers, if anything, for the follow-ups."""
    topic = reply.beside.get("topic")
    return [SlotSet("last_topic", topic), SlotSet("told_more", None)] if topic else []


def as_asked(tracker: Tracker, *topics: str) -> list[EventType]:
    """The events that keep the ``topics`` of this turn, in their order, among those asked about, and what else may have been meant."""
    asked = [known for known in dict.fromkeys(tracker.get_slot("asked") or []) if known not in topics]
    others = [topic for topic in answerable(tracker) if topic not in topics]
    return [SlotSet("asked", [*asked, *dict.fromkeys(topics)][-MOST_ASKED:]), SlotSet("may_mean", others[:MOST_BUTTONS])]


def note_personal_data(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say that personal data is not needed, if the message holds some."""
    if any(entity["entity"] == "personal_data" for entity in tracker.latest_message.get("entities") or []):
        say(dispatcher, PERSONAL_DATA_NOTE)
