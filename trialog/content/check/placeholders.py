"""Every placeholder of the content is one that gets filled in where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from trialog.content.files import ContentFile, ContentReader, parsed
from trialog.content.misfits import Place
from trialog.content.phrases import Way, leads_to, of_file, phrases_in
from trialog.content.placeholders import fill, placeholders_in

# Who can be called while something is switched off.
_WHOM = ("call", "emergency")

# What is filled in, by file and field ("*" is any name or place in a list). Everywhere else a text is told as it is.
_FILLED: Mapping[str, Mapping[Way, Collection[str]]] = {
    "topics.yml": {("topics", "*", "title"): ["tested"]},
    "problems.yml": {("problems", "*", "detail"): ["emergency"]},
    "questionnaire.yml": {
        ("grammar", "*", "*"): ["person"],
        ("repeated", "months"): ["number"],
        ("repeated", "months_between"): ["least", "most"],
        ("repeated", "years"): ["number"],
        ("repeated", "years_between"): ["least", "most"],
        ("repeated", "years_or_more"): ["years"],
        ("repeated", "on_day"): ["age", "day"],
        **{("repeated", name): ["number", "unit"] for name in ("amount", "amount_or_more", "amount_or_less")},
        ("repeated", "amount_between"): ["least", "most", "unit"],
        **{
            ("notes", note): ["points"]
            for note in ("noted", "changed", "left_open", "understood", "several", "beside", "not_named", "resumed")
        },
        ("notes", "reopened"): ["answer"],
        ("lines", "answer"): ["title", "answer", "reason"],
        ("lines", "point"): ["title", "answer", "reason"],
        ("lines", "question"): ["question"],
        ("lines", "part"): ["title", "answer"],
        ("buttons", "change_one"): ["title", "answer", "reason"],
        ("sheet", "about"): ["study"],
        ("sheet", "made"): ["date", "reviewed"],
        ("sheet", "section"): ["section"],
        ("sheet", "script"): ["script"],
        ("sheet", "ask_beside"): ["point"],
    },
    "switches.yml": {
        ("welcome",): _WHOM,
        ("all", "*"): _WHOM,
        ("study", "*"): [*_WHOM, "study"],
        ("questionnaire", "*"): _WHOM,
        ("unapproved", "*"): ["topic"],
        ("ended",): [*_WHOM, "noted", "unnoted"],
        ("noted",): ["points"],
        ("call", "number"): ["line"],
        ("notice",): ["text"],
    },
    "studies.yml": {
        ("status", "*", "since"): ["day"],
        ("line",): ["study", "about"],
        ("switch",): ["study"],
        ("stay",): ["study"],
        ("absent", "says"): ["topic"],
        ("absent", "ask"): ["topic"],
    },
}

# "Does {person}" would become "Does you".
_OF_ONE_PERSON = re.compile(r"\b(?:is|has|does)\s+\{person\}|\{person\}\s+(?:is|has|does)\b", re.IGNORECASE)

# The fields of criteria.yml that speak of a person.
_PERSONAL = ("question", "hint", "why", "meaning")


def check_placeholders(reader: ContentReader, of_person: Collection[str]) -> None:
    """Note every placeholder that nothing is filled in for; ``of_person`` are those of a sentence about somebody."""
    for file in reader.files:
        for place, sentence in _in_file(file.end, file.text, tuple(of_person)):
            reader.fault(file.path, sentence, place)
        if file.path.name == "criteria.yml":
            for place, text in file.texts():
                if found := _OF_ONE_PERSON.search(text):
                    reader.fault(file.path, f"'{found[0]}' is wrong about “you”: {{is}}, {{has}} and {{does}} fit everybody.", place)


@lru_cache(maxsize=512)
def _in_file(end: tuple[str, ...], text: str, of_person: tuple[str, ...]) -> tuple[tuple[Place, str], ...]:
    """Kept by the text of a file, as the faults of its phrases are."""
    file = ContentFile(Path(*end), text, parsed(text))
    of_criteria: Mapping[Way, Collection[str]] = {("criteria", "*", field): of_person for field in _PERSONAL}
    return tuple(_in_texts(file, of_file({**_FILLED, "criteria.yml": of_criteria}, file)))


def _in_texts(file: ContentFile, filled: Mapping[Way, Collection[str]]) -> Iterator[tuple[Place, str]]:
    phrases = {place for place, _, _ in phrases_in(file)}
    for place, text in file.texts():
        if place not in phrases and place[0] != "lists":
            known = next((names for way, names in filled.items() if leads_to(way, place)), ())
            yield from ((place, sentence) for sentence in _faults(text, known))


def _faults(text: str, known: Collection[str]) -> Iterator[str]:
    there_are = f"there are {', '.join(f'{{{name}}}' for name in known)}" if known else "nothing is filled in here"
    for name in placeholders_in(text):
        if name not in known:
            yield f"the placeholder '{{{name}}}' stands for nothing: {there_are}."
    if re.search(r"[{}]", fill(text, dict.fromkeys(placeholders_in(text), ""))):
        yield "a bracket of a placeholder is missing: '{' and '}' belong together."
