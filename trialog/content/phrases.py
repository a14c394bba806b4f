"""Every phrase of the content is read as it will be looked for: one that is misspelt or never matches is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from trialog.content.files import ContentFile, ContentReader, parsed
from trialog.content.misfits import Place
from trialog.language.manner import ANSWERS, CUES, EXACT, PLAIN, SIGNS, Manner
from trialog.language.names import name_slots
from trialog.language.notation import PhraseError, lists_in, parse
from trialog.language.patterns import PatternMaker

T = TypeVar("T")

Way = tuple[str, ...]

# Where phrases stand in each file ("*" is any name or place in a list), and how they are looked for.
_PHRASES: Mapping[str, Mapping[Way, Manner]] = {
    "study.yml": {("called", "*", "*"): ANSWERS},
    "words.yml": {("words", "*", "spellings", "*"): ANSWERS, ("words", "*", "exact", "*"): EXACT},
    "answers/*.yml": {
        ("follow_ups", "*", "words", "*"): ANSWERS,
        ("not_on_page", "matters", "*", "words", "*"): ANSWERS,
        ("lacks", "*", "words", "*"): ANSWERS,
    },
    "criteria.yml": {
        ("criteria", "*", "named", "*"): ANSWERS,
        ("beside", "*", "words", "*"): ANSWERS,
        ("criteria", "*", "choices", "*", "words", "*"): ANSWERS,
        ("criteria", "*", "choices", "*", "short", "*"): ANSWERS,
        ("criteria", "*", "choices", "*", "exact", "*"): EXACT,
    },
    "questionnaire.yml": {("people", "*", "spoken", "*"): ANSWERS, ("phrases", "*", "*"): ANSWERS},
    "statements.yml": {("cues", "*", "*", "*"): CUES, ("frames", "*"): CUES},
    "danger.yml": {
        ("emergency", "*", "*"): SIGNS,
        ("crisis", "*", "*"): SIGNS,
        ("calm", "*", "*"): SIGNS,
        ("urgent", "*"): SIGNS,
    },
    "voices.yml": {("not_an_age", "*"): SIGNS, ("voices", "*", "*"): SIGNS},
    "help_lines.yml": {("names", "*", "*"): PLAIN, ("elsewhere", "*"): PLAIN},
    "personal_data.yml": {("names", "*"): PLAIN, ("addresses", "*"): PLAIN},
}


def check_phrases(reader: ContentReader, files: Iterable[ContentFile]) -> None:
    """Note the faults of every phrase, and of every list, in ``files``."""
    for file in files:
        for place, sentence in _faults(file.end, file.text):
            reader.fault(file.path, sentence, place)


@lru_cache(maxsize=512)
def _faults(end: tuple[str, ...], text: str) -> tuple[tuple[Place, str], ...]:
    """Kept by the text of a file, as what it holds is (``parsed``): to read its phrases takes as long."""
    file = ContentFile(Path(*end), text, parsed(text))
    unusable = dict(_faults_of_lists(file))
    found: list[tuple[Place, str]] = [(("lists", name), sentence) for name, sentence in unusable.items()]
    named: set[str] = set()
    for place, phrase, manner in phrases_in(file):
        try:
            lists = _lists_of(phrase, manner)
            named |= lists
            if lists and not lists & unusable.keys():
                _maker(file, manner).patterns(phrase)
        except PhraseError as error:
            found.append((place, f"the phrase '{phrase}' cannot be found: {error}."))
    unnamed = file.data.get("lists", {}).keys() - named
    return (*found, *((("lists", name), f"no phrase names the list '{name}'.") for name in unnamed))


@lru_cache(maxsize=1 << 16)
def _lists_of(phrase: str, manner: Manner) -> frozenset[str]:
    """The lists that ``phrase`` names; raises PhraseError where it names none and cannot be found.

    Kept, because studies say much in the same words, and a hospital has hundreds.
    """
    lists = frozenset(lists_in(parse(phrase)))
    if not lists:
        PatternMaker(manner).patterns(phrase)
    return lists


def _faults_of_lists(file: ContentFile) -> Iterator[tuple[str, str]]:
    """The names of the lists that cannot be used, and why."""
    for name in file.data.get("lists", {}):
        try:
            _maker(file, SIGNS if file.path.name in ("danger.yml", "voices.yml") else PLAIN).check_list(name)
        except PhraseError as error:
            yield name, f"the list '{name}' cannot be used: {error}."


def _maker(file: ContentFile, manner: Manner) -> PatternMaker:
    slots = name_slots(file.data["no_names"], file.data["particles"]) if file.path.name == "personal_data.yml" else {}
    return PatternMaker(manner, file.data.get("lists", {}), slots)


def phrases_in(file: ContentFile) -> Iterator[tuple[Place, str, Manner]]:
    """Every phrase of ``file``, with its place and the manner it is looked for in."""
    for way, manner in of_file(_PHRASES, file).items():
        yield from ((place, text, manner) for place, text in _along(way, file.data))


def _along(way: Way, data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """The texts that ``way`` leads to in ``data``, with their places."""
    if not way:
        if isinstance(data, str):
            yield place, data
    elif isinstance(data, dict):
        for key in data if way[0] == "*" else [way[0]] if way[0] in data else []:
            yield from _along(way[1:], data[key], (*place, key))
    elif isinstance(data, list) and way[0] == "*":
        for number, part in enumerate(data):
            yield from _along(way[1:], part, (*place, number))


def of_file(kinds: Mapping[str, Mapping[Way, T]], file: ContentFile) -> Mapping[Way, T]:
    """What ``kinds`` says of ``file``: its keys are the ends of paths."""
    return next((ways for pattern, ways in kinds.items() if file.path.match(pattern)), {})


def leads_to(way: Way, place: Place) -> bool:
    """True if ``way``, in which "*" stands for any key, leads to ``place``."""
    return len(way) == len(place) and all(step in ("*", key) for step, key in zip(way, place, strict=True))
