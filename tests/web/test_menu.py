"""The menu of topics, the count of clear answers, and the contact of the hospital."""

import dataclasses

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from tests.web.conftest import opened
from trialog.assistant.engine import Engine
from trialog.content.model import Library
from trialog.settings import Settings
from trialog.web.app import create_app
from trialog.web.menu import menu_of


def test_every_topic_of_a_study_is_in_the_menu(library: Library) -> None:
    for study in library.studies.values():
        titles = {topic["title"] for group in menu_of(library, study) for topic in group["topics"]}
        assert {library.title(topic, study) for topic in study.answers} <= titles


def test_a_topic_that_a_study_does_not_have_is_left_out(library: Library) -> None:
    study = library.studies["itcc-059"]
    without = type(study)(
        **{**{name: getattr(study, name) for name in study.__struct_fields__}, "answers": {"drug_how": study.answers["drug_how"]}}
    )
    groups = menu_of(library, without)
    assert {topic["title"] for group in groups for topic in group["topics"]} == {"How the drug works", "See if the study might fit"}
    assert all(group["topics"] for group in groups)


async def test_the_menu_is_given_for_a_study_and_no_other(client: TestClient) -> None:
    groups = (await (await client.get("/api/topics?trial=itcc-059")).json())["groups"]
    assert [group["title"] for group in groups][:4] == ["For a parent", "For a teenager", "For a child", "The study"]
    assert (await client.get("/api/topics?trial=another")).status == 400


async def test_the_sentences_an_answer_rests_on_are_given_for_a_page_to_show(client: TestClient) -> None:
    found = (await (await client.get("/api/topics/age_limits/passages?trial=itcc-059")).json())["passages"]
    assert "Age: 1-18 years" in found
    assert (await (await client.get("/api/topics/term:cd22/passages?trial=itcc-059")).json())["passages"]
    assert await (await client.get("/api/topics/nothing/passages")).json() == {"passages": []}
    assert (await client.get("/api/topics/age_limits/passages?trial=another")).status == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"topic": "cost", "clear": True}, 204),
        ({"topic": "cost", "clear": False, "reason": "too_little"}, 204),
        ({"topic": "term:cd22", "clear": True}, 204),
        ({"topic": "my child is called", "clear": True}, 204),
        ({"topic": "cost", "clear": "yes"}, 400),
        ({"topic": "cost", "clear": False, "reason": "because"}, 400),
        ({"clear": True}, 400),
    ],
)
async def test_a_press_is_counted_by_what_is_known_only(client: TestClient, body: dict, status: int) -> None:
    conversation = (await opened(client))["id"]
    assert (await client.post(f"/api/conversations/{conversation}/clear", json=body)).status == status
    assert "my child is called" not in await (await client.get("/metrics")).text()


async def test_how_to_reach_the_hospital_is_told_where_the_operator_says_it(
    aiohttp_client: AiohttpClient, settings: Settings, engine: Engine, client: TestClient
) -> None:
    assert "contact" not in await opened(client)
    known = dataclasses.replace(settings, contact_name="The study nurses", contact_phone="+31 88 972 72 72")
    told = await opened(await aiohttp_client(create_app(known, engine)))
    assert told["contact"] == {"name": "The study nurses", "phone": "+31 88 972 72 72"}
