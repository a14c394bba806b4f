"""Every reply the assistant can give, as the family reads it: built by the functions the actions use, filled as Rasa fills it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trialog.content.check.every_question import around_the_questions, every_line, every_question
from trialog.content.model import DEFAULT_COUNTRY, Answer, Library, Study, Word
from trialog.content.replies import study as replies
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import PERSONAL_DATA_NOTE, broken, safety
from trialog.content.wording import Variation, Wording

# Stands for the number of any hospital: the sentence around it is what is read.
_HOSPITAL_LINE = "112"


# A reply with the file its words stand in, and what it answers.
Placed = tuple[Path, str, Reply]


@dataclass(frozen=True)
class Said:
    """One reply: the file its words stand in, what it answers, its text, and the long names it may use."""

    path: Path
    name: str
    text: str
    names: tuple[str, ...] = ()
    # Reading level is measured in English only.
    english: bool = True


def every_reply(library: Library, content: Path, wording: Wording) -> list[Said]:
    """Each text once: what is said of each study, the general replies, those that rules say by themselves, and the problems."""
    found = dict.fromkeys(said for study in library.studies.values() for said in _about(library, study, content, wording))
    problems = (Said(content / "general" / "problems.yml", name, problem.detail) for name, problem in library.problems.items())
    return [*found, *problems]


def _about(library: Library, study: Study, content: Path, wording: Wording) -> Iterator[Said]:
    """What stands alone comes before what holds it, so that a fault is told where its words stand."""
    criteria = content / "trials" / study.id / "criteria.yml"
    yield from (Said(criteria, name, line, study.names) for name, line in every_line(library, study))
    built = [*_built(library, study, content, wording)]
    responses_built = {reply.response for _, _, reply in built}
    by_rules = [(wording.files[name], name, Reply(name)) for name in wording.responses if name not in responses_built]
    slots = {"emergency": library.help_lines[DEFAULT_COUNTRY].emergency}
    for path, name, reply in (*built, *by_rules):
        for variation, text in wording.texts(reply, slots):
            yield Said(path, name, text, study.names, _is_english(variation))


def _built(library: Library, study: Study, content: Path, wording: Wording) -> Iterator[Placed]:
    folder = content / "trials" / study.id
    yield from ((wording.files.get(reply.response, content), reply.response, reply) for reply in _general(library, study))
    yield from _words(library.general_words, content / "general" / "words.yml")
    yield from _words(study.words, folder / "words.yml")
    for answer in study.answers.values():
        yield from ((folder / "answers" / f"{answer.topic}.yml", name, reply) for name, reply in _of_answer(library, study, answer))
    yield from ((folder / "criteria.yml", name, reply) for name, reply in every_question(library, study))


def _of_answer(library: Library, study: Study, answer: Answer) -> Iterator[tuple[str, Reply]]:
    yield answer.topic, replies.on_topic(library, study, answer.topic)
    if answer.more:
        yield f"{answer.topic}, more", replies.part(study, answer, answer.more)
    for number, follow_up in enumerate(answer.all_follow_ups(), 1):
        if follow_up.text:
            yield f"{answer.topic}, follow-up {number}", replies.part(study, answer, follow_up.text)


def _words(words: Mapping[str, Word], path: Path) -> Iterator[Placed]:
    return ((path, word.topic, replies.word(word)) for word in words.values())


def _general(library: Library, study: Study) -> Iterator[Reply]:
    """What is said of every study, with the numbers of every country."""
    for lines in library.help_lines.values():
        yield from (replies.welcome(library, study, lines, is_old) for is_old in (False, True))
        yield broken(lines)
        for hospital_line in ("", _HOSPITAL_LINE):
            for topic in library.topics.values():
                if topic.kind == "safety":
                    yield from _with_inside(safety(topic.id, lines, hospital_line))
    yield from around_the_questions(library, study)
    yield from (replies.not_understood(library, study, likely) for likely in ((), study.suggested))
    yield from (replies.NOT_UNDERSTOOD, replies.UNKNOWN_WORD, replies.NOTHING_BEFORE, PERSONAL_DATA_NOTE)
    yield from (replies.simpler(library, study, None), replies.nothing_more(""), replies.no_reason(""))


def _with_inside(reply: Reply) -> Iterator[Reply]:
    """The reply, and those whose words stand inside it, so that they are read by themselves, too."""
    yield reply
    yield from (value for value in reply.values.values() if isinstance(value, Reply))


def _is_english(variation: Variation) -> bool:
    """False for a variation that is chosen by the slot ``language``."""
    return not any(condition.get("name") == "language" for condition in variation.get("condition", []))
