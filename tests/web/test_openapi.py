"""The OpenAPI document is true: every route and field is in it, and the server keeps to it whatever it is sent."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
import schemathesis
from aiohttp import web
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, Phase
from hypothesis import settings as bounded
from schemathesis.checks import CHECKS

from tests.conftest import ROOT
from tests.server import Server
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.web.api import CHANNELS, MAX_CHARACTERS
from trialog.web.app import create_app

DOCUMENT = json.loads((ROOT / "trialog" / "web" / "openapi.json").read_text(encoding="utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]

# Pages, and what they load; not part of the API.
PAGES = re.compile(r"/|/kiosk|/kiosk/study-page\.svg|/trialog-chat\.js|/static.*")


def test_every_route_is_described_and_the_reverse(settings: Settings, engine: Engine) -> None:
    routes = {
        (route.method.lower(), route.resource.canonical)
        for route in create_app(settings, engine).router.routes()
        if route.resource and route.method != "HEAD" and not PAGES.fullmatch(route.resource.canonical)
    }
    assert routes == {(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods}


def test_every_field_of_a_message_is_described_and_the_reverse() -> None:
    assert set(SCHEMAS["Message"]["properties"]) == set(Message.__dataclass_fields__)


def test_limits_and_channels_are_the_real_ones() -> None:
    assert SCHEMAS["Text"]["properties"]["text"]["maxLength"] == MAX_CHARACTERS
    body = DOCUMENT["paths"]["/api/conversations"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["channel"]["enum"] == [*CHANNELS, None]


def test_every_status_a_problem_has_is_described(library: Library) -> None:
    described = {int(status) for methods in DOCUMENT["paths"].values() for method in methods.values() for status in method["responses"]}
    assert {problem.status for problem in library.problems.values()} - described == {405}, "405 is about what is not described"


def schema_of(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}


@pytest.mark.parametrize("topic", ["Who runs this study?", "what is CD22?", "thank you", "Is it free?", "xyz", "can my child take part?"])
async def test_replies_are_as_described(engine: Engine, aiohttp_client: Any, settings: Settings, topic: str) -> None:
    client: TestClient[web.Request, web.Application] = await aiohttp_client(create_app(settings, engine))
    opening = await (await client.post("/api/conversations")).json()
    reply = await (await client.post(f"/api/conversations/{opening['id']}/messages", json={"text": topic})).json()
    for message in opening["messages"] + reply["messages"]:
        jsonschema.validate(message, schema_of("Message"), jsonschema.Draft202012Validator)


async def test_the_document_is_served(aiohttp_client: Any, engine: Engine, settings: Settings) -> None:
    client = await aiohttp_client(create_app(settings, engine))
    response = await client.get("/api/openapi.json")
    assert response.content_type == "application/json"
    assert await response.json() == DOCUMENT


# It fills in what it reads, and the document is compared below.
schema = schemathesis.openapi.from_dict(copy.deepcopy(DOCUMENT))

# A study, a button or a conversation that is well written but not there is refused, as it should be.
EXCLUDED: list[Any] = [check for check in CHECKS.get_all() if check.__name__ == "positive_data_acceptance"]


@schema.parametrize()
@bounded(max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_is_as_described(case: schemathesis.Case, server: Server) -> None:
    case.call_and_validate(base_url=f"http://127.0.0.1:{server.port}", excluded_checks=EXCLUDED, timeout=60)


def test_whatever_order_things_are_done_in_the_answers_are_as_described(server: Server) -> None:
    class Conversation(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            return {"base_url": f"http://127.0.0.1:{server.port}", "timeout": 60}

        def validate_response(self, response: Any, case: schemathesis.Case, **kwargs: Any) -> None:
            case.validate_response(response, excluded_checks=EXCLUDED)

    limits = bounded(max_examples=10, stateful_step_count=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    Conversation.run(settings=limits)
