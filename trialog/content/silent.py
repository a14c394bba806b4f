"""The shape of content/general/silent.yml: how it is said, topic by topic, that a page does not say something."""

from __future__ import annotations

from collections.abc import Mapping

from trialog.content.files import ContentReader
from trialog.content.shape import Id, Question, Shape, Text


class Silent(Shape, frozen=True):
    """What is said and asked where a page leaves ``topic`` open."""

    topic: Id
    says: Text
    ask: Question


class _Silents(Shape, frozen=True):
    silent: tuple[Silent, ...]


def read_silent(reader: ContentReader, topics: Mapping[str, object]) -> dict[str, Silent]:
    """Each by its topic; a topic that is not there, and one that stands twice, are faults."""
    file = reader.root / "general" / "silent.yml"
    read = reader.read(file, _Silents)
    found: dict[str, Silent] = {}
    for number, one in enumerate(read.silent if read else ()):
        if one.topic not in topics:
            reader.fault(file, f"there is no topic '{one.topic}' in topics.yml.", ("silent", number))
        if one.topic in found:
            reader.fault(file, f"the topic '{one.topic}' stands here twice.", ("silent", number))
        found[one.topic] = one
    return found
