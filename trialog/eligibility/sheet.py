"""The sheet for the appointment: the answers, what is open, and questions for the doctor. Made on request, stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trialog.content.criteria import Verdict
from trialog.content.interview import Interview
from trialog.content.model import Study
from trialog.content.placeholders import fill
from trialog.eligibility.questionnaire import Questionnaire
from trialog.eligibility.verdicts import in_words


@dataclass(frozen=True)
class Row:
    """One row of the sheet, in words; ``verdict`` is for its look."""

    title: str
    says: str
    answer: str
    verdict: Verdict
    verdict_words: str
    reason: str
    section: str


@dataclass(frozen=True)
class Sheet:
    """All that stands on the sheet, in the order it stands there."""

    title: str
    about: str
    made: str
    not_a_decision: str
    points: tuple[Row, ...]
    open_points: tuple[str, ...]
    questions: tuple[str, ...]
    address: str | None


def sheet_of(questionnaire: Questionnaire, study: Study, interview: Interview, today: date) -> Sheet:
    """The sheet for a finished ``questionnaire`` about ``study``."""
    words = interview.sheet
    points = tuple(
        Row(
            title=point.criterion.title,
            says=point.criterion.says,
            answer=point.answer,
            verdict=point.verdict,
            verdict_words=words.verdicts[point.verdict.value],
            reason=point.reason,
            section=fill(words.section, {"section": point.criterion.section}),
        )
        for point in questionnaire.told(study, interview)
    )
    beside = (fill(words.ask_beside, {"point": study.beside[name].title}) for name in questionnaire.beside)
    return Sheet(
        title=words.title,
        about=fill(words.about, {"study": study.title}),
        made=fill(words.made, {"date": in_words(today), "reviewed": in_words(study.last_reviewed)}),
        not_a_decision=words.not_a_decision,
        points=points,
        open_points=tuple(point.title for point in questionnaire.open_points(study)),
        questions=(*questionnaire.questions(study), *beside, *words.ask_always),
        address=study.url,
    )
