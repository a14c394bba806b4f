"""All that the questionnaire can say about a study, by the functions the actions use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from trialog.content.criteria import MEASURED, OPEN_ANSWERS, UNKNOWN, Criterion, Kind, Told, Verdict
from trialog.content.groups import Group, told_points
from trialog.content.interview import Interview
from trialog.content.model import Library, Study
from trialog.content.placeholders import fill
from trialog.content.replies import interview as replies
from trialog.content.replies.interview import Open, Point
from trialog.content.replies.reply import Reply

# Any numbers: the words around them are what is read.
_NUMBERS = {"number": 9, "least": 8, "most": 9, "years": 9, "day": "1 September 2027"}

_PROGRESS = {"step": 1, "of": 1}

Named = tuple[str, Reply]


def every_question(library: Library, study: Study) -> Iterator[Named]:
    """What is said about the criteria: each reply with the name of the criterion, and the answer, that it is about."""
    points = {name: list(_points(criterion, library.interview)) for name, criterion in study.criteria.items()}
    told = {point.id: list(_told(point, library.interview)) for point in told_points(study.criteria, study.groups).values()}
    for criterion in study.criteria.values():
        yield from _asked(library, study, criterion)
        for point in points[criterion.id]:
            all_points = _among_others(point, points)
            yield from ((f"{criterion.id}, {point.answer}", reply) for reply in _answered(library, study, criterion, point, all_points))
    for some in told.values():
        for point in some:
            results = [replies.result(library, study, several) for several in ([point], _among_others(point, told))]
            yield from ((f"{point.criterion.id}, {point.answer}", reply) for reply in results)


def _among_others(point: Point, points: Mapping[str, list[Point]]) -> list[Point]:
    """``point``, and of each other criterion an answer that fits."""
    others = [next((p for p in some if p.verdict == Verdict.FITS), some[0]) for some in points.values()]
    return [point if other.criterion is point.criterion else other for other in others]


def every_line(library: Library, study: Study) -> Iterator[tuple[str, str]]:
    """Each point of a result by itself, with its name: among easier ones a hard one would not show; and what the sheet says of it."""
    for told in told_points(study.criteria, study.groups).values():
        yield f"{told.id}, says", told.says
        for point in _told(told, library.interview):
            yield f"{told.id}, {point.answer}", replies.result_line(library, point)


def around_the_questions(library: Library, study: Study) -> Iterator[Reply]:
    """What is said about no criterion."""
    yield replies.intro(library, study)
    yield from (replies.ask_who(library, study, lead, _PROGRESS) for lead in ("", library.interview.notes["unread"]))
    yield from (replies.why_who(study), replies.only_doctor(study, None), replies.which_answer(library, study, None, ()))
    yield from (replies.one_point(library, study, (), [name], ()) for name in study.beside)
    yield replies.one_point(library, study, (), (), study.criteria.values())
    yield from (replies.wait(library, study, None, _PROGRESS), replies.cancelled(library, study))
    # With the first point alone: its words have been read by then.
    first = next(iter(told_points(study.criteria, study.groups).values()))
    points = [next(_told(first, library.interview))]
    yield from (replies.review(library, study, points, lead) for lead in ("", library.interview.notes["unread"]))
    yield from (replies.result(library, study, [replace(points[0], verdict=verdict)]) for verdict in Verdict)


def _asked(library: Library, study: Study, criterion: Criterion) -> Iterator[Named]:
    """The question, its hint and its explanations, about each person."""
    for person in library.interview.people.values():
        yield f"{criterion.id}, question", replies.question(library, study, criterion, Open(person, _PROGRESS))
        yield f"{criterion.id}, hint", replies.question(library, study, criterion, Open(person, _PROGRESS, hint=True))
        yield f"{criterion.id}, why", replies.explanation(library, study, criterion, person, criterion.why)
        yield f"{criterion.id}, meaning", replies.explanation(library, study, criterion, person, criterion.meaning)


def _answered(library: Library, study: Study, criterion: Criterion, point: Point, points: list[Point]) -> Iterator[Reply]:
    """What is said once ``point`` of ``criterion`` is answered: it is noted, asked again, and reviewed among all ``points``."""
    person = next(iter(library.interview.people.values()))
    leads = [replies.noted(library, note, [point]) for note in library.interview.notes if note not in ("reopened", "understood")]
    yield from (replies.understood(library, study, point, UNKNOWN, lead, _PROGRESS) for lead in ("", leads[0]))
    for lead in (*leads, replies.asked_again(library, point)):
        yield replies.question(library, study, criterion, Open(person, _PROGRESS, lead))
    yield from (replies.review(library, study, points, lead) for lead in ("", leads[0]))
    yield replies.one_point(library, study, [point], (), ())


def _points(criterion: Criterion, interview: Interview) -> Iterator[Point]:
    """Every answer to ``criterion``, as it is repeated, with all that it can say."""
    if criterion.kind in MEASURED:
        spans = [fill(words, _NUMBERS) for name, words in interview.repeated.items() if _is_of(name, criterion)]
        spans = [fill(span, {"unit": criterion.units[0].name}) if criterion.units else span for span in spans]
        spans = [fill(interview.repeated["on_day"], {**_NUMBERS, "age": span}) if criterion.on else span for span in spans]
        yield from (Point(criterion, span, verdict, criterion.reason("", verdict)) for span in spans for verdict in Verdict)
    for choice in criterion.choices.values():
        yield Point(criterion, choice.title, choice.verdict, criterion.reason(choice.id, choice.verdict))
    for answer in OPEN_ANSWERS:
        yield Point(criterion, interview.repeated[answer], Verdict.NOT_KNOWN, criterion.reason(answer, Verdict.NOT_KNOWN))


def _is_of(repeated: str, criterion: Criterion) -> bool:
    """True where an answer to ``criterion`` can be ``repeated`` in these words."""
    return repeated not in (*OPEN_ANSWERS, "on_day") and repeated.startswith("amount") == (criterion.kind == Kind.AMOUNT)


def _told(told: Told, interview: Interview) -> Iterator[Point]:
    """Every answer to a criterion; the first one to each of a group, with each verdict of the group."""
    if isinstance(told, Criterion):
        yield from _points(told, interview)
    elif isinstance(told, Group):
        answer = "; ".join(fill(interview.lines["part"], {"title": name, "answer": interview.repeated[UNKNOWN]}) for name in told.members)
        yield from (Point(told, answer, verdict, str(getattr(told, verdict))) for verdict in Verdict)
