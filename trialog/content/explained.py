"""The words that a page explains, as its sentences show them: "PoTS, postural tachycardia syndrome: ...", "A relapse means that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialog.content.page import PageText, Section

_NAME = r"(?:(?:an?|the)\s+)?(?P<name>[^\s:;.?!,()][^:;.?!()]{0,60}?)(?:\s*\((?P<short>[^()]{1,40})\))?"
# In a section that explains words, and in any other.
_IN_LIST = re.compile(rf"^{_NAME}\s*(?::|=|\s[–-]\s|\smeans\b|\sis\s+(?:an?|the)\b)\s*\S", re.IGNORECASE)
_ANYWHERE = re.compile(rf"^{_NAME}\s+means\b", re.IGNORECASE)
_NO_WORDS = re.compile(r"^(?:this|that|it|these|which|what|he|she|we|you|they|taking part|for (?:you|your)\b.*|in \w+)$", re.IGNORECASE)

# A longer name is a sentence of its own.
_LONGEST = 6


@dataclass(frozen=True)
class ExplainedWord:
    """A word with the other ways it is spelt, and the sentence that explains it below ``heading``."""

    name: str
    others: tuple[str, ...]
    heading: str
    sentence: str

    @property
    def id(self) -> str | None:
        """What it can be called in words.yml."""
        found = re.sub(r"[^a-z0-9]+", "_", self.name.lower()).strip("_")
        return found if found[:1].isalpha() else None


def explained_words(page: PageText, headings: frozenset[str]) -> list[ExplainedWord]:
    """Each word once; ``headings`` are the sections in which each sentence explains one."""
    found: dict[str, ExplainedWord] = {}
    # A list of words explains better than a sentence somewhere.
    for section in sorted(page.sections, key=lambda one: one.heading not in headings):
        for word in _in_section(section, _IN_LIST if section.heading in headings else _ANYWHERE):
            found.setdefault(word.name.lower(), word)
    return list(found.values())


def _in_section(section: Section, pattern: re.Pattern[str]) -> Iterator[ExplainedWord]:
    for sentence in section.sentences:
        match = pattern.match(sentence)
        name, *others = [part.strip(' “”"') for part in match["name"].split(",")] if match else [""]
        if match and name and len(name.split()) <= _LONGEST and not _NO_WORDS.match(name):
            short = (match["short"] or "").strip()
            yield ExplainedWord(name, tuple(filter(None, (*others, short))), section.heading, sentence)
