"""What the questionnaire says: its questions, what it repeats, the review, the result, and what is said besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialog.content.criteria import UNKNOWN, WHO, Criterion, Outcome, Told, Verdict, outcome_of
from trialog.content.interview import Person
from trialog.content.model import Library, Study
from trialog.content.placeholders import fill
from trialog.content.replies.reply import Button, Reply, button, source_data, topic_button

TOPIC = "elig_start"

Progress = Mapping[str, int]


@dataclass(frozen=True)
class Point:
    """A criterion, or a group of some, with the answer to it, in words, and what the answer says."""

    criterion: Told
    answer: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Open:
    """How the open question is asked: whom it is about, what is said before it, and where it stands.

    ``hint`` asks by the criterion's hint; ``again`` is True for an answer that is asked again, ``can_go_back`` when one was given.
    """

    person: Person
    progress: Progress
    lead: str = ""
    hint: bool = False
    again: bool = False
    can_go_back: bool = False


def intro(library: Library, study: Study) -> Reply:
    """What begins a questionnaire."""
    return Reply(
        "utter_questionnaire_intro",
        {"number": len(study.criteria), "status": library.status_of(study, "\n\n")},
        beside=_beside(study, "answer"),
    )


def ask_who(library: Library, study: Study, lead: str, progress: Progress) -> Reply:
    """The question whom it is about."""
    asked = library.interview.people_of(study.takes_part).values()
    people = [button(person.button, payload("person", person.id)) for person in asked if person.button]
    buttons = (*people, *_commands(library, "stop"))
    return _after(lead, "utter_ask_who", {}, buttons, _beside(study, "question", criterion=WHO, progress=progress))


def question(library: Library, study: Study, criterion: Criterion, now: Open) -> Reply:
    """The question about ``criterion``."""
    asked = library.interview.speak_of(now.person, criterion.hint if now.hint else criterion.question)
    offered = [(choice.button, choice.id) for choice in criterion.choices.values() if choice.button]
    offered.append((library.interview.buttons[UNKNOWN], UNKNOWN))
    answers = [button(title, payload("answer", f"{criterion.id}:{answer}")) for title, answer in offered]
    commands = [*(["keep"] if now.again else []), "why", *(["back"] if now.can_go_back else []), "stop"]
    beside = _beside(study, "question", criterion, criterion=criterion.id, progress=now.progress)
    return _after(now.lead, "utter_question", {"question": asked}, (*answers, *_commands(library, *commands)), beside)


def understood(library: Library, study: Study, point: Point, answer: str, lead: str, progress: Progress) -> Reply:
    """Asks whether ``point``, the ``answer`` as it was understood, is what was meant."""
    words, criterion = library.interview.buttons, point.criterion
    buttons = (
        button(words["right"], payload("answer", f"{criterion.id}:{answer}")),
        *_commands(library, "misread"),
        button(words[UNKNOWN], payload("answer", f"{criterion.id}:{UNKNOWN}")),
    )
    beside = _beside(study, "question", criterion, criterion=criterion.id, progress=progress)
    return _after(lead, "utter_question", {"question": noted(library, "understood", [point])}, buttons, beside)


def wait(library: Library, study: Study, criterion: Criterion | None, progress: Progress) -> Reply:
    """That the questions can wait; ``criterion`` is None where the open question is whom it is about."""
    beside = _beside(study, "question", criterion, criterion=criterion.id if criterion else WHO, progress=progress)
    return Reply("utter_questions_wait", buttons=_commands(library, "go_on", "stop"), beside=beside)


def explanation(library: Library, study: Study, criterion: Criterion, person: Person, text: str) -> Reply:
    """``text``, the why or the meaning of ``criterion``."""
    beside = _beside(study, "answer", criterion, criterion=criterion.id)
    return Reply("utter_about_question", {"says": library.interview.speak_of(person, text)}, beside=beside)


def why_who(study: Study) -> Reply:
    """Why it is asked whom the questionnaire is about."""
    return Reply("utter_why_who", beside=_beside(study, "answer"))


def only_doctor(study: Study, criterion: Criterion | None) -> Reply:
    """That only the doctor can decide; ``criterion`` is the open one."""
    return Reply("utter_only_doctor", beside=_beside(study, "answer", criterion))


def one_point(library: Library, study: Study, told: Sequence[Point], unnamed: Iterable[str], named: Iterable[Criterion]) -> Reply:
    """What the page says of single things: of points ``told``, of what it does not name, and of points that are only ``named``."""
    lines = [result_line(library, point) for point in told]
    lines += [fill(library.interview.lines["answer"], {"title": known.title, "answer": known.not_known or known.says}) for known in named]
    parts = ["\n".join(lines), _listed(library, study, "not_named", unnamed)]
    values = {"points": "\n\n".join(filter(None, parts)), "number": len(study.criteria)}
    about = next((point.criterion for point in told), None)
    beside = {**_beside(study, "answer", about), "topic": "who_can_enter"}
    return Reply("utter_one_point", values, (button(library.buttons["begin"], f"/{TOPIC}"),), beside)


def which_answer(library: Library, study: Study, criterion: Criterion | None, given: Iterable[Point]) -> Reply:
    """Which of the answers ``given`` is to be changed."""
    line = library.interview.buttons["change_one"]
    buttons = tuple(button(fill(line, _words(point)), change_payload(point.criterion)) for point in given)
    return Reply("utter_which_answer", buttons=buttons, beside=_beside(study, "answer", criterion))


def review(library: Library, study: Study, points: Sequence[Point], lead: str) -> Reply:
    """All answers, for a last check."""
    criteria = [{**_data(point), "change": change_payload(point.criterion)} for point in points]
    buttons = _commands(library, "confirm", "restart", "stop")
    return _after(lead, "utter_review", {"points": answers(library, points)}, buttons, _beside(study, "review", criteria=criteria))


def result(library: Library, study: Study, points: Sequence[Point]) -> Reply:
    """What the answers come to, point by point, and what to ask the doctor."""
    outcome = outcome_of(point.verdict for point in points)
    open_questions = [asked for point in points if (asked := point.criterion.to_ask(point.verdict))]
    values = {
        "points": "\n".join(result_line(library, point) for point in points),
        "status": library.status_of(study),
        "ask": "\n".join(fill(library.interview.lines["question"], {"question": asked}) for asked in open_questions),
    }
    # "How to take part" would hurt where a point does not match.
    next_topic = "other_trials" if outcome == Outcome.DOES_NOT_FIT else "how_to_join"
    buttons = (topic_button(library, study, next_topic), *_commands(library, "change", "another"))
    criteria = [{**_data(point), "verdict": point.verdict.value} for point in points]
    response = f"utter_result_{outcome}" if study.takes_new_people else "utter_result_not_open"
    return Reply(response, values, buttons, _beside(study, "result", outcome=outcome.value, criteria=criteria))


def cancelled(library: Library, study: Study) -> Reply:
    """That the questions have stopped."""
    return Reply("utter_cancelled", buttons=(button(library.interview.buttons["resume"], f"/{TOPIC}"),), beside=_beside(study, "cancelled"))


def noted(library: Library, note: str, points: Iterable[Point]) -> str:
    """What a question begins with after ``note`` (a name of the content's ``notes``) about ``points``."""
    return fill(library.interview.notes[note], {"points": answers(library, points)})


def beside(library: Library, study: Study, told: Iterable[str]) -> str:
    """What is said of things ``told`` that the page does not name; nothing where there are none."""
    return _listed(library, study, "beside", told)


def asked_again(library: Library, point: Point) -> str:
    """What a question begins with that was answered before."""
    return fill(library.interview.notes["reopened"], {"answer": point.answer})


def answers(library: Library, points: Iterable[Point]) -> str:
    """The answers as a list."""
    return "\n".join(fill(library.interview.lines["answer"], _words(point)) for point in points)


def result_line(library: Library, point: Point) -> str:
    """One point of the result; one that is told in a group has no reason of its own."""
    return fill(library.interview.lines["point" if point.reason else "answer"], _words(point))


def change_payload(criterion: Told) -> str:
    """What asks for the answer to ``criterion`` again."""
    return payload("change", criterion.id)


def payload(entity: str, value: str) -> str:
    """What a button of the questionnaire sends that says one thing."""
    return f'/questionnaire{{"{entity}": "{value}"}}'


def _commands(library: Library, *commands: str) -> tuple[Button, ...]:
    return tuple(button(library.interview.buttons[command], payload("command", command)) for command in commands)


def _after(lead: str, response: str, values: Mapping[str, str], buttons: tuple[Button, ...], beside: Mapping[str, Any]) -> Reply:
    """The reply as it is said after ``lead``; without one, alone."""
    return Reply(f"{response}_after", {"lead": lead, **values}, buttons, beside) if lead else Reply(response, values, buttons, beside)


def _listed(library: Library, study: Study, note: str, told: Iterable[str]) -> str:
    """The ``note`` on the things ``told`` that are no points; nothing where there are none."""
    points = [fill(library.interview.lines["question"], {"question": study.beside[name].title}) for name in told]
    return fill(library.interview.notes[note], {"points": "\n".join(points)}) if points else ""


def _words(point: Point) -> dict[str, str]:
    return {"title": point.criterion.title, "answer": point.answer, "reason": point.reason}


def _data(point: Point) -> dict[str, str]:
    return {"id": point.criterion.id, "title": point.criterion.title, "answer": point.answer}


def _beside(study: Study, kind: str, point: Told | None = None, **fields: Any) -> dict[str, Any]:
    """What a message of the questionnaire carries beside its text; ``point`` is the criterion it is about."""
    section = (point or next(iter(study.criteria.values()))).section
    return {"kind": kind, "topic": TOPIC, "source": source_data(study.source(section)), **fields}
