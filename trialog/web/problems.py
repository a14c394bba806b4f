"""Errors as JSON problem details (RFC 9457); their words are in content/general/problems.yml."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from trialog.assistant.conversations import BusyError, FullError, UnknownConversationError
from trialog.assistant.places import LateError
from trialog.content.model import Library
from trialog.content.placeholders import fill
from trialog.operation import faults
from trialog.operation.faults import StoreAwayError
from trialog.web.keys import CONVERSATION, SETTINGS, library_of
from trialog.web.observe import route_of

PROBLEM_OF_STATUS: dict[int, str] = {
    # A folder of files.
    HTTPStatus.FORBIDDEN: "not_found",
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
        return problem_response(request, problem.name, problem.headers)
    except UnknownConversationError:
        return problem_response(request, "unknown_conversation")
    except BusyError:
        return problem_response(request, "too_many", {"Retry-After": "5"})
    except StoreAwayError:
        return problem_response(request, "broken", {"Retry-After": "5"})
    except LateError:
        return problem_response(request, "late", {"Retry-After": "5"})
    except FullError:
        return problem_response(request, "full", {"Retry-After": "60"})
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return problem_response(request, PROBLEM_OF_STATUS.get(error.status, "bad_http"), allow)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            # A file that no disk could hold.
            return problem_response(request, "not_found")
        if isinstance(error, web.RequestPayloadError | ConnectionError):
            # A body that cannot be unpacked, or a client that hung up.
            return problem_response(request, "bad_http")
        faults.report("request", error, f"{request.method} {route_of(request)}")
        return problem_response(request, "broken")


def problem_response(request: web.Request, name: str, headers: dict[str, str] | None = None) -> web.Response:
    """The problem ``name`` as a response, with the emergency number of the conversation's country."""
    library: Library = library_of(request)
    emergency = library.lines_of(_country(request), request.app[SETTINGS].country).emergency
    body = problem_body(library, name, emergency)
    return web.json_response(body, status=body["status"], content_type="application/problem+json", headers=headers)


def problem_body(library: Library, name: str, emergency: str) -> dict[str, Any]:
    """The problem ``name`` as plain data."""
    problem = library.problems[name]
    detail = fill(problem.detail, {"emergency": emergency})
    return {"type": f"urn:trialog:problem:{name}", "title": problem.title, "status": problem.status, "detail": detail}


def _country(request: web.Request) -> str:
    return request[CONVERSATION].about.get("country", "") if CONVERSATION in request else ""
