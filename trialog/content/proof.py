"""What a study's folder proves itself by: questions with the topic expected, and families with the result expected."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialog.content.criteria import Outcome, Verdict
from trialog.content.files import ContentReader
from trialog.content.groups import told_points
from trialog.content.model import Library, Study
from trialog.content.shape import Shape, SomeTexts, Text, Texts

QUESTIONS, FAMILIES = "questions.yml", "families.yml"


class Asked(Shape, frozen=True):
    """Ways to ask about a topic, and words that each reply must have."""

    topic: Text
    ask: SomeTexts
    words: Texts = ()


class Family(Shape, frozen=True):
    """What a family answers to each question, in one or more ways, and what it must be told; what it leaves out it does not know."""

    title: Text
    who: Text
    answers: Mapping[str, SomeTexts]
    outcome: Outcome
    why: Text
    verdicts: Mapping[str, Verdict] = {}

    @property
    def runs(self) -> int:
        """How often it goes through the questions, so that each way to answer is heard."""
        return max(map(len, self.answers.values()), default=1)

    def answer(self, criterion: str, run: int) -> str | None:
        """What it says to the question about ``criterion``; None where it does not know."""
        ways = self.answers.get(criterion)
        return ways[run % len(ways)] if ways else None


class _Questions(Shape, frozen=True):
    questions: tuple[Asked, ...]


class _Families(Shape, frozen=True):
    families: tuple[Family, ...]


class Proof(Shape, frozen=True):
    """All of both."""

    questions: tuple[Asked, ...] = ()
    families: tuple[Family, ...] = ()


def read_proof(reader: ContentReader, folder: Path) -> Proof:
    """What stands in ``folder``; a file that is not there proves nothing, one that cannot be read is a fault."""
    asked = reader.read(folder / QUESTIONS, _Questions) if (folder / QUESTIONS).is_file() else None
    families = reader.read(folder / FAMILIES, _Families) if (folder / FAMILIES).is_file() else None
    return Proof(asked.questions if asked else (), families.families if families else ())


def check_proof(reader: ContentReader, library: Library, study: Study, folder: Path) -> Proof:
    """The proof of ``study``, with the faults noted of a topic, or a point of entry, that is not there."""
    proof = read_proof(reader, folder)
    topics = set(library.topics) | {word.topic for word in library.words(study).values()}
    for number, asked in enumerate(proof.questions):
        if asked.topic not in topics:
            reader.fault(folder / QUESTIONS, f"the topic '{asked.topic}' does not exist.", ("questions", number, "topic"))
    for number, family in enumerate(proof.families):
        told = told_points(study.criteria, study.groups)
        for part, named, known in (("answers", family.answers, study.criteria), ("verdicts", family.verdicts, told)):
            for criterion in named.keys() - known.keys():
                place = ("families", number, part, criterion)
                reader.fault(folder / FAMILIES, f"there is no point of entry '{criterion}' in criteria.yml.", place)
    return proof


def untried(library: Library, study: Study, proof: Proof) -> tuple[list[str], list[str]]:
    """What nothing tries: the required topics without a question, and the verdicts that no family is expected to be told."""
    asked = {one.topic for one in proof.questions}
    topics = [
        topic.id
        for topic in library.topics.values()
        if topic.kind == "study" and topic.required and topic.id not in (*asked, *study.without)
    ]
    told = {(criterion, verdict) for family in proof.families for criterion, verdict in family.verdicts.items()}
    decided = (Verdict.FITS, Verdict.DOES_NOT_FIT)
    named = told_points(study.criteria, study.groups)
    points = [f"{point}: {verdict}" for point in named for verdict in decided if (point, verdict) not in told]
    return topics, points
