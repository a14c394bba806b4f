"""Every reply the assistant can give, as the family reads it: fixed wording filled with the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from trialog.content.criteria import Person
from trialog.content.model import Answer, Library, Study, Word


@dataclass(frozen=True)
class Reply:
    """One reply, what it answers, the file its words stand in, and the long names it may use."""

    path: Path
    name: str
    text: str
    names: tuple[str, ...] = ()


class Responses:
    """The responses of Rasa's domain format (``utter_...``), each with its variations."""

    def __init__(self, found: dict[str, tuple[Path, list[dict[str, Any]]]]) -> None:
        self._found = found

    @classmethod
    def read(cls, folder: Path) -> Responses:
        """Every response in the YAML files below ``folder``."""
        found: dict[str, tuple[Path, list[dict[str, Any]]]] = {}
        for file in sorted(folder.rglob("*.yml")):
            responses = YAML(typ="safe").load(file.read_text(encoding="utf-8")).get("responses") or {}
            found |= {name: (file, variations) for name, variations in responses.items()}
        return cls(found)

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def filled(self, name: str, **values: str) -> Iterator[str]:
        """The text of each variation of ``name``; a response that is not there says its values alone."""
        _, variations = self._found.get(name, (None, [{"text": "\n".join(f"{{{key}}}" for key in values)}]))
        for variation in variations:
            yield variation["text"].format_map(values)

    def fixed(self, **values: str) -> Iterator[Reply]:
        """Every response that ``values`` fill completely."""
        for name, (path, variations) in self._found.items():
            for variation in filter(_is_english, variations):
                try:
                    yield Reply(path, name, variation["text"].format_map(values))
                except KeyError:
                    continue  # put together from a study's content, so met with that study


def _is_english(variation: dict[str, Any]) -> bool:
    """False for a variation that is chosen by the slot ``language``: reading level is measured in English only."""
    return not any(condition.get("name") == "language" for condition in variation.get("condition", []))


def every_reply(library: Library, content: Path, responses: Responses) -> Iterator[Reply]:
    """The fixed replies, the problems, the general words, and all that can be said about each study."""
    for study in library.studies.values():
        lines = library.help_lines["default"]
        numbers = {"emergency": lines.emergency, "crisis": lines.crisis, "crisis_name": lines.crisis_name}
        # One number stands for every hospital's own and every country's: the sentence around it is what is checked.
        inside = {"hospital": "utter_hospital_line", "talk": "utter_crisis_line"}
        numbers["line"] = lines.emergency
        numbers |= {name: next(responses.filled(response, **numbers)) for name, response in inside.items()}
        for reply in responses.fixed(study=study.title, **numbers):
            yield Reply(reply.path, reply.name, reply.text, study.names)
        yield from _study_replies(study, content / "trials" / study.id, responses)
        yield from _words(library.general_words.values(), content / "general" / "words.yml", study, responses)
    for name, problem in library.problems.items():
        yield Reply(content / "general" / "problems.yml", name, problem.detail)


def _study_replies(study: Study, folder: Path, responses: Responses) -> Iterator[Reply]:
    for answer in study.answers.values():
        for name, text in _texts(answer, responses):
            yield Reply(folder / "answers" / f"{answer.topic}.yml", name, text, study.names)
    yield from _words(study.words.values(), folder / "words.yml", study, responses)
    yield from _questions(study, folder / "criteria.yml", responses)


def _questions(study: Study, path: Path, responses: Responses) -> Iterator[Reply]:
    """What the questionnaire says about each point; the longest way to speak of a person stands for all."""
    someone = Person("granddaughter", "your granddaughter", ())
    for criterion in study.criteria.values():
        for text in (criterion.question, criterion.hint):
            yield Reply(path, criterion.id, someone.fill(text), study.names)
        for text in (criterion.why, criterion.meaning):
            yield from (Reply(path, criterion.id, said, study.names) for said in responses.filled("utter_about_question", says=text))
        for choice in criterion.choices.values():
            reason = choice.reason or getattr(criterion, choice.verdict)
            yield Reply(path, f"{criterion.id}, {choice.id}", f"• {criterion.title}: {choice.title}. {reason}", study.names)


def _texts(answer: Answer, responses: Responses) -> Iterator[tuple[str, str]]:
    if answer.not_on_page:
        for text in responses.filled("utter_not_on_page", says=answer.not_on_page.whole, ask=answer.not_on_page.ask):
            yield answer.topic, text
        return
    parts = {answer.topic: answer.text, f"{answer.topic}, more": answer.more}
    parts |= {f"{answer.topic}, follow-up {n + 1}": follow_up.text for n, follow_up in enumerate(answer.all_follow_ups())}
    for name, part in parts.items():
        for text in responses.filled("utter_answer", answer=part, doctor=answer.doctor or "") if part else ():
            yield name, text


def _words(words: Any, path: Path, study: Study, responses: Responses) -> Iterator[Reply]:
    word: Word
    for word in words:
        for text in responses.filled("utter_word", answer=word.text, doctor=word.doctor):
            yield Reply(path, word.topic, text, study.names)
