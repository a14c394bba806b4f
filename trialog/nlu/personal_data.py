"""Notices that a message holds personal data, and which kind; the data itself goes no further.

Only patterns that a study question does not have: a full date and not a year, a surname and not the name of a drug. An
entity ``personal_data`` has the kind as its value ("phone"), never the text.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

ENTITY = "personal_data"

# Messages without a question of their own: with personal data in them, it is told that none is needed.
_PASTIME = ("nlu_fallback", "smalltalk/greet", "smalltalk/thanks", "smalltalk/bye", "out_of_scope/oos_general", "out_of_scope/gibberish")

PII = "safety/pii"

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NAME = r"(?-i:(?!(?:Is|Are|Was|Has|Not|Very|So|With|The|And|At|It)\b)[A-Z](?:['’][A-Z])?[a-zß-ž][\w'’-]*)"
_SURNAME = rf"(?:(?:van|de|der|den|von|da|di|le|la|el|al|mc|o)\s){{0,2}}{_NAME}"
_RELATION = r"(?:son|daughter|child|boy|girl|kid|baby|wife|husband|partner|mum|mom|dad|brother|sister|patient|grandson|granddaughter)"
_STREET = r"(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|close|drive|square|court|crescent|terrace|way|boulevard)"

# Study numbers look like hospital numbers: ITCC-059, NCT02637687, EudraCT 2016-000227-71.
_STUDY_NUMBER = re.compile(r"\b(?:NCT\s?\d{8}|ITCC[- ]?\d+|(?:19|20)\d\d-\d{6}-\d\d)\b", re.IGNORECASE)

_PATTERNS = {
    "email": r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+",
    "iban": r"\b[A-Z]{2}\d{2}\s?(?:[A-Z]{4}\s?)?(?:\d{4}\s?){2,6}\d{0,4}\b",
    "birth_date": rf"\b(?:[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d"
    rf"|[01]?\d/[0-3]?\d/(?:19|20)?\d\d|[0-3]?\d(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?:19|20)\d\d"
    rf"|{_MONTH}\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)\b",
    "number": r"\b(?:mrn|nhs|bsn|ssn|hospital|pat(?:ient)?|insurance|passport|record|file|policy|case|card"
    r"|dossier|social\ssecurity|pesel|dni|nie|nir|tax)"
    r"(?:[\s-](?:no|number|nr|id|num|code))?\.?(?:\sof\s\w+\s\w+)?\s?(?:is|:|#|=)?\s*(?:[A-Z]{1,3}[-/ ]?)?\d[\d\s./-]{3,}\d[A-Z]?\b"
    r"|\b(?:passport|policy|insurance)\s(?:no|number|nr)\.?\s?[A-Z]\d[A-Z0-9]{5,}\b"
    r"|\b[A-Z]\d{9}\b|\b\d{8}[A-Z]\b|\b[XYZ]\d{7}[A-Z]\b|\b[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]\b|\b\d{3}-\d{2}-\d{4}\b"
    r"|\b\d\d\.\d\d\.\d\d-\d{3}\.\d\d\b|\b[A-Z]{1,3}\d{6,}\b",
    "phone": r"(?:\+|\b00)\d{1,3}[\s./-]?(?:\(0\))?(?:[\s./-]?\d){6,12}\b|\(?\b0\d{1,4}\)?[\s./-]?(?:\d[\s./-]?){5,10}\d\b"
    r"|\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|\b\d{3}[- ]\d{4}\b|\b\d{8,15}\b|\b\d{2,4}(?:[ -]\d{2,4}){3,6}\b",
    "address": rf"\b(?:live\sat|living\sat|address(?:\sis|:))\s[\w\s,.-]*?\d+\b"
    rf"|\b\d{{1,4}}[a-z]?,?\s(?:{_NAME}\s){{1,3}}(?-i:(?i:{_STREET}))(?!\w)"
    rf"|\b\d{{1,4}}\s\w+\s(?:street|road|avenue|lane)\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|(?-i:\b\d{4}\s?[A-Z]{2}\b)|\b\w+(?:straat|strasse|straße|laan|weg)\s\d+",
    "name": rf"\b(?:my|his|her|their|the)\s(?:(?:\w+['’]?s?)\s)?(?:full\s|first\s|last\s|sur)?name(?:['’]s|\sis|:)"
    r"\s(?!not\b|the\b|a\b|like\b|what\b)"
    r"[\w'’-]+"
    rf"|\b(?:i\s?am|i['’]?m|this\sis|it['’]?s|we\sare|here\sis)\s(?:(?:mr|mrs|ms|miss|dr)\.?\s)?{_NAME}\s{_SURNAME}"
    rf"|\b(?:mr|mrs|ms|miss)\.?\s{_NAME}|\b(?:she|he)(?:['’]s|\sis)\scalled\s{_NAME}"
    rf"|\bmy\s{_RELATION}(?:\sis)?(?:\scalled|\snamed|,)?\s{_NAME}\s{_SURNAME}|\b(?:called|named)\s{_NAME}\s{_SURNAME}"
    rf"|\bmy\s{_RELATION}(?:\sis)?\s(?:called|named)\s{_NAME}"
    rf"|(?:^|\b(?:from|for|by|mr|dr|is|am)\.?\s)(?-i:[A-Z]\.)\s?(?-i:[A-Z]\.\s?)?{_NAME}|\b(?-i:[A-Z]\.\s?[A-Z]\.)\s?{_NAME}|(?:regards|sincerely|greetings|yours|signed),?\s+{_NAME}(?:\s{_SURNAME})?|\bi['’]?m\scalled\s\w+",
}
_COMPILED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def find(text: str) -> list[tuple[str, int, int]]:
    """Kind, beginning and end of each piece of personal data in ``text``, in order; none overlap."""
    masked = _STUDY_NUMBER.sub(lambda match: "·" * len(match[0]), text)
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _COMPILED.items():
        for match in pattern.finditer(masked):
            if all(match.end() <= start or end <= match.start() for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return sorted(found, key=lambda piece: piece[1])


def without_personal_data(text: str) -> str:
    """``text`` with every piece of personal data cut out."""
    rest, last = [], 0
    for _, start, end in find(text):
        rest.append(text[last:start])
        last = end
    return " ".join("".join([*rest, text[last:]]).split()).strip(" ,;:-–.")


def is_essentially_personal(topic: str) -> bool:
    """True if a message on ``topic`` asks nothing that would have to be answered beside its personal data."""
    return topic in _PASTIME


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PersonalData(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``personal_data`` for each piece of personal data; its value is the kind. Stands before the classifier."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> PersonalData:
        """A component; there is nothing to configure."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Append the entities found to each message."""
        for message in messages:
            found = [{"entity": ENTITY, "value": kind, "start": start, "end": end} for kind, start, end in find(message.get("text") or "")]
            message.set("entities", message.get("entities", []) + self.add_extractor_name(found), add_to_output=True)
        return messages
