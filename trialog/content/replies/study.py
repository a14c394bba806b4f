"""What is said about a study and its words, and where nothing can be said about them."""

from __future__ import annotations

from collections.abc import Sequence

from trialog.content.general import HelpLines
from trialog.content.model import WORD_PREFIX, Answer, Library, Matter, NotOnPage, Study, Word
from trialog.content.placeholders import fill
from trialog.content.replies.reply import Button, Reply, button, source_data, topic_button

# Buttons of one reply that are offered to choose from.
MOST_BUTTONS = 3

_PARAGRAPH = "\n\n"

# More matters than that, named in one message, would be a list.
MOST_MATTERS = 2

NOT_UNDERSTOOD = Reply("utter_fallback")
# Stands before an answer to a question in another language; the slot ``language`` chooses its words.
IN_ENGLISH = Reply("utter_answer_in_english")
UNKNOWN_WORD = Reply("utter_unknown_word")
NOTHING_BEFORE = Reply("utter_nothing_before")
LET_GO = Reply("utter_let_go")


def welcome(library: Library, study: Study, lines: HelpLines, is_old: bool) -> Reply:
    """The first message; ``is_old`` where the page was reviewed more than 12 months ago."""
    # Which response it is cannot hang on the slot: the welcome is said before the slot is set.
    response = "utter_welcome_old_page" if is_old else "utter_welcome"
    buttons = tuple(topic_button(library, study, topic) for topic in study.suggested)
    values = {"study": study.title, "status": library.status_of(study, "\n\n"), "emergency": lines.emergency}
    return Reply(response, values, buttons)


def on_topic(library: Library, study: Study, topic: str, named: Sequence[Matter] = ()) -> Reply:
    """What the content holds on ``topic`` (a study's topic or ``term:<word>``), or that it holds nothing.

    ``named`` are the matters of the topic that the family named: the reply names them, too.
    """
    if topic.startswith(WORD_PREFIX):
        found = library.words(study).get(topic.removeprefix(WORD_PREFIX))
        return word(found) if found else UNKNOWN_WORD
    answer = study.answers.get(topic)
    if answer is None:
        return _absent(library, study, topic)
    if answer.not_on_page:
        return _not_on_page(study, answer, answer.not_on_page, named)
    if named:
        return _left_open(study, answer, named[:MOST_MATTERS], answer.short)
    more = (_more_button(library),) if answer.more else ()
    return part(study, answer, _with_status(library, study, answer), more)


def _not_on_page(study: Study, answer: Answer, missing: NotOnPage, named: Sequence[Matter]) -> Reply:
    return _left_open(study, answer, named[:MOST_MATTERS] or (missing,), missing.also)


def _left_open(study: Study, answer: Answer, matters: Sequence[Matter | NotOnPage], also: str | None) -> Reply:
    """That the page does not say what ``matters`` are about, and what it does say."""
    says = " ".join([*(matter.says for matter in matters), *filter(None, [also])])
    ask = " ".join(matter.ask for matter in matters)
    return Reply("utter_not_on_page", {"says": says, "ask": ask}, beside=_beside(study, answer, "not_on_page"))


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


def also_offered(library: Library, study: Study, topics: Sequence[str]) -> Reply:
    """Names the ``topics`` that were asked about, too, and offers to answer them."""
    buttons = tuple(topic_button(library, study, topic) for topic in topics[:MOST_BUTTONS])
    return Reply("utter_also_asked", {"topics": "\n".join(f"• {offered['title']}" for offered in buttons)}, buttons)


def _with_status(library: Library, study: Study, answer: Answer) -> str:
    """The text of ``answer``; where it is about joining a study that takes no new people, with that."""
    known = library.topics.get(answer.topic)
    return f"{answer.text}{library.status_of(study, _PARAGRAPH)}" if known and known.joining else str(answer.text)


def _absent(library: Library, study: Study, topic: str) -> Reply:
    """What is said of a topic that not every study has, and this one has not."""
    known = library.topics.get(topic)
    if known is None or known.kind != "study":
        return NOT_UNDERSTOOD
    words, values = library.studies_words.absent, {"topic": library.title(topic, study).lower()}
    beside = {"kind": "not_on_page", "topic": topic, "source": source_data(study.source(study.sections[0]))}
    return Reply("utter_not_on_page", {"says": fill(words.says, values), "ask": fill(words.ask, values)}, beside=beside)


def _more_button(library: Library) -> Button:
    return button(library.buttons["more"], '/followup{"topic": "more"}')


def _beside(study: Study, answer: Answer, kind: str) -> dict[str, object]:
    return {"kind": kind, "topic": answer.topic, "source": source_data(study.source(answer.section))}


def still_not_understood(library: Library, study: Study) -> Reply:
    """Asks back another way, with the study's suggested topics to choose from."""
    return Reply("utter_still_not_understood", buttons=tuple(topic_button(library, study, topic) for topic in study.suggested))
