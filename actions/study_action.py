"""What every action is built on: the settings and the content, and the tracker read for what they decide."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from trialog.content.deployment import Deployment
from trialog.content.model import HelpLines, Study
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import PERSONAL_DATA_NOTE
from trialog.content.replies.study import on_topic


class StudyAction(Action, ABC):
    """An action of ours. Rasa makes it without arguments; it then takes the deployment that is current."""

    def __init__(self, deployment: Deployment | None = None) -> None:
        deployment = deployment or Deployment.current()
        self.settings, self.library = deployment.settings, deployment.library

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    def study_of(self, tracker: Tracker) -> Study:
        """The study this conversation is about: its slot, else the configured one, else the first."""
        return self.library.study_of(tracker.get_slot("study") or "", self.settings.trial)

    def help_lines(self, country: str | None) -> HelpLines:
        """The numbers of ``country``, which the family's page has named; else of the configured one, else the default."""
        return self.library.lines_of(country or "", self.settings.country)

    def say_topic(self, dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> list[EventType]:
        """Say what the content holds on ``topic``; remember it for follow-ups."""
        reply = on_topic(self.library, self.study_of(tracker), topic)
        say(dispatcher, reply)
        return remembered(reply)


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand ``reply`` over to Rasa."""
    dispatcher.utter_message(response=reply.response, buttons=[*reply.buttons], json_message={**reply.beside}, **reply.values)


def remembered(reply: Reply) -> list[EventType]:
    """The events that keep what ``reply`` answers, if anything, for the follow-ups."""
    topic = reply.beside.get("topic")
    return [SlotSet("last_topic", topic), SlotSet("told_more", None)] if topic else []


def note_personal_data(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say that personal data is not needed, if the message holds some."""
    if any(entity["entity"] == "personal_data" for entity in tracker.latest_message.get("entities") or []):
        say(dispatcher, PERSONAL_DATA_NOTE)
