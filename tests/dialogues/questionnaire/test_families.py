"""Scripted families go through the whole questionnaire, against the trained model and the real actions.

A scenario holds what the family knows (``facts``: ways to say each answer, each played as its own run), what it says in
between (``interrupts``), what it takes back (``corrections``), what it says when asked again (``followups``), the right
outcomes, and what each answer must count as (``verdicts``).
"""

import copy
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from ruamel.yaml import YAML

from tests.conftest import Ask
from tests.dialogues.questionnaire.player import OPENERS, Family, play
from trialog.assistant.engine import Engine

FOLDER = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def _each_text_is_read_once(engine: Engine) -> Iterator[None]:
    """Families answer in the same few hundred texts, and what one means to the pipeline hangs on the text and its study alone."""
    processor = engine._agent.processor
    parse, known = processor.parse_message, dict[str, dict[str, Any]]()

    async def read(message: UserMessage, tracker: DialogueStateTracker | None = None) -> dict[str, Any]:
        key = json.dumps([message.text, message.metadata], sort_keys=True)
        if key not in known:
            known[key] = await parse(message, tracker)
        return copy.deepcopy(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parse_message", read)
        yield


def families() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for number, scenario in enumerate(YAML(typ="safe").load(file.read_text(encoding="utf-8"))):
            runs = max(map(len, scenario["facts"].values()))
            found += [pytest.param(scenario, run, id=f"{file.stem}-{number + 1}-{run + 1}") for run in range(runs)]
    return found


def knowing(scenario: dict[str, Any], facts: dict[str, list[str]], run: int) -> Family:
    return Family(scenario, {criterion: wordings[run % len(wordings)] for criterion, wordings in facts.items()})


@pytest.mark.parametrize(("scenario", "run"), families())
async def test_family(scenario: dict[str, Any], run: int, ask: Ask) -> None:
    family = knowing(scenario, scenario["facts"], run)
    end = await play(ask, family, scenario.get("opener") or OPENERS.get(scenario["who"], "Can my child take part?"))
    shown = f"{scenario['title']}\n" + "\n".join(family.log)
    assert (end.outcome or "cancelled") in scenario["outcome"], shown
    if end.kind == "result":
        verdicts = {point["id"]: point["verdict"] for point in end.criteria or []}
        expected = scenario.get("verdicts", {})
        assert {name: verdicts[name] for name in expected} == expected, shown
        assert "doctor" in end.text
    if "second_run" in scenario:
        second = scenario["second_run"]
        again = knowing({**scenario, "interrupts": [], "corrections": [], "followups": {}}, second["facts"], run)
        end = await play(ask, again, second["opens_with"])
        assert end.outcome in second["outcome"], "\n".join(again.log)


def test_there_are_enough_families() -> None:
    titles = list(itertools.chain(*(YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.yml"))))
    assert len(titles) >= 60
