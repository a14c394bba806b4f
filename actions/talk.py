"""Answer what is said about the conversation, about a piece of the last answer, or after a result."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, states_facts
from actions.one_point import ACT as ONE_POINT
from actions.one_point import one_point
from actions.pieces import LIKELY_ENOUGH, NOT_ASKED, PIECES, SURE, PieceAction, takes_up_offer
from actions.study_action import note_personal_data, say
from actions.topics import acts_of, answerable, ranked, share_of_topic, topic_key, typed
from trialog.content.model import WORD_PREFIX, Study
from trialog.content.replies import study as replies
from trialog.content.replies import talk
from trialog.content.replies.reply import Reply
from trialog.nlu.evidence import TALK

# From this share on a message speaks of the questionnaire.
NAMED = 0.2


class ActionTalk(PieceAction):
    """Finds the meaning of an act in what was said before; where nothing was, the message is answered by its topic."""

    def name(self) -> str:
        return "action_talk"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        act = _act_of(tracker)
        if act == NOT_ASKED:
            return self.not_asked(dispatcher, tracker)
        ways = (self._on_result, self._on_point, self._begin, self._about_answer, self._without_answer)
        events = next(events for way in ways if (events := way(dispatcher, tracker, act)) is not None)
        note_personal_data(dispatcher, tracker)
        return events

    def _on_result(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType] | None:
        """Answers what is asked on after a result; None where there is none, or the act asks for nothing of it."""
        reply = self.after_result(tracker, act)
        if reply is None:
            return None
        say(dispatcher, reply)
        return []

    def _on_point(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType] | None:
        """Answers what is asked about one thing that is told; None where nothing known is named."""
        if act != ONE_POINT:
            return None
        if takes_up_offer(tracker):
            return [FollowupAction(FORM)]
        reply = one_point(tracker, self.library, self.study_of(tracker))
        if reply is None:
            # Who tells more than one thing asks about taking part ("I have B-ALL and I'm 17, is that too old?").
            return [FollowupAction(FORM)] if _asks_to_begin(tracker) else None
        say(dispatcher, reply)
        return [SlotSet("offered", True)]

    def _without_answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType]:
        """What hangs on no answer: a reply of its own, a topic's, or whatever the message may be about."""
        if reply := self._reply(tracker, act):
            say(dispatcher, reply)
            return []
        topic = talk.AS_TOPIC.get(act, "")
        if topic in self.study_of(tracker).answers:
            return self.say_topic(dispatcher, tracker, topic)
        if topic in self.library.topics:
            say(dispatcher, Reply(f"utter_{self.library.topics[topic].kind}/{topic}"))
            return []
        return self._by_topic(dispatcher, tracker)

    def _begin(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType] | None:
        """Begins the questionnaire where the family wants it, or offers it; None where it is not spoken of."""
        offered = bool(tracker.get_slot("offered"))
        if act in ("go_on", "yes") and (offered or (act == "go_on" and self._may_begin(tracker))):
            return [FollowupAction(FORM)]
        if act == "how_many_more":
            say(dispatcher, talk.offer(self.library, self.study_of(tracker), "utter_offer_how_many"))
            return [SlotSet("offered", True)]
        return None

    @staticmethod
    def _may_begin(tracker: Tracker) -> bool:
        """True where "go on" means the questionnaire: one waits or was stopped, the message names it, or nothing else was told."""
        named = any(topic.startswith(("elig_start", "questionnaire/")) and share >= NAMED for topic, share in ranked(tracker))
        return tracker.get_slot("typing") != "child" and (named or bool(tracker.get_slot("questionnaire")) or not _last_topic(tracker))

    def _about_answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType] | None:
        """Answers what is asked into the last answer; None where the act asks for nothing of it."""
        study, last = self.study_of(tracker), _last_topic(tracker)
        if act in ("again", "go_on") and last:
            return self.say_topic(dispatcher, tracker, last)
        if act == "said_about" and (told := self._told(tracker)):
            return self.say_topic(dispatcher, tracker, told)
        if act in PIECES:
            return self.say_piece(dispatcher, tracker, act) or self._no_piece_of_word(dispatcher, last)
        answer = self.last_answer(tracker)
        reply = self._form(study, last or "", act)
        if reply is None:
            return None
        say(dispatcher, reply)
        return [SlotSet("last_topic", answer.topic)] if answer else []

    def _no_piece_of_word(self, dispatcher: CollectingDispatcher, last: str | None) -> list[EventType] | None:
        """After a word was explained, "is that good?" is not on the page; None where none was."""
        if not last or not last.startswith(WORD_PREFIX):
            return None
        say(dispatcher, Reply("utter_no_piece"))
        return []

    def _told(self, tracker: Tracker) -> str | None:
        """The topic that a message reminds of: a word of it that was explained, the likeliest of those told before, else of all."""
        topics = answerable(tracker)
        if sure := next((topic for topic, share in topics.items() if share >= SURE), None):
            return sure
        told, words = [*reversed(tracker.get_slot("asked") or [])], self.library.words(self.study_of(tracker))
        explained = (words[topic.removeprefix(WORD_PREFIX)] for topic in told if topic.removeprefix(WORD_PREFIX) in words)
        if word := next((word for word in explained if _shares_a_word(typed(tracker), word.name)), None):
            return word.topic
        named = (
            topic for topic in told if topic in self.library.topics and _shares_a_word(typed(tracker), self.library.topics[topic].title)
        )
        return next((topic for topic in topics if topic in told), None) or next(named, None) or next(iter(topics), None)

    def _form(self, study: Study, last: str, act: str) -> Reply | None:
        """What was told last, on the topic ``last``, in another form, or where it comes from."""
        answer = study.answers.get(last)
        match act:
            case "source":
                return talk.source_of(study, answer)
            case "conclusion":
                return talk.conclusion(study, answer)
            case "simpler":
                return talk.easier(self.library, study, last)
            case "shorter":
                return talk.shorter(self.library, study, last)
        return None

    def _reply(self, tracker: Tracker, act: str) -> Reply | None:
        if act == "ask_list" and (questions := self.questions_to_take(tracker)):
            return questions
        if act == talk.IS_YES:
            return talk.NO_RESULT
        if act == "doctor_unaware":
            return talk.doctor_unaware(self.study_of(tracker))
        return talk.talk(act) if act in talk.FIXED or act == "nothing_left" or (act == "sure" and self.last_answer(tracker)) else None

    def _by_topic(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """What the message gets by what it is about, as if it were no act."""
        topics = [(topic, share) for topic, share in ranked(tracker) if not topic.startswith(TALK)]
        topic, share = next(iter(topics), ("", 0.0))
        intent, _, name = topic.partition("/")
        if share >= LIKELY_ENOUGH and intent in ("ask", "term"):
            return self.say_topic(dispatcher, tracker, WORD_PREFIX + name if intent == "term" else name)
        if share >= LIKELY_ENOUGH and intent in ("smalltalk", "out_of_scope"):
            say(dispatcher, Reply(f"utter_{topic}"))
            return []
        say(dispatcher, self.after_result(tracker, talk.IS_YES) or replies.not_understood(self.library, self.study_of(tracker), []))
        return []


def _asks_to_begin(tracker: Tracker) -> bool:
    """True where facts are told and taking part is asked about, by anybody but a child, or a sibling who may be one."""
    is_start = share_of_topic(tracker, talk.START) >= LIKELY_ENOUGH
    return is_start and states_facts(tracker) and tracker.get_slot("typing") not in ("child", "sibling")


def _shares_a_word(text: str, title: str) -> bool:
    """True if a word of more than two letters stands in both, in the singular or the plural."""
    first, second = ({word.lower().rstrip("s") for word in re.findall(r"\w{3,}", part)} - {"the"} for part in (text, title))
    return bool(first & second)


def _act_of(tracker: Tracker) -> str:
    """The act that was decided on; the likeliest one where the message is spoken to the questionnaire."""
    key = topic_key(tracker)
    if key.startswith(f"{TALK}/"):
        return key.partition("/")[2]
    return next(iter(acts_of(tracker, TALK)), ("", 0.0))[0]


def _last_topic(tracker: Tracker) -> str | None:
    last: str | None = tracker.get_slot("last_topic")
    return last
