"""One reply before it is said, and the parts that many replies share: buttons, what they send, the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trialog.content.model import WORD_PREFIX, Library, Source, Study

Button = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """The response (data/responses) that holds the words, what fills it, its buttons, and what travels beside the text.

    A value that is a ``Reply`` itself stands for the words of that response.
    """

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    beside: Mapping[str, Any] = field(default_factory=dict)


def button(title: str, payload: str) -> Button:
    """A button with ``title`` that sends ``payload``."""
    return {"title": title, "payload": payload}


def topic_button(library: Library, study: Study, topic: str) -> Button:
    """A button that asks about ``topic``."""
    return button(library.title(topic, study), payload_of(library, topic))


def payload_of(library: Library, topic: str) -> str:
    """What a button for ``topic`` (of a study, a word explained, or the questionnaire) sends."""
    if topic.startswith(WORD_PREFIX):
        return f'/term{{"word": "{topic.removeprefix(WORD_PREFIX)}"}}'
    known = library.topics.get(topic)
    return f"/{topic}" if known and known.kind != "study" else f'/ask{{"topic": "{topic}"}}'


def source_data(source: Source) -> dict[str, str]:
    """The source as the API sends it."""
    reviewed = source.last_reviewed.isoformat() if source.last_reviewed else None
    fields = {"title": source.title, "section": source.section, "last_reviewed": reviewed, "url": source.url}
    return {name: value for name, value in fields.items() if value}
