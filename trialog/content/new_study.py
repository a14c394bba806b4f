"""Begins a study from its page: every file of the folder, with the page's own sentences where its headings lead, and blanks elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil import parser as dates
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from trialog.content.explained import ExplainedWord, explained_words
from trialog.content.headings import Heading
from trialog.content.marks import blank, draft
from trialog.content.page import PageText, Section, bare
from trialog.content.proof import FAMILIES, QUESTIONS
from trialog.content.silent import Silent
from trialog.content.topics import Topic

ENTRY, REVIEWED = "who_can_enter", "last_reviewed"

_HEAD = "DRAFT, begun by `trialog new-study`. [[...]] is still open: write it from the page, or make it plain, and take the mark away."
_SILENT = "If the page says something of it: section, text, doctor and rests_on take the place of what stands here."

# "Age: 1-18 years", "from 13 up to and including 24 years". Other ways to write it are left to a person.
_AGES = re.compile(r"\bage[sd]?\b\D{0,12}(\d{1,3})\s*(?:-|–|(?:up )?to(?: and including)?)\s*(\d{1,3})\s*years?\b", re.IGNORECASE)


@dataclass(frozen=True)
class DraftFile:
    """One file of the folder: its path in it, the comments above it, and what it holds."""

    path: str
    comments: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class DraftStudy:
    """The files of a study that was begun, the files each section went to, and the headings that led nowhere."""

    files: tuple[DraftFile, ...]
    placed: Mapping[str, tuple[str, ...]]
    unplaced: tuple[str, ...]


def begin_study(
    name: str, page: PageText, topics: Mapping[str, Topic], headings: Mapping[str, Heading], silent: Mapping[str, Silent]
) -> DraftStudy:
    """The study ``name`` as far as its ``page`` tells it; where no heading leads, it begins as ``silent``."""
    leads = {section.heading: headings.get(bare(section.heading)) for section in page.sections}
    of_topic = _sections_of_topics(page, leads)
    beside = {topic: section for section in page.sections if (lead := leads[section.heading]) for topic in lead.also}
    explaining = frozenset(heading for heading, lead in leads.items() if lead and lead.explains)
    answered = [topic for topic in topics.values() if topic.kind == "study" and (topic.required or topic.id in of_topic)]
    files = [
        _study_file(name, page, of_topic.get(REVIEWED)),
        *(
            _answer_file(topic, of_topic.get(topic.id), beside.get(topic.id) or page.sections[0], silent.get(topic.id))
            for topic in answered
        ),
        DraftFile(
            "words.yml",
            (_HEAD, "One entry for each hard word of the page."),
            {"words": [*map(_explained, explained_words(page, explaining))] or [_word()]},
        ),
        _criteria_file(of_topic.get(ENTRY)),
        DraftFile(QUESTIONS, (_HEAD,), {"questions": [_question(topic) for topic in answered]}),
        DraftFile(FAMILIES, (_HEAD,), {"families": [_family()]}),
    ]
    placed = {section.heading: tuple(_places(lead)) for section in page.sections if (lead := leads[section.heading])}
    return DraftStudy(tuple(files), placed, tuple(heading for heading, lead in leads.items() if lead is None))


def _sections_of_topics(page: PageText, leads: Mapping[str, Heading | None]) -> dict[str, Section]:
    """What the page says about each topic; what stands under several headings, under the first of them."""
    found: dict[str, Section] = {}
    for section in page.sections:
        if (lead := leads[section.heading]) and lead.topic:
            before = found.get(lead.topic)
            found[lead.topic] = Section(before.heading, before.sentences + section.sentences) if before else section
    return found


def _places(lead: Heading) -> Iterator[str]:
    if lead.explains:
        yield "words.yml"
    if lead.topic:
        yield f"answers/{lead.topic}.yml"
        yield from {ENTRY: ["criteria.yml"], REVIEWED: ["study.yml"]}.get(lead.topic, [])


def _study_file(name: str, page: PageText, reviewed: Section | None) -> DraftFile:
    data = {
        "draft": True,
        "id": name,
        "title": draft(page.title),
        "about": blank("what it looks at, in few words, so that “It looks at ...” reads well"),
        "takes_part": [blank("who can take part: children, teenagers, adults")],
        "tested": {"kind": blank("drug, device, test or care")},
        "last_reviewed": _day(reviewed) or blank("the day the page was reviewed, like 2024-09-16"),
        "sections": [section.heading for section in page.sections],
        "called": {
            "study": [blank("how families name the study: its names and numbers")],
            "tested": [blank("how they name what is tested")],
            "disease": [blank("how they name the disease")],
        },
        "names": [blank("long names, without which the reading level is measured")],
        "suggested": [blank("one to four topics to offer first")],
    }
    status = "If the page says it: status: {state: recruiting}, or paused, closed, completed; since: a day that the page names."
    return DraftFile(
        "study.yml", (_HEAD, "Take 'draft' away last, when a second person has read every file against the page.", status), data
    )


def _day(section: Section | None) -> date | None:
    """The day in ``section``; None where it holds more than that, or could be read in two ways."""
    text = " ".join(section.sentences) if section else ""
    try:
        first, other = (dates.parse(text, dayfirst=day_first).date() for day_first in (True, False))
    except (ValueError, OverflowError):
        return None
    return first if first == other and re.search(r"\b\d{4}\b", text) else None


def _answer_file(topic: Topic, section: Section | None, beside: Section, silent: Silent | None) -> DraftFile:
    about = f"{topic.title}. For example: {topic.example}"
    doctor = blank("the way to the doctor")
    if section:
        text = draft(" ".join(sentence if sentence[-1] in ".!?" else f"• {sentence}" for sentence in section.sentences))
        data = {"section": section.heading, "text": text, "doctor": doctor, "rests_on": list(section.sentences)}
        return DraftFile(f"answers/{topic.id}.yml", (_HEAD, about), data)
    missing = {"says": blank("what the page does not say"), "ask": blank("the question to take to the doctor")}
    if silent:
        missing = {"says": draft(silent.says), "ask": silent.ask}
    return DraftFile(f"answers/{topic.id}.yml", (_HEAD, about, _SILENT), {"section": beside.heading, "not_on_page": missing})


def _word() -> dict[str, Any]:
    return {
        "id": blank("an id of small letters, digits and _"),
        "name": blank("the word"),
        "spellings": [blank("the ways it is spelt")],
        "section": blank("the heading it stands under"),
        "rests_on": [blank("the sentences of the page that explain it, or use it")],
        "text": blank("what it means, as the page says it"),
        "doctor": blank("the way to the doctor"),
    }


def _explained(word: ExplainedWord) -> dict[str, Any]:
    """A word that the page explains, spelt as it is spelt there."""
    spellings = [word.name.lower(), *(other.lower() for other in word.others)]
    return {
        **_word(),
        **({"id": word.id} if word.id else {}),
        "name": word.name,
        "spellings": list(dict.fromkeys(spellings)),
        "section": word.heading,
        "rests_on": [word.sentence],
        "text": draft(word.sentence),
    }


def _criteria_file(section: Section | None) -> DraftFile:
    points = [_criterion(number, section.heading, sentence) for number, sentence in enumerate(section.sentences, 1)] if section else []
    comments = (_HEAD, "One entry for each point of the page, the most decisive first. What each key means stands in docs/study-staff.md.")
    return DraftFile("criteria.yml", comments, {"criteria": points or [_criterion(1, blank("the heading of the points of entry"), None)]})


def _criterion(number: int, heading: str, sentence: str | None) -> dict[str, Any]:
    ages = _AGES.search(sentence or "")
    asked = {"kind": "age"} if ages else {"kind": blank("age, amount, yes_no or choice")}
    answers: dict[str, Any] = {"choices": [_choice("yes"), _choice("no")]}
    return {
        "id": "age" if ages else f"point_{number}",
        **asked,
        "section": heading,
        "rests_on": [sentence or blank("the sentences of the page")],
        "title": blank("its short name"),
        "says": draft(sentence) if sentence else blank("the point, for the sheet"),
        "question": blank("the question, about {person} or {persons}"),
        "hint": blank("what is said when an answer is vague"),
        "why": blank("why it is asked"),
        "meaning": blank("what it means"),
        "fits": blank("what the result says when it fits"),
        "does_not_fit": blank("what it says when it does not"),
        "not_known": blank("what it says when that is not known"),
        "ask": blank("the question for the doctor when it is open"),
        "ask_misfit": blank("the question for the doctor when it does not fit"),
        **({"from_years": int(ages[1]), "to_years": int(ages[2])} if ages else answers),
    }


def _choice(means: str) -> dict[str, Any]:
    # Without quotation marks a person, and older readers of YAML, take it for true or false.
    quoted = DoubleQuotedScalarString(means)
    return {
        "id": quoted,
        "title": blank("how this answer is repeated"),
        "means": quoted,
        "verdict": blank("fits, does_not_fit or not_known"),
        "words": [blank("what families say, in any message")],
        "short": [blank("what they say, as an answer to this question only")],
    }


def _question(topic: Topic) -> dict[str, Any]:
    return {"topic": topic.id, "ask": [blank(f"how a family may ask for: {topic.title}")]}


def _family() -> dict[str, Any]:
    return {
        "title": blank("a family"),
        "who": blank("whom it is about, as the family says it"),
        "answers": {},
        "outcome": blank("may_fit, does_not_fit or unclear"),
        "why": blank("why, by the page"),
    }
