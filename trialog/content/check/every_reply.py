"""Every reply the assistant can give, as the family reads it: built by the functions the actions use, filled as Rasa fills it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from trialog.content.check.every_question import around_the_questions, every_line, every_question
from trialog.content.check.every_talk import every_talk, talk_of_answer
from trialog.content.general import HelpLines
from trialog.content.model import DEFAULT_COUNTRY, Answer, Library, Study, Word
from trialog.content.placeholders import fill
from trialog.content.replies import studies, switched_off
from trialog.content.replies import study as replies
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import DANGER_REPLIES, PERSONAL_DATA_NOTE, again_in_crisis, broken, in_danger, safety
from trialog.content.wording import Variation, Wording

# Stands for the number of any hospital: the sentence around it is what is read.
HOSPITAL_LINE = "000 000 000"


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
    # What the conversation must be like for it to be said in this way, and the section of the page it comes from.
    when: str = ""
    section: str = ""


def every_reply(library: Library, content: Path, wording: Wording) -> list[Said]:
    """Each text once: what is said of each study, the general replies, those that rules say by themselves, and the problems."""
    built = {study.id: [*_built(library, study, content, wording)] for study in library.studies.values()}
    found = dict.fromkeys(said for study in library.studies.values() for said in _about(library, study, content, wording, built[study.id]))
    # What no action builds for any study is said by rules alone.
    by_actions = {reply.response for each in built.values() for _, _, reply in each}
    by_rules = [(wording.files[name], name, Reply(name)) for name in wording.responses if name not in by_actions]
    names = tuple(name for study in library.studies.values() for name in study.names)
    found |= dict.fromkeys(_said(library, wording, by_rules, names))
    file, numbers = content / "general" / "problems.yml", {"emergency": library.help_lines[DEFAULT_COUNTRY].emergency}
    problems = (Said(file, name, fill(problem.detail, numbers)) for name, problem in library.problems.items())
    off = (Said(content / "general" / "switches.yml", name, text, names) for name, text in switched_off.every_text(library, HOSPITAL_LINE))
    return [*found, *problems, *dict.fromkeys(off)]


def built_responses(library: Library, content: Path, wording: Wording) -> set[str]:
    """The names of all responses that an action says of some study."""
    return {reply.response for study in library.studies.values() for _, _, reply in _built(library, study, content, wording)}


def _about(library: Library, study: Study, content: Path, wording: Wording, built: list[Placed]) -> Iterator[Said]:
    """What stands alone comes before what holds it, so that a fault is told where its words stand."""
    criteria = content / "trials" / study.id / "criteria.yml"
    yield from (Said(criteria, name, line, study.names) for name, line in every_line(library, study))
    yield from _said(library, wording, built, study.names)


def _said(library: Library, wording: Wording, placed: list[Placed], names: tuple[str, ...]) -> Iterator[Said]:
    slots = {"emergency": library.help_lines[DEFAULT_COUNTRY].emergency}
    for path, name, reply in placed:
        for variation, text in wording.texts(reply, slots):
            yield Said(path, name, text, names, _is_english(variation), _when(variation), _section(reply))


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
    for number, matter in enumerate(answer.matters, 1):
        yield f"{answer.topic}, matter {number}", replies.on_topic(library, study, answer.topic, (matter,))
    if answer.more:
        yield f"{answer.topic}, more", replies.part(study, answer, answer.more)
    yield from talk_of_answer(library, study, answer)
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
        for hospital_line in ("", HOSPITAL_LINE):
            for topic in library.topics.values():
                if topic.kind == "safety":
                    yield from _with_inside(safety(topic.id, lines, hospital_line))
            yield from _in_danger(library, lines, hospital_line)
    yield from around_the_questions(library, study)
    yield from every_talk(library, study)
    yield from (replies.not_understood(library, study, likely) for likely in ((), study.suggested))
    yield replies.also_offered(library, study, study.suggested)
    yield from _which_studies(library, study)
    yield from (
        replies.still_not_understood(library, study),
        replies.LET_GO,
        replies.NOT_UNDERSTOOD,
        replies.IN_ENGLISH,
        replies.UNKNOWN_WORD,
        replies.NOTHING_BEFORE,
        PERSONAL_DATA_NOTE,
    )
    yield from (replies.simpler(library, study, None), replies.nothing_more(""), replies.no_reason(""))


def _in_danger(library: Library, lines: HelpLines, hospital_line: str) -> Iterator[Reply]:
    """What is said while danger lasts, and what ends it; the longest name of a country stands for all."""
    country = max((names[0] for names in library.country_names.values()), key=len)
    for danger, does in product(("emergency", "crisis"), DANGER_REPLIES):
        yield in_danger(library, danger, does, lines, hospital_line, country)
    yield from again_in_crisis(lines)


def _which_studies(library: Library, study: Study) -> Iterator[Reply]:
    """What is said when another study is named, compared or chosen; with the first other one, which is read as all others are."""
    others = [other for other in library.studies.values() if other.id != study.id][:1]
    yield studies.known(library, study)
    yield studies.known(replace(library, studies={study.id: study}), study)
    for other in others:
        yield studies.another(library, other, study)
        yield studies.not_weighed(library, study, [other])
        yield from (studies.switched(library, study, other, is_old) for is_old in (False, True))
    yield studies.switched(library, study, study, is_old=False)


def _with_inside(reply: Reply) -> Iterator[Reply]:
    """The reply, and those whose words stand inside it, so that they are read by themselves, too."""
    yield reply
    yield from (value for value in reply.values.values() if isinstance(value, Reply))


def _is_english(variation: Variation) -> bool:
    """False for a variation that is chosen by the slot ``language``."""
    return not any(condition.get("name") == "language" for condition in variation.get("condition", []))


def _when(variation: Variation) -> str:
    """The conditions of a variation: the slots of the conversation and their values."""
    found = [(condition["name"].replace("_", " "), condition["value"]) for condition in variation.get("condition", [])]
    return ", ".join(name if value is True else f"{name}: {value}" for name, value in found)


def _section(reply: Reply) -> str:
    source = reply.beside.get("source") or {}
    return str(source.get("section") or source.get("title") or "")
