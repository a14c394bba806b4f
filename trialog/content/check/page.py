"""What is told rests on sentences of the page: all that does not any more is to be read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from trialog.content.files import ContentReader
from trialog.content.misfits import Place
from trialog.content.model import Study
from trialog.content.page import FILE, PageText, bare, plain, read_page
from trialog.content.shape import Texts

_MISSING = "'rests_on' is missing: copy the sentences of the page that this is told from (none: [])."


class Resting(NamedTuple):
    """Something told: where it stands, the sentences it rests on (None where it names none), and whether it must name some."""

    path: Path
    place: Place
    sentences: Texts | None
    needed: bool


def page_of(folder: Path, study: Study) -> PageText | None:
    """The page in the folder of ``study``, with the headings of its study.yml; None where there is none."""
    file = folder / FILE
    known = {bare(section) for section in study.sections}
    return read_page(file.read_text(encoding="utf-8-sig", errors="replace"), known) if file.is_file() else None


def check_page(reader: ContentReader, folder: Path, study: Study) -> None:
    """Note what rests on a sentence that is not on the page, and what does not say on which it rests."""
    page = page_of(folder, study)
    if page is None:
        return
    if any("\ufffd" in text for text in page.quotable):
        reader.fault(folder / FILE, "this is not UTF-8 text.")
        return
    for told in _everything(folder, study):
        if told.sentences is None and told.needed:
            reader.fault(told.path, _MISSING, told.place)
        for number, sentence in enumerate(told.sentences or ()):
            if not page.says(sentence):
                reader.fault(told.path, _changed(page, sentence), (*told.place, "rests_on", number))


def without_an_answer(folder: Path, study: Study) -> Iterator[tuple[str, str]]:
    """Each sentence of the page that nothing rests on, with its heading: new ones are among them."""
    page = page_of(folder, study)
    used = {plain(sentence) for told in _everything(folder, study) for sentence in told.sentences or ()}
    for section in page.sections if page else ():
        yield from ((section.heading, sentence) for sentence in section.sentences if plain(sentence) not in used)


def _changed(page: PageText, sentence: str) -> str:
    nearest = page.nearest(sentence)
    now = f" It may be: “{nearest}”" if nearest else ""
    return f"the page does not say this (any more), read again what rests on it: “{sentence}”{now}"


def _everything(folder: Path, study: Study) -> Iterator[Resting]:
    """What a page that is silent is said to lack can rest on nothing, and what has a source of its own need not."""
    for answer in study.answers.values():
        yield Resting(folder / "answers" / f"{answer.topic}.yml", (), answer.rests_on, answer.not_on_page is None)
    for number, word in enumerate(study.words.values()):
        yield Resting(folder / "words.yml", ("words", number), word.rests_on, word.on_page)
    for number, criterion in enumerate(study.criteria.values()):
        yield Resting(folder / "criteria.yml", ("criteria", number), criterion.rests_on, True)
    for number, group in enumerate(study.groups.values()):
        yield Resting(folder / "criteria.yml", ("groups", number), group.rests_on, True)
