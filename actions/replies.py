"""How every action says what the content holds: one function a kind of reply."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from trialog.content.load import load_library
from trialog.content.model import WORD_PREFIX, Answer, HelpLines, Library, Source, Study, Word
from trialog.settings import Settings


def library() -> Library:
    """The content, loaded once."""
    return load_library(Settings.from_environment().content)


def study_of(tracker: Tracker) -> Study:
    """The study this conversation is about: its slot, else the configured one, else the first."""
    studies = library().studies
    chosen = tracker.get_slot("study") or Settings.from_environment().trial
    return studies.get(chosen) or next(iter(studies.values()))


def help_lines(country: str | None) -> HelpLines:
    """The numbers of ``country``, which the family's page has named; else of the configured one, else the default."""
    return library().lines_of(country or "", Settings.from_environment().country)


def topic_of(tracker: Tracker) -> str | None:
    """The topic asked about: named by a button, else chosen by the classifier (``ask/study_goal`` -> ``study_goal``)."""
    named = next(tracker.get_latest_entity_values("topic"), None)
    return named or next(iter(ranked_topics(tracker)), (None, 0.0))[0]


def ranked_topics(tracker: Tracker, intent: str | None = None) -> list[tuple[str, float]]:
    """The classifier's topics with their probabilities, best first; only those of ``intent`` if given."""
    ranking = tracker.latest_message.get("response_selector", {}).get("default", {}).get("ranking", [])
    named = [(entry["intent_response_key"], float(entry["confidence"])) for entry in ranking]
    return [(key.partition("/")[2] or key, share) for key, share in named if intent is None or key.startswith(f"{intent}/")]


def also_asked(tracker: Tracker) -> str | None:
    """The topic of a second question in the same message, if there is one."""
    intent, _, topic = next(iter(tracker.latest_message.get("also_asked") or []), "").partition("/")
    return WORD_PREFIX + topic if intent == "term" else topic or None


def note_personal_data(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Say that personal data is not needed, if the message holds some."""
    held = any(entity["entity"] == "personal_data" for entity in tracker.latest_message.get("entities") or [])
    return say(dispatcher, "utter_personal_data_note") if held else []


def say_topic(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> list[EventType]:
    """Say what the content holds on ``topic`` (a study's topic or ``term:<word>``); remember it for follow-ups."""
    study = study_of(tracker)
    if topic.startswith(WORD_PREFIX):
        word = library().words(study).get(topic.removeprefix(WORD_PREFIX))
        return say_word(dispatcher, word) if word else say(dispatcher, "utter_unknown_word")
    answer = study.answers.get(topic)
    if answer is None:
        return say(dispatcher, "utter_fallback")
    if answer.not_on_page:
        missing = answer.not_on_page
        dispatcher.utter_message(
            response="utter_not_on_page", says=missing.whole, ask=missing.ask, json_message=_about(answer, study, "not_on_page")
        )
    else:
        say_text(dispatcher, study, answer, str(answer.text))
    return [SlotSet("last_topic", topic), SlotSet("told_more", None)]


def say_text(dispatcher: CollectingDispatcher, study: Study, answer: Answer, text: str) -> None:
    """Say ``text`` as part of ``answer``, with its way to the doctor and its source."""
    dispatcher.utter_message(
        response="utter_answer",
        answer=text,
        doctor=answer.doctor or "",
        buttons=more_button(answer) if text == answer.text else [],
        json_message=_about(answer, study, "answer"),
    )


def say_word(dispatcher: CollectingDispatcher, word: Word) -> list[EventType]:
    """Explain ``word``."""
    dispatcher.utter_message(
        response="utter_word",
        answer=word.text,
        doctor=word.doctor,
        json_message={"kind": "answer", "topic": word.topic, "source": source_data(word.source)},
    )
    return [SlotSet("last_topic", word.topic), SlotSet("told_more", None)]


def say(dispatcher: CollectingDispatcher, response: str, **values: Any) -> list[EventType]:
    """Say a fixed reply; nothing is remembered."""
    dispatcher.utter_message(response=response, **values)
    return []


def source_data(source: Source) -> dict[str, str]:
    """The source as the API sends it."""
    reviewed = source.last_reviewed.isoformat() if source.last_reviewed else None
    fields = {"title": source.title, "section": source.section, "last_reviewed": reviewed, "url": source.url}
    return {name: value for name, value in fields.items() if value}


def topic_button(topic: str, study: Study) -> dict[str, str]:
    """A button that asks about ``topic``."""
    return {"title": library().title(topic, study), "payload": payload_of(topic)}


def payload_of(topic: str) -> str:
    """What a button for ``topic`` (of a study, a word explained, or the questionnaire) sends."""
    if topic.startswith(WORD_PREFIX):
        return f'/term{{"word": "{topic.removeprefix(WORD_PREFIX)}"}}'
    return f'/ask{{"topic": "{topic}"}}' if library().topics[topic].kind == "study" else f"/{topic}"


def more_button(answer: Answer) -> list[dict[str, str]]:
    """The button "More" where the page has more to say."""
    return [{"title": "More", "payload": '/followup{"topic": "more"}'}] if answer.more else []


def _about(answer: Answer, study: Study, kind: str) -> dict[str, Any]:
    return {"kind": kind, "topic": answer.topic, "source": source_data(study.source(answer.section))}
