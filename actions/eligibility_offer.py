"""Begin the questionnaire where it is asked for in words, offer it where it only might help, and never to a child."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, questionnaire_of, states_facts
from actions.pieces import takes_up_offer
from actions.study_action import StudyAction, note_personal_data, say
from actions.topics import acts_of, ranked, topic_key
from trialog.content.replies.reply import Reply
from trialog.content.replies.talk import FIXED, NOT_FOR_CHILDREN, after_result, offer, talk
from trialog.eligibility.turn import START
from trialog.language.assertion import parts_of
from trialog.nlu.evidence import BEGIN, TALK

# Up to so many words an offer is answered by whom it is about; a longer message tells.
FEW_WORDS = 5

# Below this share an act is not believed, and what tells no fact is no story of a case.
LIKELY = 0.4

# From this share on a question is about taking part ("40 plus 30 is 70, right?" is not).
EVEN = 0.5

# From this share on it is sure whether good or bad news are told; grief can sound like joy.
SURELY = 0.8

# Acts of somebody who tells how it is, and asks for nothing.
TELLING = ("told", "good_news", "bad_news")

# From this share on an act is meant where the likelier topic makes no sense.
ALSO_LIKELY = 0.3

# What can be said to a questionnaire that does not run: the others answer a question that nobody asked.
TAKES_UP = ("restart", "another", "change", "back", "go_on")


class ActionOfferQuestionnaire(StudyAction):
    """Decides whether the form begins, goes on, or is offered."""

    def name(self) -> str:
        return "action_offer_questionnaire"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        key = topic_key(tracker)
        pressed = str(tracker.latest_message.get("text") or "").startswith("/")
        typing = tracker.get_slot("typing")
        if typing == "child":
            say(dispatcher, NOT_FOR_CHILDREN)
            return []
        begun = questionnaire_of(tracker) is not None
        takes_up = begun and (pressed or key.partition("/")[2] in TAKES_UP)
        # A brother or sister may be a child, so they choose first.
        if _act_of(tracker) == "how_many_more":
            say(dispatcher, offer(self.library, self.study_of(tracker), "utter_offer_how_many"))
            return [SlotSet("offered", True)]
        if key != START and not begun and (act := _said_to_us(tracker)):
            say(dispatcher, talk(act))
            return []
        chosen = typing != "sibling" or bool(tracker.get_slot("offered"))
        asks = key == START and _asks(tracker)
        if pressed or takes_up or takes_up_offer(tracker) or (chosen and (asks or (not begun and _wants(tracker)))):
            return [FollowupAction(FORM)]
        outcome = tracker.get_slot("outcome")
        if key == START and outcome:
            say(dispatcher, after_result(self.library, self.study_of(tracker), "is_yes", outcome))
            return []
        if key != START and begun:
            say(dispatcher, Reply("utter_talk_ok"))
        elif key == START and (told := _told(tracker) or _hardly_told(tracker)):
            say(dispatcher, talk(told))
            return []
        else:
            say(dispatcher, offer(self.library, self.study_of(tracker), "utter_offer_sibling" if typing == "sibling" else "utter_offer"))
        note_personal_data(dispatcher, tracker)
        return [SlotSet("offered", True)] if key == START or not begun else []


def _asks(tracker: Tracker) -> bool:
    """True where the message asks whether somebody may fit, or for the questions; a story told asks for nothing."""
    text = str(tracker.latest_message.get("text") or "")
    likely = _share_of_start(tracker) >= EVEN
    return _wants(tracker) or (likely and (parts_of(text).asks or "?" in text)) or _says_who(tracker, text)


def _says_who(tracker: Tracker, text: str) -> bool:
    """True for a few words to an offer that say whom it is about ("for my son"), but tell nothing of them ("she was 9")."""
    return bool(tracker.get_slot("offered")) and len(text.split()) <= FEW_WORDS and _told(tracker) is None


def _told(tracker: Tracker) -> str | None:
    """The act of somebody who only tells how it is; None where facts are told that the questions ask for, or it is no such act."""
    acts = [(act, share) for act, share in acts_of(tracker, TALK) if act in TELLING and share >= ALSO_LIKELY]
    if not acts or states_facts(tracker):
        return None
    act, share = acts[0]
    return act if share >= SURELY else "told"


def _said_to_us(tracker: Tracker) -> str:
    """What sounds like a word to the questionnaire ("all right") and, where none runs, is said about the conversation; else nothing."""
    meant = (act for act, share in acts_of(tracker, TALK) if act in FIXED and act != "yes" and share >= ALSO_LIKELY)
    return "" if tracker.get_slot("offered") else next(meant, "")


def _hardly_told(tracker: Tracker) -> str | None:
    """The act of telling where the message hardly speaks of taking part and says nothing of the points of entry."""
    return None if _share_of_start(tracker) >= LIKELY or states_facts(tracker) else "told"


def _share_of_start(tracker: Tracker) -> float:
    return next((share for topic, share in ranked(tracker) if topic == START), 0.0)


def _wants(tracker: Tracker) -> bool:
    """True for "start the questions"."""
    return _act_of(tracker) in ("go_on", BEGIN)


def _act_of(tracker: Tracker) -> str:
    act, share = next(iter(acts_of(tracker, TALK)), ("", 0.0))
    return act if share >= LIKELY else ""
