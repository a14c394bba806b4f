"""Components run in the order that dask would run them in, and give the same."""

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker

from trialog.assistant.engine import Engine
from trialog.assistant.graph import StraightRunner


@pytest.mark.parametrize("text", ["How does the drug work?", "he cannot breathe", "wat kost dat", '/ask{"topic": "cost"}'])
async def test_understanding_and_policies_give_what_dask_gives(engine: Engine, text: str) -> None:
    processor = engine._agent.processor
    runner, tracker = processor.graph_runner, DialogueStateTracker("a", processor.domain.slots)
    assert isinstance(runner, StraightRunner)

    def run(way: type[DaskGraphRunner], target: str) -> str:
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text, message_id="1")], PLACEHOLDER_TRACKER: tracker}
        outcome = way.run(runner, inputs=inputs, targets=[target])[target]
        return str(outcome[0].as_dict() if isinstance(outcome, list) else outcome.__dict__)

    for target in (processor.model_metadata.nlu_target, processor.model_metadata.core_target):
        assert run(StraightRunner, target) == run(DaskGraphRunner, target)
