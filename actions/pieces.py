"""What is asked into the last answer: one of its pieces, or something that it names."""

from __future__ import annotations

from abc import ABC
from functools import cache

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import FORM, on_result, states_facts
from actions.study_action import StudyAction, named_matters, say
from actions.topics import acts_of, also_asked, answerable, ranked, topic_key, typed
from trialog.content.model import WORD_PREFIX, Answer, FollowUp, Study
from trialog.content.replies import study as replies
from trialog.content.replies import talk
from trialog.content.replies.reply import Reply
from trialog.language.assertion import parts_of
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher
from trialog.nlu.evidence import NO_ACT, TALK

# Acts that ask for a piece of an answer, by the piece.
SURVIVAL_CLAIM = "survival_claim"
PIECES = {"how_many": "number", "of_whom": "of_whom", "good": "good", SURVIVAL_CLAIM: "survival"}

# The act of somebody who was answered something else.
NOT_ASKED = "not_asked"

# From this share on a topic may be what a piece is asked of.
LIKELY_ENOUGH = 0.3

# A message of more words names its subject itself; one that is on the topic told last may have some more.
FEW_WORDS, SOME_WORDS = 7, 12

# From this share on a few words after an answer are believed to ask for a piece, where that is surer than that they do not.
LIKELY = 0.25

# After a result few words ask for anything else than what it means.
AFTER_A_RESULT = 0.4

# A few words right after an answer ask about what they name of it, unless they are as sure as this to be about something else; and about
# the answer itself where they are no subject of ours, or were not understood.
SURE = 0.6
_ELSEWHERE = ("out_of_scope/oos_general", "out_of_scope/oos_medical", "out_of_scope/gibberish", "nlu_fallback")


class PieceAction(StudyAction, ABC):
    """An action that a few words after an answer may reach; those are answered from that answer first."""

    def last_answer(self, tracker: Tracker) -> Answer | None:
        """The answer told last."""
        return self.study_of(tracker).answers.get(tracker.get_slot("last_topic") or "")

    def questions_to_take(self, tracker: Tracker) -> Reply | None:
        """The questions for the doctor by what was asked here; None where the page answered all of it."""
        study, asked = self.study_of(tracker), list(reversed(tracker.get_slot("asked") or []))
        return talk.questions_to_take(self.library, study, asked) if talk.left_open_of(study, asked) else None

    def not_asked(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers what the message hints at where it is sure ("not the age, the place"), else offers what may have been meant."""
        study, last = self.study_of(tracker), tracker.get_slot("last_topic")
        hinted = {topic: share for topic, share in answerable(tracker, LIKELY).items() if topic != last}
        if hinted and next(iter(hinted.values())) >= SURE:
            return self.say_topic(dispatcher, tracker, next(iter(hinted)))
        known = self.told_of(study)
        meant = [topic for topic in dict.fromkeys([*hinted, *(tracker.get_slot("may_mean") or [])]) if topic in known]
        say(dispatcher, talk.not_asked(self.library, study, meant))
        return []

    def in_context(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
        """Answers what only what was said before gives a meaning; None where nothing was, or it does not.

        Facts told to an offered questionnaire begin it; few words may ask on after a result, or into the last answer.
        """
        if takes_up_offer(tracker):
            return [FollowupAction(FORM)]
        if reply := self.after_result(tracker, _asks_on(tracker)):
            say(dispatcher, reply)
            return []
        answer, words = self.last_answer(tracker), len(typed(tracker).split())
        if answer is None or words == 0:
            return None
        key, act = topic_key(tracker), _piece_asked(tracker)
        if words <= SOME_WORDS and key == f"ask/{answer.topic}" and act is None and not also_asked(tracker):
            # The same topic once more asks for the part of it that is named.
            return self.say_named(dispatcher, tracker, answer)
        if words > FEW_WORDS:
            return None
        if act:
            return self.say_piece(dispatcher, tracker, act)
        sure = next((share for _, share in ranked(tracker)), 0.0) >= SURE
        if key not in _ELSEWHERE and sure:
            return None
        if (events := self.say_named(dispatcher, tracker, answer, words=not key.startswith("ask/"))) is not None:
            return events
        if key not in _ELSEWHERE or sure or key == "nlu_fallback":
            return None
        say(dispatcher, talk.no_piece(self.study_of(tracker), answer))
        return []

    def say_named(self, dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer, words: bool = True) -> list[EventType] | None:
        """Says what the message names of ``answer``: a follow-up, or a matter that the page leaves open; None where it names neither.

        A follow-up that only explains a word is said where ``words`` is true.
        """
        follow_up = named_follow_up(answer, typed(tracker))
        if follow_up and (words or not (follow_up.topic or "").startswith(WORD_PREFIX)):
            return self.follow(dispatcher, tracker, answer, follow_up)
        if matters := named_matters(answer, tracker):
            say(dispatcher, replies.on_topic(self.library, self.study_of(tracker), answer.topic, matters))
            return []
        return None

    def after_result(self, tracker: Tracker, act: str) -> Reply | None:
        """What is said to ``act`` after a result ("so that is a no?"); None where there is none, or it asks for nothing of it."""
        asked = talk.IS_YES if act == talk.CONCLUSION and _was_result(tracker) else act
        return on_result(tracker, self.library, self.study_of(tracker), asked) if asked in talk.AFTER_RESULT else None

    def say_piece(self, dispatcher: CollectingDispatcher, tracker: Tracker, act: str) -> list[EventType] | None:
        """Says the piece that ``act`` asks for, or that the page does not; None where nothing was answered before."""
        study, piece = self.study_of(tracker), PIECES[act]
        answer = self._subject(tracker, study, piece)
        if piece == "survival":
            # A figure that is misread is set right wherever it was read.
            answer = next((known for known in study.answers.values() if piece in known.pieces), answer)
        if answer is None:
            return None
        say(dispatcher, piece_of(study, answer, piece))
        return [SlotSet("last_topic", answer.topic)]

    def follow(self, dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer, follow_up: FollowUp) -> list[EventType]:
        """Says the text of ``follow_up``, or the topic it leads to."""
        if follow_up.topic:
            # A follow-up asks; it does not begin the questionnaire.
            return self.say_topic(dispatcher, tracker, "who_can_enter" if follow_up.topic == "elig_start" else follow_up.topic)
        say(dispatcher, replies.part(self.study_of(tracker), answer, str(follow_up.text)))
        return [SlotSet("last_topic", answer.topic)]

    def _subject(self, tracker: Tracker, study: Study, piece: str) -> Answer | None:
        """The answer that a piece is asked of: one that the message names, else the last, else the likeliest that has the piece."""
        last = self.last_answer(tracker)
        named = named_follow_up(last, typed(tracker)) if last else None
        if named and (answer := study.answers.get(named.topic or "")):
            return answer
        if last and piece in last.pieces:
            return last
        asked = [topic.partition("/")[2] for topic, share in ranked(tracker) if topic.startswith("ask/") and share >= LIKELY_ENOUGH]
        return next((study.answers[topic] for topic in asked if topic in study.answers and piece in study.answers[topic].pieces), last)


def piece_of(study: Study, answer: Answer, piece: str) -> Reply:
    """The ``piece`` of ``answer``, or that the page does not say it."""
    told = next((text for name, text in answer.pieces.items() if name == piece), None)
    return replies.part(study, answer, told) if told else talk.no_piece(study, answer)


def named_follow_up(answer: Answer, text: str) -> FollowUp | None:
    """The follow-up of ``answer`` whose words stand in ``text``, if one does."""
    return next((follow_up for follow_up in answer.follow_ups if _words_of(follow_up).stand_in(text)), None)


def _asks_on(tracker: Tracker) -> str:
    """The act of a few words that asks on after a result, and is likely enough."""
    acts = dict(acts_of(tracker, TALK))
    if _was_result(tracker):
        # Whether a few words draw a conclusion or ask for one, they ask what the result means.
        acts[talk.IS_YES] = acts.get(talk.IS_YES, 0.0) + acts.pop(talk.CONCLUSION, 0.0)
    asked = [act for act in acts if act in talk.AFTER_RESULT and acts[act] >= AFTER_A_RESULT]
    return max(asked, key=lambda act: acts[act], default=NO_ACT) if len(typed(tracker).split()) <= FEW_WORDS else NO_ACT


def _was_result(tracker: Tracker) -> bool:
    """True where no answer was told since the result."""
    return bool(tracker.get_slot("outcome")) and tracker.get_slot("last_topic") == talk.OF_RESULT


def _piece_asked(tracker: Tracker) -> str | None:
    """The act that asks for a piece, where that is surer than that none does and than that another answer is asked for.

    A misread figure is set right whatever the message is about.
    """
    acts = acts_of(tracker, TALK)
    none = next((share for act, share in acts if act == NO_ACT), 0.0)
    topic = next((share for name, share in ranked(tracker) if name.startswith("ask/")), 0.0)
    likely = [act for act, share in acts if act in PIECES and share >= max(LIKELY, none, 0.0 if act == SURVIVAL_CLAIM else topic)]
    return next(iter(likely), None)


def takes_up_offer(tracker: Tracker) -> bool:
    """True where the message tells something of the points of entry and asks nothing, to an offer or after a result."""
    asks = "?" in typed(tracker) or parts_of(typed(tracker)).asks
    return bool(tracker.get_slot("offered") or tracker.get_slot("outcome")) and states_facts(tracker) and not asks


@cache
def _words_of(follow_up: FollowUp) -> PhraseMatcher:
    return PhraseMatcher({"words": follow_up.words}, ANSWERS)
