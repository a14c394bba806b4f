"""What is always at hand in the chat: the menu of topics, the passages of an answer, and whether it was clear, counted without words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from aiohttp import web

from trialog.content.model import WORD_PREFIX, Library, Study
from trialog.content.replies.reply import topic_button
from trialog.content.replies.talk import START
from trialog.operation import metrics
from trialog.operation.counts import Clear
from trialog.operation.switches import QUESTIONNAIRE
from trialog.web.api import conversation_of, engine_of, json_object
from trialog.web.keys import ASSISTANT, library_of
from trialog.web.problems import ProblemError

# Why an answer was not clear, as the chat offers it.
REASONS = ("hard_words", "not_my_question", "too_little")

# The same for every visit of a study; what is switched off leaves it within seconds.
CACHE = {"Cache-Control": "public, max-age=2"}


def setup_routes(app: web.Application) -> None:
    """Add the menu and the count to ``app``."""
    app.router.add_get("/api/topics", topics)
    app.router.add_get("/api/topics/{topic}/passages", passages)
    app.router.add_post("/api/conversations/{id}/clear", count_clear)


async def topics(request: web.Request) -> web.Response:
    """The topics of ``?trial=``, in groups."""
    study = _study(request)
    groups = menu_of(library_of(request), study, without=not_offered(request, study))
    return web.json_response({"groups": groups}, headers=CACHE)


async def passages(request: web.Request) -> web.Response:
    """The sentences of the study page that the answer on ``{topic}`` rests on; none where it rests on none."""
    study, topic = _study(request), request.match_info["topic"]
    words = library_of(request).words(study)
    told = words.get(topic.removeprefix(WORD_PREFIX)) if topic.startswith(WORD_PREFIX) else study.answers.get(topic)
    return web.json_response({"passages": list((told and told.rests_on) or ())}, headers=CACHE)


def _study(request: web.Request) -> Study:
    library, named = library_of(request), request.query.get("trial", "")
    if named and named not in library.studies:
        raise ProblemError("unknown_trial")
    return library.study_of(named)


def not_offered(request: web.Request, study: Study) -> Collection[str]:
    """Topics of ``study`` that are not offered now: what is kept back, and the questionnaire while it is switched off."""
    engine, kept_back = request.app[ASSISTANT].engine, library_of(request).kept_back.get(study.id, frozenset())
    return kept_back | {START} if engine and QUESTIONNAIRE in engine.switches.now().off else kept_back


def menu_of(library: Library, study: Study, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """The groups of the menu with a button for each topic that ``study`` has, but those ``without``; a group without any is left out."""
    groups = [
        {
            "title": group.title,
            "starter": group.starter,
            "topics": [
                topic_button(library, study, topic) for topic in group.topics if topic not in without and _has(library, study, topic)
            ],
        }
        for group in library.menu
        if not (group.of and study.takes_part) or set(group.of) & set(study.takes_part)
    ]
    return [group for group in groups if group["topics"]]


def _has(library: Library, study: Study, topic: str) -> bool:
    return library.topics[topic].kind != "study" or topic in study.answers


async def count_clear(request: web.Request) -> web.Response:
    """Count one press of "Was this clear?": 204. What is counted is the topic, yes or no, and one of three reasons."""
    await conversation_of(request)
    body = await json_object(request)
    topic, clear, reason = body.get("topic"), body.get("clear"), body.get("reason", "")
    if not isinstance(topic, str) or not isinstance(clear, bool) or reason not in ("", *REASONS):
        raise ProblemError("not_json")
    counted = _counted(library_of(request), topic), "yes" if clear else "no", reason or "none"
    metrics.CLEAR.labels(*counted).inc()
    engine_of(request).counts.add(Clear(*counted))
    return web.Response(status=204)


def _counted(library: Library, topic: str) -> str:
    """The name a topic is counted by; anything that is none of ours is one name."""
    if topic.startswith(WORD_PREFIX):
        return "word"
    return topic if topic in library.topics else "none"
