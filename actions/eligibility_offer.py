"""Begin the questionnaire where it is asked for in words, offer it where it only might help, and never to a child."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, on_result, questionnaire_of, states_facts
from actions.one_point import asks_one_point, one_point
from actions.pieces import NOT_ASKED, PieceAction, takes_up_offer
from actions.study_action import note_personal_data, say
from actions.topics import acts_of, confidence, share_of, share_of_topic, topic_key
from trialog.content.replies.reply import Reply
from trialog.content.replies.talk import CONCLUSION, FIXED, IS_YES, NOT_FOR_CHILDREN, offer, talk
from trialog.eligibility.turn import START
from trialog.language.assertion import parts_of
from trialog.nlu.evidence import BEGIN, TALK

# Up to so many words an offer is answered by whom it is about; a longer message tells.
FEW_WORDS = 5

# Below this share an act is not believed, and what tells no fact is no story of a case.
LIKELY = 0.4

# From this share on a question is about taking part ("40 plus 30 is 70, right?" is not), and a word after a result is one to the
# questionnaire.
EVEN = 0.65

# From this share on it is sure whether good or bad news are told; grief can sound like joy.
SURELY = 0.8

# Acts of somebody who tells how it is, and asks for nothing.
TELLING = ("told", "good_news", "bad_news")

# From this share on an act is meant where the likelier topic makes no sense.
ALSO_LIKELY = 0.3

# What can be said to a questionnaire that does not run: the others answer a question that nobody asked.
TAKES_UP = ("restart", "another", "change", "back", "go_on")


class ActionOfferQuestionnaire(PieceAction):
    """Decides whether the form begins, goes on, or is offered."""

    def name(self) -> str:
        return "action_offer_questionnaire"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if tracker.get_slot("typing") == "child":
            say(dispatcher, NOT_FOR_CHILDREN)
            return []
        ways = (self._in_place_of_it, self._beside_a_question, self._begin, self._after_result, self._offer)
        return next(events for way in ways if (events := way(dispatcher, tracker)) is not None)

    def _in_place_of_it(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """What is asked about the questions, about one point alone, or said to us; None where it is about taking part."""
        study, starts = self.study_of(tracker), topic_key(tracker) == START
        if _act_of(tracker) == "how_many_more":
            say(dispatcher, offer(self.library, study, "utter_offer_how_many"))
            return [SlotSet("offered", True)]
        if not starts and questionnaire_of(tracker) is None:
            if share_of(tracker, NOT_ASKED) >= ALSO_LIKELY:
                # "That answer was wrong" speaks of ours.
                return self.not_asked(dispatcher, tracker)
            if act := _said_to_us(tracker):
                say(dispatcher, talk(act))
                return []
        asks_point = starts and asks_one_point(tracker) and not takes_up_offer(tracker)
        point = one_point(tracker, self.library, study) if asks_point else None
        if point is None:
            return None
        say(dispatcher, point)
        return [SlotSet("offered", True)]

    def _beside_a_question(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """Answers what is asked beside it, and offers the questionnaire; None where nothing is."""
        if topic_key(tracker) != START or questionnaire_of(tracker) or not (events := self.say_also_asked(dispatcher, tracker)):
            return None
        say(dispatcher, offer(self.library, self.study_of(tracker)))
        return [*events, SlotSet("offered", True)]

    def _begin(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """Has the form take the message where the family wants the questions; None where it does not say so."""
        key, begun, outcome = topic_key(tracker), questionnaire_of(tracker) is not None, tracker.get_slot("outcome")
        pressed = str(tracker.latest_message.get("text") or "").startswith("/")
        takes_up = begun and (pressed or (key.partition("/")[2] in TAKES_UP and (not outcome or confidence(tracker) >= EVEN)))
        # A brother or sister may be a child, so they choose first.
        chosen = tracker.get_slot("typing") != "sibling" or bool(tracker.get_slot("offered"))
        asks = key == START and _asks(tracker) and not (outcome and _asks_of_result(tracker))
        wants = chosen and (asks or (not begun and _wants(tracker)))
        return [FollowupAction(FORM)] if pressed or takes_up or takes_up_offer(tracker) or wants else None

    def _after_result(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """What a result means; None where there is none."""
        reply = on_result(tracker, self.library, self.study_of(tracker), IS_YES)
        if reply is None:
            return None
        say(dispatcher, reply)
        return []

    def _offer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Offers the questionnaire, unless the message only tells something, or speaks to one that has begun."""
        key, begun = topic_key(tracker), questionnaire_of(tracker) is not None
        if key == START and (told := _told(tracker) or _hardly_told(tracker)):
            say(dispatcher, talk(told))
            return []
        if key != START and begun:
            say(dispatcher, Reply("utter_talk_ok"))
        else:
            sibling = tracker.get_slot("typing") == "sibling"
            say(dispatcher, offer(self.library, self.study_of(tracker), "utter_offer_sibling" if sibling else "utter_offer"))
        note_personal_data(dispatcher, tracker)
        return [SlotSet("offered", True)] if key == START or not begun else []


def _asks_of_result(tracker: Tracker) -> bool:
    """True for a question that may ask what a result means ("so can she join?"); who wants the questions once more does not."""
    return share_of(tracker, IS_YES) + share_of(tracker, CONCLUSION) >= ALSO_LIKELY and not _wants(tracker)


def _asks(tracker: Tracker) -> bool:
    """True where the message asks whether somebody may fit, or for the questions; a story told asks for nothing."""
    text = str(tracker.latest_message.get("text") or "")
    likely = share_of_topic(tracker, START) >= EVEN
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
    return None if share_of_topic(tracker, START) >= LIKELY or states_facts(tracker) else "told"


def _wants(tracker: Tracker) -> bool:
    """True for "start the questions"."""
    return _act_of(tracker) in ("go_on", BEGIN)


def _act_of(tracker: Tracker) -> str:
    act, share = next(iter(acts_of(tracker, TALK)), ("", 0.0))
    return act if share >= LIKELY else ""
