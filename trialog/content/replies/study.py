"""What is said about a study and its words, and where nothing can be said about them."""

from __future__ import annotations

from collections.abc import Sequence

from trialog.content.model import WORD_PREFIX, Answer, HelpLines, Library, Study, Word
from trialog.content.replies.reply import Button, Reply, button, source_data, topic_button

# Buttons of one reply that are offered to choose from.
MOST_BUTTONS = 3

NOT_UNDERSTOOD = Reply("utter_fallback")
UNKNOWN_WORD = Reply("utter_unknown_word")
NOTHING_BEFORE = Reply("utter_nothing_before")


def welcome(library: Library, study: Study, lines: HelpLines, is_old: bool) -> Reply:
    """The first message; ``is_old`` where the page was reviewed more than 12 months ago."""
    # Which response it is cannot hang on the slot: the welcome is said before the slot is set.
    response = "utter_welcome_old_page" if is_old else "utter_welcome"
    buttons = tuple(topic_button(library, study, topic) for topic in study.suggested)
    return Reply(response, {"study": study.title, "emergency": lines.emergency}, buttons)


def on_topic(library: Library, study: Study, topic: str) -> Reply:
    """What the content holds on ``topic`` (a study's topic or ``term:<word>``), or that it holds nothing."""
    if topic.startswith(WORD_PREFIX):
        found = library.words(study).get(topic.removeprefix(WORD_PREFIX))
        return word(found) if found else UNKNOWN_WORD
    answer = study.answers.get(topic)
    if answer is None:
        return NOT_UNDERSTOOD
    if answer.not_on_page:
        missing = answer.not_on_page
        return Reply("utter_not_on_page", {"says": missing.whole, "ask": missing.ask}, beside=_beside(study, answer, "not_on_page"))
    more = (_more_button(library),) if answer.more else ()
    return part(study, answer, str(answer.text), more)


def part(study: Study, answer: Answer, text: str, buttons: tuple[Button, ...] = ()) -> Reply:
    """``text`` as part of ``answer``, with its way to the doctor and its source."""
    return Reply("utter_answer", {"answer": text, "doctor": answer.doctor or ""}, buttons, _beside(study, answer, "answer"))


def word(explained: Word) -> Reply:
    """A word explained."""
    beside = {"kind": "answer", "topic": explained.topic, "source": source_data(explained.source)}
    return Reply("utter_word", {"answer": explained.text, "doctor": explained.doctor}, beside=beside)


def simpler(library: Library, study: Study, answer: Answer | None) -> Reply:
    """That the last ``answer`` was hard to read, with the words it uses to ask about."""
    text = (answer.text or "").lower() if answer else ""
    used = [explained for explained in library.words(study).values() if any(spelling in text for spelling in explained.spellings)]
    # The study's own words are the strange ones.
    used.sort(key=lambda explained: explained.id not in study.words)
    return Reply("utter_simpler", buttons=tuple(topic_button(library, study, explained.topic) for explained in used[:MOST_BUTTONS]))


def nothing_more(topic: str) -> Reply:
    """That there is no more detail on ``topic``."""
    return Reply("utter_nothing_more", beside={"kind": "answer", "topic": topic})


def no_reason(topic: str) -> Reply:
    """That the page gives no reason for what it says on ``topic``."""
    return Reply("utter_no_reason", beside={"kind": "answer", "topic": topic})


def not_understood(library: Library, study: Study, likely: Sequence[str]) -> Reply:
    """Asks back with the ``likely`` topics, best first; where there is none, with the study's suggested ones."""
    if likely:
        return Reply("utter_did_you_mean", buttons=tuple(topic_button(library, study, topic) for topic in likely[:MOST_BUTTONS]))
    return Reply("utter_fallback", buttons=tuple(topic_button(library, study, topic) for topic in study.suggested))


def _more_button(library: Library) -> Button:
    return button(library.buttons["more"], '/followup{"topic": "more"}')


def _beside(study: Study, answer: Answer, kind: str) -> dict[str, object]:
    return {"kind": kind, "topic": answer.topic, "source": source_data(study.source(answer.section))}
