"""The reasons of a reply: what chose it by name, in which light it was read, and what it changed."""

from typing import Any

from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.reasons.rows import rows
from trialog.assistant.reasons.rules import rules
from trialog.assistant.reasons.turn import changes, reasons
from trialog.assistant.watch import Watch
from trialog.content.model import Library

RULES = ROOT / "data" / "rules"


async def reasons_of(engine: Engine, *said: str) -> dict[str, Any]:
    """Those of the last of ``said``; what begins with / presses a button."""
    conversation, watch = new_id(), Watch()
    await engine.start(conversation)
    for text in said:
        watch = Watch()
        replies = await (engine.press if text.startswith("/") else engine.say)(conversation, text, watch=watch)
    return reasons(watch, replies, engine.library)


def test_every_rule_is_known_by_its_name() -> None:
    names = {rule["rule"] for file in RULES.glob("*.yml") for rule in YAML(typ="safe").load(file)["rules"]}
    assert {rule.name for rule in rules(RULES)} == names
    assert len(rules(RULES)) == len(names)


def test_a_rule_with_a_condition_fits_only_while_it_holds() -> None:
    (in_danger, *_) = [rule for rule in rules(RULES) if rule.fits("ask", "action_danger", {"danger_lasts": True})]
    assert in_danger.name.startswith("While danger lasts")
    assert not in_danger.fits("ask", "action_danger", {"danger_lasts": False})
    assert not any(rule.fits("ask", "action_danger", {}) for rule in rules(RULES))


async def test_what_chose_an_action_is_named(engine: Engine) -> None:
    assert (await reasons_of(engine, "does it cost anything"))["actions"] == [
        {"action": "action_answer", "by": "Answer a question from the study page"}
    ]
    (offered, asked) = (await reasons_of(engine, "/elig_start"))["actions"]
    assert offered["by"].startswith("Begin the questionnaire")
    assert asked == {"action": "eligibility_form", "by": "the action before it"}
    by = [one["by"] for one in (await reasons_of(engine, "/elig_start", "does it cost anything"))["actions"]]
    assert by == ["Answer a question from the study page", "the open questionnaire"]
    (danger,) = (await reasons_of(engine, "he cant breathe", "does it cost anything"))["actions"]
    assert danger["by"].startswith("While danger lasts")


async def test_the_light_it_is_read_in_is_that_before_it(engine: Engine) -> None:
    told = await reasons_of(engine, "does it cost anything", "/elig_start", "my son", "he is 7")
    assert told["context"] == {"study": "itcc-059", "last_topic": "cost", "question": "age"}
    assert told["changed"] == {"questionnaire.answers.age": [None, "84-95"]}
    told = await reasons_of(engine, "/elig_start", "stop", "does it cost anything")
    assert told["context"] == {"study": "itcc-059", "questionnaire": "stopped"}


async def test_a_button_is_told_by_what_it_says(engine: Engine) -> None:
    told = await reasons_of(engine, "/elig_start", '/questionnaire{"person": "child"}')
    assert told["pressed"] == {"intent": "questionnaire", "person": "child"}
    assert "topics" not in told


def test_what_a_slot_holds_is_told_by_its_parts() -> None:
    before = {"said": {"a": 1}, "danger_lasts": True, "questionnaire": {"answers": {"age": "60-71"}, "unread": 0}}
    after = {"said": {"a": 2}, "danger_lasts": False, "questionnaire": {"answers": {"age": "84-95"}, "unread": 1}}
    assert changes(before, after) == {
        "danger_lasts": [True, None],
        "questionnaire.answers.age": ["60-71", "84-95"],
        "questionnaire.unread": [None, 1],
    }


def test_a_turn_that_did_not_end_is_told_as_that(library: Library) -> None:
    told = dict(rows(reasons(Watch(), [], library)))
    assert told["turn"] == "was answered before it ended: its reasons are not known"
    assert "decision" not in told
