"""All that the questionnaire can say about a study, by the functions the actions use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialog.content.criteria import OPEN_ANSWERS, UNKNOWN, Criterion, Interview, Kind, Verdict
from trialog.content.model import Library, Study
from trialog.content.placeholders import fill
from trialog.content.replies import interview as replies
from trialog.content.replies.interview import Open, Point
from trialog.content.replies.reply import Reply

# Any numbers: the words around them are what is read.
_NUMBERS = {"number": 9, "least": 8, "most": 9, "years": 9}

_PROGRESS = {"step": 1, "of": 1}

Named = tuple[str, Reply]


def every_question(library: Library, study: Study) -> Iterator[Named]:
    """What is said about the criteria: each reply with the name of the criterion, and the answer, that it is about."""
    points = {name: list(_points(criterion, library.interview)) for name, criterion in study.criteria.items()}
    for criterion in study.criteria.values():
        yield from _asked(library, study, criterion)
        for point in points[criterion.id]:
            name = f"{criterion.id}, {point.answer}"
            others = [next((p for p in some if p.verdict == Verdict.FITS), some[0]) for some in points.values()]
            all_points = [point if other.criterion is criterion else other for other in others]
            yield from ((name, reply) for reply in _answered(library, study, point, all_points))


def every_line(library: Library, study: Study) -> Iterator[tuple[str, str]]:
    """Each point of a result by itself, with its name: among easier ones a hard one would not show; and what the sheet says of it."""
    for criterion in study.criteria.values():
        yield f"{criterion.id}, says", criterion.says
        for point in _points(criterion, library.interview):
            yield f"{criterion.id}, {point.answer}", replies.result_line(library, point)


def around_the_questions(library: Library, study: Study) -> Iterator[Reply]:
    """What is said about no criterion."""
    yield replies.intro(library, study)
    yield from (replies.ask_who(library, study, lead, _PROGRESS) for lead in ("", library.interview.notes["unread"]))
    yield from (replies.why_who(study), replies.only_doctor(study, None), replies.which_answer(library, study, None, ()))
    yield from (replies.one_point(library, study, (), [name], ()) for name in study.beside)
    yield replies.one_point(library, study, (), (), study.criteria.values())
    yield from (replies.wait(library, study, None, _PROGRESS), replies.cancelled(library, study))
    # With the first point alone: its words have been read by then.
    first = next(iter(study.criteria.values()))
    points = [next(_points(first, library.interview))]
    yield from (replies.review(library, study, points, lead) for lead in ("", library.interview.notes["unread"]))
    yield from (replies.result(library, study, [replace(points[0], verdict=verdict)]) for verdict in Verdict)


def _asked(library: Library, study: Study, criterion: Criterion) -> Iterator[Named]:
    """The question, its hint and its explanations, about each person."""
    for person in library.interview.people.values():
        yield f"{criterion.id}, question", replies.question(library, study, criterion, Open(person, _PROGRESS))
        yield f"{criterion.id}, hint", replies.question(library, study, criterion, Open(person, _PROGRESS, hint=True))
        yield f"{criterion.id}, why", replies.explanation(library, study, criterion, person, criterion.why)
        yield f"{criterion.id}, meaning", replies.explanation(library, study, criterion, person, criterion.meaning)


def _answered(library: Library, study: Study, point: Point, points: list[Point]) -> Iterator[Reply]:
    """What is said once ``point`` is answered: it is noted, asked again, reviewed among all ``points``, and told in the result."""
    person = next(iter(library.interview.people.values()))
    leads = [replies.noted(library, note, [point]) for note in library.interview.notes if note not in ("reopened", "understood")]
    yield from (replies.understood(library, study, point, UNKNOWN, lead, _PROGRESS) for lead in ("", leads[0]))
    for lead in (*leads, replies.asked_again(library, point)):
        yield replies.question(library, study, point.criterion, Open(person, _PROGRESS, lead))
    yield from (replies.review(library, study, points, lead) for lead in ("", leads[0]))
    yield from (replies.result(library, study, some) for some in ([point], points))
    yield replies.one_point(library, study, [point], (), ())


def _points(criterion: Criterion, interview: Interview) -> Iterator[Point]:
    """Every answer to ``criterion``, as it is repeated, with all that it can say."""
    if criterion.kind == Kind.AGE:
        spans = [fill(words, _NUMBERS) for name, words in interview.repeated.items() if name not in OPEN_ANSWERS]
        yield from (Point(criterion, span, verdict, criterion.reason("", verdict)) for span in spans for verdict in Verdict)
    for choice in criterion.choices.values():
        yield Point(criterion, choice.title, choice.verdict, criterion.reason(choice.id, choice.verdict))
    for answer in OPEN_ANSWERS:
        yield Point(criterion, interview.repeated[answer], Verdict.NOT_KNOWN, criterion.reason(answer, Verdict.NOT_KNOWN))
