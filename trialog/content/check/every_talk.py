"""What can be said about a conversation, about a piece of an answer and after a result, for the check."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import product

from trialog.content.model import Answer, Library, Study
from trialog.content.replies import talk
from trialog.content.replies.reply import Reply
from trialog.content.replies.study import on_topic, part

# Anybody, in a question that is asked once more.
SOMEONE = "someone"


def every_talk(library: Library, study: Study) -> Iterator[Reply]:
    """What hangs on no answer."""
    yield from map(talk.talk, talk.FIXED)
    question = min((criterion.question for criterion in study.criteria.values()), key=len)
    yield Reply("utter_question_again", {"question": library.interview.speak_of(library.interview.people[SOMEONE], question)})
    yield from (talk.after_result(library, study, act, outcome) for act, outcome in product(talk.AFTER_RESULT, talk.OUTCOMES))
    titles = [criterion.title for criterion in study.criteria.values()]
    yield from (talk.after_result(library, study, talk.IS_YES, outcome, titles) for outcome in ("does_not_fit", "unclear"))
    yield from (talk.offer(library, study, response) for response in talk.OFFERS)
    yield from (talk.not_asked(library, study, likely) for likely in ((), study.suggested))
    yield from (talk.how_many_left(left) for left in (0, len(study.criteria)))
    yield from (talk.doctor_unaware(study), talk.questions_to_take(library, study, ()), talk.source_of(study, None))
    yield from (talk.easier(library, study, explained.topic) for explained in library.words(study).values())
    yield from (talk.no_piece(study, None), talk.conclusion(study, None), talk.NOT_FOR_CHILDREN, talk.NO_RESULT)


def talk_of_answer(library: Library, study: Study, answer: Answer) -> Iterator[tuple[str, Reply]]:
    """The other forms of an answer and its pieces, each with its name."""
    topic = answer.topic
    if short := talk.shorter(library, study, topic):
        yield f"{topic}, short", short
        yield f"{topic}, conclusion", talk.conclusion(study, answer)
    told = on_topic(library, study, topic)
    yield f"{topic}, first", dataclasses.replace(told, response=f"{told.response}_old_page")
    if answer.simple:
        yield f"{topic}, simple", talk.in_plain_words(study, answer)
    yield from ((f"{topic}, {piece}", part(study, answer, text)) for piece, text in answer.pieces.items())
    yield from ((f"{topic}, source", talk.source_of(study, answer)), (f"{topic}, no piece", talk.no_piece(study, answer)))
