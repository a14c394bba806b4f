"""The form in which a choice of topic stands in a Rasa message: that of Rasa's own classifier and ResponseSelector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from trialog.nlu.evidence import Ranking

# The intent of a message that is asked back, in Rasa's own name.
FALLBACK = "nlu_fallback"

# How many topics are reported.
REPORTED = 10


def set_prediction(message: Message, topic: str, ranking: Ranking, also_asked: Sequence[str]) -> None:
    """Set intent, ranking and response choice of ``message``; ``topic`` is the first of ``ranking`` or ``nlu_fallback``."""
    confidence = ranking[0][1]
    intent_ranking = _by_intent(ranking)
    choice = {"name": topic.partition("/")[0], "confidence": 1 - confidence if topic == FALLBACK else confidence}
    if topic == FALLBACK:
        intent_ranking.insert(0, choice)
    reported = _reported(ranking, message.get("entities", []))
    message.set("intent", choice, add_to_output=True)
    message.set("intent_ranking", intent_ranking, add_to_output=True)
    message.set("response_selector", _response_selector(reported), add_to_output=True)
    message.set("also_asked", list(also_asked), add_to_output=True)


def _by_intent(ranking: Ranking) -> list[dict[str, Any]]:
    """The topics' probabilities summed up by intent, as Rasa reports a ranking."""
    shares: dict[str, float] = {}
    for name, share in ranking:
        intent = name.partition("/")[0]
        shares[intent] = shares.get(intent, 0.0) + share
    return [{"name": name, "confidence": share} for name, share in sorted(shares.items(), key=lambda pair: -pair[1])]


def _reported(ranking: Ranking, entities: list[dict[str, Any]]) -> Ranking:
    """The first of the ranking, and the words that the message names, wherever they stand in it."""
    named = {f"term/{entity['value']}" for entity in entities if entity["entity"] == "word"}
    return [*ranking[:REPORTED], *(pair for pair in ranking[REPORTED:] if pair[0] in named)]


def _response_selector(ranking: Ranking) -> dict[str, Any]:
    """The output of Rasa's ResponseSelector for the best topic, with the other topics as its ranking."""
    best, confidence = ranking[0]
    return {
        "all_retrieval_intents": sorted({name.partition("/")[0] for name, _ in ranking if "/" in name}),
        "default": {
            "response": {"intent_response_key": best, "confidence": confidence, "utter_action": f"utter_{best}", "responses": []},
            "ranking": [{"intent_response_key": name, "confidence": share} for name, share in ranking],
        },
    }
