"""From the content folder to a ``Library``."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import field
from msgspec.structs import asdict
from ruamel.yaml.error import YAMLError

from trialog.content.criteria import Beside, Criterion
from trialog.content.files import ContentError, ContentReader, Fault, parsed
from trialog.content.general import (
    CountryCode,
    CountryOrDefault,
    Danger,
    HelpLines,
    PersonalWords,
    Problem,
    StudiesWords,
    SwitchWords,
    Voices,
)
from trialog.content.groups import Group, faults_of
from trialog.content.interview import Interview
from trialog.content.model import Answer, Explanation, GeneralWord, Library, Page, Source, Study, StudyWord, Word
from trialog.content.phrases import check_phrases
from trialog.content.shape import ButtonText, ById, Exactly, Shape, SomeTexts, Text, Texts
from trialog.content.statements import StatementWords
from trialog.content.topics import MenuGroup, Topic

logger = logging.getLogger(__name__)


class _Topics(Shape, frozen=True):
    topics: ById[Topic]


class _StudyWords(Shape, frozen=True):
    words: ById[StudyWord]


class _GeneralWords(Shape, frozen=True):
    reviewed: date
    words: ById[GeneralWord]


class _Mark(msgspec.Struct):
    """Of study.yml only whether it is a draft."""

    draft: bool = False


class _Default(Shape, frozen=True):
    study: Text


class _Criteria(Shape, frozen=True):
    criteria: ById[Criterion]
    groups: ById[Group] = field(default_factory=ById)
    beside: ById[Beside] = field(default_factory=ById)


class _HelpLines(Shape, frozen=True):
    aliases: Mapping[str, CountryCode]
    names: Mapping[CountryCode, SomeTexts]
    elsewhere: SomeTexts
    countries: Mapping[CountryOrDefault, HelpLines]

    def __post_init__(self) -> None:
        if "default" not in self.countries:
            raise ValueError("'countries' must have a 'default'.")
        if strange := self.names.keys() - self.countries.keys():
            raise ValueError(f"'names' has a country without numbers: {', '.join(sorted(strange))}.")


class _Buttons(Shape, frozen=True):
    buttons: Exactly[Literal["more", "over", "help_coming", "no", "go_on", "begin"], ButtonText]


class _Menu(Shape, frozen=True):
    groups: tuple[MenuGroup, ...]


class _Problems(Shape, frozen=True):
    problems: Mapping[str, Problem]


def load_library(root: Path, default: str = "") -> Library:
    """Everything under ``root`` (normally ``content/``). ``default`` names the study of a conversation that names none.

    A study that has a fault is left out, and stands in ``left_out``; any other fault, and one in the default study, is a ContentError
    with every fault found.
    """
    reader = ContentReader(root)
    library = read_library(reader, default)
    borne = {fault for faults in library.left_out.values() for fault in faults} if library else set()
    if library is None or not borne.issuperset(reader.faults):
        raise ContentError(reader.faults)
    for study, faults in library.left_out.items():
        logger.error("the study %s is left out until this is mended: %s", study, " ".join(map(str, faults)))
    return library


def read_library(reader: ContentReader, default: str = "") -> Library | None:
    """As ``load_library``, leaving the faults in ``reader``; None if too much is missing to go on."""
    general = reader.root / "general"
    topics = read_topics(reader)
    words = reader.read(general / "words.yml", _GeneralWords)
    help_lines = reader.read(general / "help_lines.yml", _HelpLines)
    danger = reader.read(general / "danger.yml", Danger)
    personal = reader.read(general / "personal_data.yml", PersonalWords)
    voices = reader.read(general / "voices.yml", Voices)
    problems = reader.read(general / "problems.yml", _Problems)
    buttons = reader.read(general / "buttons.yml", _Buttons)
    studies_words = reader.read(general / "studies.yml", StudiesWords)
    switch_words = reader.read(general / "switches.yml", SwitchWords)
    menu = reader.read(general / "menu.yml", _Menu)
    interview = reader.read(general / "questionnaire.yml", Interview)
    statements = reader.read(general / "statements.yml", StatementWords)
    studies, left_out = _read_studies(reader)
    default = _default_study(reader, default, [*studies, *left_out])
    if topics is None or words is None or help_lines is None or danger is None or personal is None or problems is None:
        return None
    if buttons is None or interview is None or menu is None or studies_words is None or voices is None:
        return None
    if statements is None or switch_words is None or default not in studies:
        return None
    for unknown in sorted({topic for group in menu.groups for topic in group.topics} - topics.keys()):
        reader.fault(general / "menu.yml", f"there is no topic '{unknown}' in topics.yml.")
    return Library(
        topics=topics,
        studies=studies,
        default_study=default,
        left_out=left_out,
        general_words={word.id: _general_word(word, words.reviewed) for word in words.words.values()},
        help_lines=help_lines.countries,
        country_aliases=help_lines.aliases,
        country_names=help_lines.names,
        elsewhere=help_lines.elsewhere,
        danger=danger,
        personal=personal,
        voices=voices,
        problems=problems.problems,
        interview=interview,
        statements=statements,
        buttons=buttons.buttons,
        studies_words=studies_words,
        switch_words=switch_words,
        menu=menu.groups,
    )


def read_topics(reader: ContentReader) -> Mapping[str, Topic] | None:
    """The topics by id; None where topics.yml has faults."""
    read = reader.read(reader.root / "topics.yml", _Topics)
    return read.topics if read else None


def study_folders(content: Path) -> list[Path]:
    """The folders of ``content`` that hold a study, be it served, a draft or one with faults."""
    return sorted(file.parent for file in (content / "trials").glob("*/study.yml"))


def _read_studies(reader: ContentReader) -> tuple[dict[str, Study], dict[str, tuple[Fault, ...]]]:
    """The studies by id, and the faults of those that have some. A name that begins with "." or "_" is no study."""
    studies: dict[str, Study] = {}
    left_out: dict[str, tuple[Fault, ...]] = {}
    for folder in sorted(folder for folder in (reader.root / "trials").glob("*/") if folder.name[0] not in "._"):
        before, files = len(reader.faults), len(reader.files)
        study = _read_study(reader, folder)
        # A phrase that cannot be looked for would stop what looks for those of every study.
        check_phrases(reader, reader.files[files:])
        if faults := tuple(reader.faults[before:]):
            left_out[folder.name] = faults
        elif study:
            studies[folder.name] = study
    return studies, left_out


def _default_study(reader: ContentReader, named: str, known: Sequence[str]) -> str:
    """The study of a conversation that names none: the one ``named``, else that of default.yml, else the only one there is."""
    trials = reader.root / "trials"
    file = trials / "default.yml"
    asked = reader.read(file, _Default) if file.is_file() else None
    default = named or (asked.study if asked else known[0] if len(known) == 1 else "")
    if not known:
        reader.fault(trials, "there is no study in this folder.")
    elif not default:
        reader.fault(trials, f"there are {len(known)} studies: name the one to begin with in default.yml, or in TRIALOG_TRIAL.")
    elif default not in known:
        source = "TRIALOG_TRIAL" if named else "default.yml"
        reader.fault(trials, f"{source} names the study '{default}', which is not there. There are: {', '.join(known)}.")
    return default


def _read_study(reader: ContentReader, folder: Path) -> Study | None:
    if is_draft(folder):
        sentence = f"this study is a draft and not served; `trialog check --study {folder.name}` lists what is missing."
        reader.fault(folder / "study.yml", sentence, ("draft",))
        return None
    return read_study(reader, folder)


def is_draft(folder: Path) -> bool:
    """True where the study.yml of ``folder`` says so, whatever else is wrong with it."""
    try:
        return msgspec.convert(parsed((folder / "study.yml").read_text(encoding="utf-8")), _Mark).draft
    except (OSError, UnicodeDecodeError, YAMLError, msgspec.ValidationError):
        return False


def read_study(reader: ContentReader, folder: Path) -> Study | None:
    """The study of ``folder``, be it a draft; None where too much of it cannot be read, with the faults in ``reader``."""
    page = reader.read(folder / "study.yml", Page)
    if page and page.id != folder.name:
        reader.fault(folder / "study.yml", f"the id '{page.id}' must be the name of its folder, '{folder.name}'.", ("id",))
    words = reader.read(folder / "words.yml", _StudyWords)
    criteria = reader.read(folder / "criteria.yml", _Criteria)
    answers = {file.stem: reader.read(file, Answer, topic=file.stem) for file in sorted((folder / "answers").glob("*.yml"))}
    if page is None or words is None or criteria is None:
        return None
    for place, sentence in faults_of(criteria.criteria, criteria.groups):
        reader.fault(folder / "criteria.yml", sentence, place)
    return Study(
        **asdict(page),
        answers={topic: answer for topic, answer in answers.items() if answer},
        words={word.id: _study_word(word, page) for word in words.words.values()},
        criteria=criteria.criteria,
        groups=criteria.groups,
        beside=criteria.beside,
    )


def _study_word(word: StudyWord, page: Page) -> Word:
    if word.source:
        return _word(word, Source(word.source.title, url=word.source.url))
    return _word(word, page.source(str(word.section)), on_page=True, rests_on=word.rests_on)


def _general_word(word: GeneralWord, reviewed: date) -> Word:
    return _word(word, Source(word.source.title, word.name, reviewed, word.source.url))


def _word(word: Explanation, source: Source, on_page: bool = False, rests_on: Texts | None = None) -> Word:
    explained = {name: getattr(word, name) for name in Explanation.__struct_fields__}
    return Word(**explained, source=source, on_page=on_page, rests_on=rests_on)
