"""Errors as JSON problem details (RFC 9457); their words are in content/general/problems.yml."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from trialog.assistant.conversations import BusyError, FullError, UnknownConversationError
from trialog.operation import faults
from trialog.web.keys import LIBRARY
from trialog.web.observe import route_of

_OF_STATUS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_long",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "wrong_type",
}


class ProblemError(Exception):
    """A request that cannot be answered; ``name`` is one of content/general/problems.yml."""

    def __init__(self, name: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.headers = headers or {}


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error below into a problem document; nothing of the request or the code shows in it."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return problem_response(request.app, problem.name, problem.headers)
    except UnknownConversationError:
        return problem_response(request.app, "unknown_conversation")
    except BusyError:
        return problem_response(request.app, "too_many", {"Retry-After": "5"})
    except FullError:
        return problem_response(request.app, "full", {"Retry-After": "60"})
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return problem_response(request.app, _OF_STATUS.get(HTTPStatus(error.status), "not_json"), allow)
    except Exception as error:
        faults.report("request", error, f"{request.method} {route_of(request)}")
        return problem_response(request.app, "broken")


def problem_response(app: web.Application, name: str, headers: dict[str, str] | None = None) -> web.Response:
    """The problem ``name`` as a response."""
    problem = app[LIBRARY].problems[name]
    body = {"type": f"urn:trialog:problem:{name}", "title": problem.title, "status": problem.status, "detail": problem.detail}
    return web.json_response(body, status=problem.status, content_type="application/problem+json", headers=headers)
