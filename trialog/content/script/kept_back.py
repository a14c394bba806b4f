"""What families are not told because nobody has approved its words (TRIALOG_APPROVED_ONLY).

Answers, words explained and the questionnaire of a study are kept back one by one; what answers families does not even hold the words of
the first two. All else may be said at any time, danger and the numbers to call above all, so it is never kept back: nothing begins
before it is approved (docs/decisions/0028-approved-words-only.md).
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from trialog.content.files import ContentError, ContentReader
from trialog.content.load import load_library
from trialog.content.model import WORD_PREFIX, Answer, Library, NotOnPage, Study, Word
from trialog.content.placeholders import fill
from trialog.content.replies.switched_off import unapproved
from trialog.content.replies.talk import START
from trialog.content.script.approvals import Approval, read_approvals, to_approve
from trialog.content.script.script import ANSWERS, POINTS, QUESTIONNAIRE, RESPONSES, WORDS, Piece, Script, read_script
from trialog.content.wording import Variation, Wording
from trialog.settings import Settings, SettingsError

logger = logging.getLogger(__name__)

# What can be left out of a conversation; all other chapters are there whatever is asked.
_LEFT_OUT = (ANSWERS, WORDS, POINTS, QUESTIONNAIRE)

# So many names of pieces stand in a sentence.
_NAMED = 5

Topics = Mapping[str, frozenset[str]]


def load_served(settings: Settings) -> Library:
    """The content as families are told it; raises ContentError, and SettingsError where words that are always said are not approved."""
    library = load_library(settings.content, settings.trial)
    if settings.approved_only != "on":
        return library
    if not RESPONSES.is_dir():
        raise SettingsError(f"TRIALOG_APPROVED_ONLY: the fixed replies are not in {RESPONSES}, so nobody can say if they are approved")
    reader = ContentReader(settings.content)
    approvals = read_approvals(reader)
    if reader.faults:
        raise ContentError(reader.faults)
    served = approved_only(library, read_script(library, settings.content, RESPONSES), approvals)
    for kept in in_words(served.kept_back):
        logger.warning("kept from families in %s", kept)
    return served


def approved_only(library: Library, script: Script, approvals: Mapping[str, Approval]) -> Library:
    """``library`` without what is in ``script`` and not approved as it is; raises SettingsError where that is always said."""
    if missing := always_said(script, approvals):
        raise SettingsError(f"TRIALOG_APPROVED_ONLY: {missing}")
    kept = kept_back(library, script, approvals)
    general = {word.id: word for word in library.general_words.values()}
    for word in general.values():
        if any(word.topic in topics for study, topics in kept.items() if word.id not in library.studies[study].words):
            general[word.id] = _word(library, word)
    studies = {study.id: _study(library, study, kept[study.id]) for study in library.studies.values()}
    return dataclasses.replace(library, studies=studies, general_words=general, kept_back=kept)


def always_said(script: Script, approvals: Mapping[str, Approval]) -> str:
    """What is wrong where words that are never kept back are not approved; empty where all are."""
    missing = [piece.key for piece, _ in to_approve(script, approvals) if piece.chapter not in _LEFT_OUT]
    if not missing:
        return ""
    named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
    told = f"{len(missing)} pieces of wording that are never kept back are not approved ({named})"
    return f"{told}; `trialog script --unapproved` lists them, and `--approve` notes that they are"


def kept_back(library: Library, script: Script, approvals: Mapping[str, Approval]) -> dict[str, frozenset[str]]:
    """The topics whose words are not approved, by study; the topic of the questionnaire stands for all of it."""
    found: dict[str, set[str]] = {study: set() for study in library.studies}
    for piece, _ in to_approve(script, approvals):
        if piece.chapter in _LEFT_OUT:
            for study in _studies_of(piece, library):
                found[study].add(_topic(piece))
    return {study: frozenset(topics) for study, topics in found.items()}


def in_words(kept: Topics) -> Iterator[str]:
    """What is kept back, a sentence for each study."""
    for study, topics in kept.items():
        if topics:
            yield f"{study}: nobody approved the words of {', '.join(sorted(topics))}."


def same_wording(responses: Mapping[str, Sequence[Variation]]) -> bool:
    """True where those that the script is read from stand so among the ``responses`` of a model, which has one a topic besides."""
    return all(responses.get(name) == variations for name, variations in Wording.read(RESPONSES).responses.items())


def _studies_of(piece: Piece, library: Library) -> Iterable[str]:
    """Those that say it: a study's own explanation of a word stands before the general one."""
    owner, _, name = piece.key.partition("/")
    if owner in library.studies:
        return [owner]
    return [study.id for study in library.studies.values() if name.removeprefix("words/") not in study.words]


def _topic(piece: Piece) -> str:
    name = piece.key.rpartition("/")[2]
    return {ANSWERS: name, WORDS: f"{WORD_PREFIX}{name}"}.get(piece.chapter, START)


def _study(library: Library, study: Study, topics: frozenset[str]) -> Study:
    """``study`` with other words in place of those on ``topics``."""
    answers = {topic: _answer(library, study, answer) if topic in topics else answer for topic, answer in study.answers.items()}
    words = {name: _word(library, word) if word.topic in topics else word for name, word in study.words.items()}
    return structs.replace(study, answers=answers, words=words)


def _answer(library: Library, study: Study, answer: Answer) -> Answer:
    title = library.title(answer.topic, study)
    says, _ = _said(library, title)
    ask = fill(library.studies_words.absent.ask, {"topic": title.lower()})
    return Answer(answer.topic, answer.section, not_on_page=NotOnPage(says, ask), rests_on=())


def _word(library: Library, word: Word) -> Word:
    says, doctor = _said(library, word.name)
    return structs.replace(word, text=says, doctor=doctor, rests_on=())


def _said(library: Library, title: str) -> tuple[str, str]:
    """What is said in place of words that are kept back, and whom to ask."""
    says, _, doctor = unapproved(library, title).partition("\n\n")
    return says, doctor
