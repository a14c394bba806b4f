"""Ask back when the message is not clear."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import library, note_personal_data, ranked_topics, say, study_of, topic_button
from trialog.content.model import WORD_PREFIX, Study

# A topic below this share is not worth a button.
WORTH_OFFERING = 0.08

MOST_BUTTONS = 3


class ActionFallback(Action):
    """Offers the likely topics as buttons ("did you mean"); where none is likely, the study's suggested ones."""

    def name(self) -> str:
        return "action_fallback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        study = study_of(tracker)
        ranking = ranked_topics(tracker, "ask") + [(WORD_PREFIX + word, share) for word, share in ranked_topics(tracker, "term")]
        likely = sorted((pair for pair in ranking if pair[1] >= WORTH_OFFERING and _can_answer(pair[0], study)), key=lambda pair: -pair[1])
        response, offered = "utter_fallback", study.suggested
        if likely:
            response, offered = "utter_did_you_mean", tuple(topic for topic, _ in likely[:MOST_BUTTONS])
        say(dispatcher, response, buttons=[topic_button(topic, study) for topic in offered])
        return note_personal_data(dispatcher, tracker)


def _can_answer(topic: str, study: Study) -> bool:
    return topic in study.answers or topic.removeprefix(WORD_PREFIX) in library().words(study)
