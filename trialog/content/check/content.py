"""Check the whole content and every fixed reply, and report every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from trialog.content.check.criteria import check_criteria
from trialog.content.check.every_reply import every_reply
from trialog.content.check.page import check_page
from trialog.content.check.placeholders import check_placeholders
from trialog.content.check.readable import check_reading, check_reading_alone
from trialog.content.files import ContentReader, Fault
from trialog.content.general import Danger
from trialog.content.headings import read_headings
from trialog.content.load import read_library
from trialog.content.misfits import Place
from trialog.content.model import Answer, Library, Study, Word
from trialog.content.phrases import check_phrases
from trialog.content.proof import check_proof
from trialog.content.registry.record import read_kept
from trialog.content.silent import read_silent
from trialog.content.wording import Wording

# Kinds of topic whose words stand in data/responses, as utter_<kind>/<topic>.
_FIXED_KINDS = ("safety", "smalltalk", "out_of_scope")


def check_content(content: Path, responses: Path) -> list[Fault]:
    """Every fault of the folder ``content`` and of the fixed wording in ``responses``, sorted by file."""
    reader = ContentReader(content)
    library = read_library(reader)
    wording = Wording.read(responses)
    # Those of the studies have been looked at while they were read.
    check_phrases(reader, [file for file in reader.files if reader.root / "trials" not in file.path.parents])
    if library is not None:
        check_placeholders(reader, library.interview.placeholders)
        _check_frames(reader, library.danger)
        _check_fixed_topics(reader, library, wording)
        _check_aliases(reader, library)
        read_headings(reader, library.topics)
        read_silent(reader, library.topics)
        _check_called(reader, library)
        for study in library.studies.values():
            _check_study(reader, library, study)
        check_reading(reader, library, every_reply(library, content, wording))
    return sorted(reader.faults)


def check_study_alone(reader: ContentReader, library: Library, study: Study, wording: Wording) -> None:
    """Note every fault of the folder of ``study``, which ``reader`` has read and ``library`` holds."""
    check_placeholders(reader, library.interview.placeholders)
    _check_called(reader, library)
    _check_study(reader, library, study)
    check_reading_alone(reader, library, study, every_reply(library, reader.root, wording))


def _check_study(reader: ContentReader, library: Library, study: Study) -> None:
    folder = reader.root / "trials" / study.id
    for topic in library.topics.values():
        file = folder / "answers" / f"{topic.id}.yml"
        if topic.kind == "study" and topic.required and topic.id not in study.without and not file.is_file():
            reader.fault(file, "this required topic has no file: answer it or declare not_on_page.")
    _check_without(reader, library, study, folder / "study.yml")
    known = _known_topics(library, study)
    for place, suggested in enumerate(study.suggested):
        if suggested not in known:
            reader.fault(folder / "study.yml", f"the topic '{suggested}' does not exist.", ("suggested", place))
    for answer in study.answers.values():
        _check_answer(reader, library, study, answer, folder / "answers" / f"{answer.topic}.yml", known)
    for place, word in enumerate(study.words.values()):
        if word.on_page:
            _check_section(reader, study, str(word.source.section), folder / "words.yml", ("words", place, "section"))
    _check_spellings(reader, folder / "words.yml", library.words(study).values())
    check_criteria(reader, folder, study)
    check_page(reader, folder, study)
    check_proof(reader, library, study, folder)
    read_kept(reader, folder)


def _check_without(reader: ContentReader, library: Library, study: Study, path: Path) -> None:
    """A topic that makes no sense for a study is one of study pages, and is not answered by it."""
    for place, topic in enumerate(study.without):
        known = library.topics.get(topic)
        if known is None or known.kind != "study":
            reader.fault(path, f"the topic '{topic}' does not exist.", ("without", place))
        elif topic in study.answers:
            reader.fault(path, f"the topic '{topic}' has a file in answers/, so the study is not without it.", ("without", place))


def _known_topics(library: Library, study: Study) -> set[str]:
    others = {topic.id for topic in library.topics.values() if topic.kind != "study"}
    return others | set(study.answers) | {word.topic for word in library.words(study).values()}


def _check_answer(reader: ContentReader, library: Library, study: Study, answer: Answer, path: Path, known: set[str]) -> None:
    topic = library.topics.get(answer.topic)
    if topic is None or topic.kind != "study":
        reader.fault(path, f"'{answer.topic}' is not a study topic in topics.yml.")
    _check_section(reader, study, answer.section, path, ("section",))
    for number, follow_up in enumerate(answer.all_follow_ups()):
        if follow_up.topic and follow_up.topic not in known:
            place: Place = ("follow_ups", number, "topic") if follow_up.words else ("why",)
            reader.fault(path, f"a follow-up leads to the topic '{follow_up.topic}', which does not exist.", place)


def _check_section(reader: ContentReader, study: Study, section: str, path: Path, place: Place) -> None:
    if section not in study.sections:
        reader.fault(path, f"the section '{section}' is not one of the page's sections: {', '.join(study.sections)}.", place)


def _check_spellings(reader: ContentReader, path: Path, words: Iterable[Word]) -> None:
    owner: dict[str, str] = {}
    for word in words:
        for spelling in word.spellings + word.exact:
            first = owner.setdefault(spelling, word.id)
            if first != word.id:
                reader.fault(path, f"the spelling '{spelling}' belongs to two words, '{first}' and '{word.id}'.")


def _check_called(reader: ContentReader, library: Library) -> None:
    """A name of two studies recognises neither."""
    owner: dict[str, str] = {}
    for study in library.studies.values():
        for name in (*study.called.study, *study.called.tested):
            first = owner.setdefault(name.lower(), study.id)
            if first != study.id:
                path = reader.root / "trials" / study.id / "study.yml"
                reader.fault(path, f"'{name}' is what the study '{first}' is called, too: neither is recognised by it.", ("called",))


def _check_fixed_topics(reader: ContentReader, library: Library, wording: Wording) -> None:
    for topic in library.topics.values():
        name = f"utter_{topic.kind}/{topic.id}"
        if topic.kind in _FIXED_KINDS and name not in wording.responses:
            reader.fault(reader.root / "topics.yml", f"the topic '{topic.id}' has no words: '{name}' is missing in data/responses.")


def _check_aliases(reader: ContentReader, library: Library) -> None:
    for alias, country in library.country_aliases.items():
        if country not in library.help_lines:
            path = reader.root / "general" / "help_lines.yml"
            reader.fault(path, f"'{alias}' stands for '{country}', which has no numbers.", ("aliases", alias))


def _check_frames(reader: ContentReader, danger: Danger) -> None:
    """Harmless frames under a name that no group of signs has are never looked at."""
    for group in danger.calm.keys() - {"emergency", "crisis", *danger.emergency, *danger.crisis}:
        path = reader.root / "general" / "danger.yml"
        reader.fault(path, f"the harmless frames of '{group}' belong to no group of signs.", ("calm", group))
