"""What is said about the conversation itself, about a piece of the last answer, and after a result."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from trialog.content.model import WORD_PREFIX, Answer, Library, Study
from trialog.content.replies.reply import Reply, button, source_data, topic_button
from trialog.content.replies.study import MOST_BUTTONS, part, simpler, word
from trialog.language.sentences import sentences_in

# Said the same way in every conversation: the acts of data/acts/talk that hang on nothing.
FIXED = (
    *("yes_or_no", "decides", "ok", "told", "bad_news", "good_news", "unwell"),
    *("sleepless", "own_child", "chat", "scary", "later", "yes", "no"),
)

# Acts that are a topic of their own: what is said is what the topic says.
AS_TOPIC = {
    "privacy": "chat_privacy",
    **dict.fromkeys(("print", "send", "aloud"), "chat_functions"),
    "guinea_pig": "experiment",
    "next": "next_steps",
    "hear_when": "next_steps",
    "just_get": "outside_study",
    "ask_list": "ask_doctor",
}

# The questionnaire's topic.
START = "elig_start"

NOT_FOR_CHILDREN = Reply("utter_not_for_children", beside={"kind": "answer", "topic": START})

# Asked as if there were a result before there is one.
NO_RESULT = Reply("utter_talk_no_result")

# The ways to offer the questionnaire.
OFFERS = ("utter_offer", "utter_offer_sibling", "utter_offer_how_many")

# Asked after a result; those that depend on it have a reply for each outcome.
AFTER_RESULT = ("is_yes", "next", "hear_when", "nothing_left", "sure", "just_get")
OUTCOMES = ("may_fit", "does_not_fit", "unclear")

# What a result is told about; until another answer is told, "so that is a no?" asks what the result means.
OF_RESULT = "who_can_enter"
CONCLUSION, IS_YES = "conclusion", "is_yes"

# Questions that are worth taking along whatever was asked.
MOST_QUESTIONS = 5


def talk(act: str) -> Reply:
    """What is said to a fixed ``act``."""
    return Reply(f"utter_talk_{act}")


def not_asked(library: Library, study: Study, likely: Sequence[str]) -> Reply:
    """That something else was answered than was asked, with the ``likely`` topics to choose from, best first."""
    buttons = tuple(topic_button(library, study, topic) for topic in likely[:MOST_BUTTONS])
    return Reply("utter_talk_not_asked" if buttons else "utter_talk_not_asked_open", buttons=buttons)


def after_result(library: Library, study: Study, act: str, outcome: str, points: Sequence[str] = ()) -> Reply:
    """What is said to somebody who asks on after a result; ``points`` are the titles of those that do not match or are open."""
    by_outcome = {"is_yes": OUTCOMES, "next": ("does_not_fit",)}
    name = f"{act}_{outcome}" if outcome in by_outcome.get(act, ()) else act
    topic = "other_trials" if outcome == "does_not_fit" else "how_to_join"
    buttons = (topic_button(library, study, topic),)
    if points and act == IS_YES:
        return Reply(f"utter_talk_{name}_points", {"points": "\n".join(f"• {title}" for title in points)}, buttons)
    return Reply(f"utter_talk_{name}", buttons=buttons)


def shorter(library: Library, study: Study, topic: str) -> Reply | None:
    """What was last told, on ``topic``, in one sentence; None where that was no answer and no word."""
    answer = study.answers.get(topic)
    if answer is None:
        return _first_of_word(library, study, topic, "utter_shorter")
    first = sentences_in(answer.short or answer.text or "")[:1]
    return dataclasses.replace(part(study, answer, " ".join(first)), response="utter_shorter") if first else None


def easier(library: Library, study: Study, topic: str) -> Reply:
    """What was last told, on ``topic``, in its easier wording; where it has none, the words it uses to ask about."""
    answer = study.answers.get(topic)
    if answer is None:
        return _first_of_word(library, study, topic, "utter_in_plain_words") or simpler(library, study, None)
    return in_plain_words(study, answer) if answer.simple else simpler(library, study, answer)


def _first_of_word(library: Library, study: Study, topic: str, response: str) -> Reply | None:
    """The first sentence of the word that ``topic`` explains, which tells what it is; None where it is no word."""
    explained = library.words(study).get(topic.removeprefix(WORD_PREFIX)) if topic.startswith(WORD_PREFIX) else None
    if explained is None:
        return None
    told = word(explained)
    return dataclasses.replace(told, response=response, values={**told.values, "answer": sentences_in(explained.text)[0]})


def in_plain_words(study: Study, answer: Answer) -> Reply:
    """The answer in its second, easier wording."""
    return dataclasses.replace(part(study, answer, str(answer.simple)), response="utter_in_plain_words")


def no_piece(study: Study, answer: Answer | None) -> Reply:
    """That the page does not say this piece of what the last answer was about."""
    if answer is None:
        return Reply("utter_no_piece")
    return Reply(
        "utter_no_piece", beside={"kind": "not_on_page", "topic": answer.topic, "source": source_data(study.source(answer.section))}
    )


def conclusion(study: Study, answer: Answer | None) -> Reply:
    """That a conclusion goes further than the page, with what it does say."""
    if answer is None or answer.text is None:
        return Reply("utter_talk_conclusion_open")
    said = " ".join(sentences_in(answer.short or answer.text)[:2])
    return dataclasses.replace(part(study, answer, said), response="utter_talk_conclusion")


def source_of(study: Study, answer: Answer | None) -> Reply:
    """Where an answer stands on the page; without one, where all of them come from."""
    date = f"{study.last_reviewed.day} {study.last_reviewed:%B %Y}"
    if answer is None:
        return Reply("utter_talk_source_page", {"date": date})
    beside = {"kind": "answer", "topic": answer.topic, "source": source_data(study.source(answer.section))}
    return Reply("utter_talk_source", {"section": answer.section, "date": date}, beside=beside)


def doctor_unaware(study: Study) -> Reply:
    """What to do where the doctor has not heard of the study."""
    return Reply("utter_talk_doctor_unaware", {"study": study.title})


def questions_to_take(library: Library, study: Study, asked: Iterable[str]) -> Reply:
    """Questions for the doctor: of what was ``asked`` here, those the page leaves open first, then those that always help."""
    left_open = left_open_of(study, asked)
    questions = [*dict.fromkeys([*left_open, *library.interview.sheet.ask_always])][:MOST_QUESTIONS]
    beside = {"kind": "answer", "topic": "ask_doctor"}
    return Reply("utter_talk_ask_list", {"questions": "\n".join(f"• {question}" for question in questions)}, beside=beside)


def left_open_of(study: Study, asked: Iterable[str]) -> list[str]:
    """The questions that the page leaves open, of the topics ``asked``."""
    answers = [study.answers[topic] for topic in asked if topic in study.answers]
    return [answer.not_on_page.ask for answer in answers if answer.not_on_page]


def offer(library: Library, study: Study, response: str = "utter_offer") -> Reply:
    """Offers the questionnaire; nothing begins before the family says so."""
    buttons = (button(library.buttons["begin"], f"/{START}"), topic_button(library, study, "who_can_enter"))
    return Reply(response, {"number": len(study.criteria)}, buttons, {"kind": "answer", "topic": START})


def how_many_left(left: int) -> Reply:
    """How many questions are left; 0 where only the answers are to be checked."""
    return Reply("utter_how_many_left" if left else "utter_none_left", {"number": left}, beside={"kind": "answer", "topic": START})
