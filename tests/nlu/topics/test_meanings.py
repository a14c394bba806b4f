"""A word that only a study explains is asked after as those are that the training lines explain."""

from typing import Any

import pytest

from trialog.assistant.engine import Engine
from trialog.assistant.graph import component_of
from trialog.nlu.evidence import Ranking
from trialog.nlu.topics.component import TopicClassifier
from trialog.nlu.topics.meanings import asked_meaning
from trialog.nlu.topics.reading import rankings

# As ``config.yml`` has it.
LEAST = 0.5


def word(text: str, spelling: str, value: str = "tilt_table") -> dict[str, Any]:
    start = text.index(spelling)
    return {"entity": "word", "value": value, "start": start, "end": start + len(spelling)}


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("whats a tilt table then", True),
        ("What is this tilt table they keep talking of?", True),
        ("tilt table - meaning?", True),
        ("the nurse said tilt table, i dont know that word", True),
        ("does the tilt table hurt", False),
        ("he was on the tilt table last year", False),
        ("how many were put on the tilt table", False),
        ("can we do the tilt table at home", False),
    ],
)
def test_what_it_means_is_told_from_what_else_is_asked_of_it(engine: Engine, text: str, is_asked: bool) -> None:
    model = component_of(engine._agent.processor.graph_runner, TopicClassifier)._model
    assert model
    asked = asked_meaning(text, [word(text, "tilt table")], lambda texts: rankings(model, texts))
    assert asked is not None
    assert asked[0] == "term/tilt_table"
    assert (asked[1] >= LEAST) == is_asked


def test_the_first_word_is_the_one_asked_after() -> None:
    def read(texts: Any) -> list[Ranking]:
        assert [text.split()[:2] for text in texts] == [["a", "remission"], ["a", "biomarker"]]
        return [[("term/remission", 0.9), ("ask/cost", 0.1)], [("ask/cost", 0.9), ("term/remission", 0.1)]]

    text = "a tilt and a sway"
    assert asked_meaning(text, [word(text, "tilt", "tilt"), word(text, "sway", "sway")], read) == ("term/tilt", 0.5)


def test_without_such_a_word_nothing_is_read() -> None:
    def read(texts: Any) -> list[Ranking]:
        raise AssertionError(texts)

    assert asked_meaning("what is it", [], read) is None
