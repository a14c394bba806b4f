"""The shape of content/general/headings.yml: which topics a section of a page is about, by its heading."""

from __future__ import annotations

from collections.abc import Mapping

from trialog.content.files import ContentReader
from trialog.content.shape import Id, Shape, SomeTexts


class Heading(Shape, frozen=True):
    """Headings that mean the same, and the topics they are about; or below them words are explained (``explains``)."""

    words: SomeTexts
    topic: Id | None = None
    also: tuple[Id, ...] = ()
    explains: bool = False

    def __post_init__(self) -> None:
        if (self.topic is not None) == self.explains:
            raise ValueError("exactly one of these must be given: 'topic' or 'explains: true'.")

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics that the section may tell of."""
        return (*filter(None, [self.topic]), *self.also)


class _Headings(Shape, frozen=True):
    headings: tuple[Heading, ...]


def read_headings(reader: ContentReader, topics: Mapping[str, object]) -> dict[str, Heading]:
    """Each heading by its words; a topic that is not there, and words that stand twice, are faults."""
    file = reader.root / "general" / "headings.yml"
    read = reader.read(file, _Headings)
    found: dict[str, Heading] = {}
    for number, heading in enumerate(read.headings if read else ()):
        for topic in heading.topics:
            if topic not in topics:
                reader.fault(file, f"there is no topic '{topic}' in topics.yml.", ("headings", number))
        for words in heading.words:
            if words in found:
                reader.fault(file, f"the heading '{words}' stands here twice.", ("headings", number, "words"))
            found[words] = heading
    return found
