"""What the component hands to Rasa, from the trained model."""

from typing import Any

import pytest

from trialog.assistant.engine import Engine


async def parsed(engine: Engine, text: str) -> dict[str, Any]:
    return dict(await engine._agent.parse_message(text))


async def test_a_retrieval_intent_with_its_topic(engine: Engine) -> None:
    result = await parsed(engine, "How does the drug work?")
    assert result["intent"]["name"] == "ask"
    chosen = result["response_selector"]["default"]["response"]
    assert (chosen["intent_response_key"], chosen["utter_action"]) == ("ask/drug_how", "utter_ask/drug_how")


async def test_the_ranking_by_intent_sums_up_to_one(engine: Engine) -> None:
    ranking = (await parsed(engine, "How does the drug work?"))["intent_ranking"]
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1, abs=1e-4)
    assert [entry["confidence"] for entry in ranking] == sorted((entry["confidence"] for entry in ranking), reverse=True)


async def test_what_is_not_likely_enough_is_a_fallback(engine: Engine) -> None:
    vague = [await parsed(engine, text) for text in ("with or without", "yes and no and neither", "the same as before but not quite")]
    refused = [result for result in vague if result["intent"]["name"] == "nlu_fallback"]
    assert refused
    assert all(result["response_selector"]["default"]["ranking"] for result in refused)


async def test_the_same_question_gets_the_same_numbers(engine: Engine) -> None:
    first = await parsed(engine, "Who runs the study?")
    await parsed(engine, "something else in between")
    assert (await parsed(engine, "Who runs the study?"))["intent_ranking"] == first["intent_ranking"]
