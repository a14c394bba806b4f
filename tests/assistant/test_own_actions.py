"""Actions of ours run in this process without a request and without a check of their answer; others go over the network as ever."""

from typing import Any

import pytest
import rasa.core.actions.forms
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction, action_for_name_or_text
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.rasa_parts import OwnAction, ReportedGenerator

DOMAIN = Domain.from_dict({"actions": ["action_elsewhere"], "slots": {"study": {"type": "text", "mappings": [{"type": "custom"}]}}})


async def test_neither_an_answer_nor_a_form_is_checked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: Any) -> bool:
        raise AssertionError("this costs half of a reply's processor time")

    monkeypatch.setattr(RemoteAction, "_validate_action_result", check)
    conversation = new_id()
    (welcome,) = await engine.start(conversation)
    (answer,) = await engine.say(conversation, "How does the drug work?")
    *_, question = await engine.say(conversation, "Can my son take part?")
    *_, next_question = await engine.say(conversation, "he is 9")
    kinds = [(reply.kind, reply.topic, reply.criterion) for reply in (welcome, answer, question, next_question)]
    assert kinds[1:] == [("answer", "drug_how", None), ("question", "elig_start", "age"), ("question", "elig_start", "diagnosis")]


def test_rasa_makes_ours_wherever_it_makes_an_action_that_is_not_its_own() -> None:
    assert type(action_for_name_or_text("action_elsewhere", DOMAIN, None)) is OwnAction
    assert rasa.core.actions.forms.RemoteAction is OwnAction


class Elsewhere(EndpointConfig):
    """An action server that gives one answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__("http://actions.example")
        self.answer = answer

    async def request(self, *_: Any, **__: Any) -> dict[str, Any]:
        return self.answer


async def run(answer: dict[str, Any]) -> list[Any]:
    action = OwnAction("action_elsewhere", Elsewhere(answer))
    tracker = DialogueStateTracker("a", DOMAIN.slots)
    return await action.run(CollectingOutputChannel(), ReportedGenerator({}), tracker, DOMAIN)


async def test_an_action_server_is_asked_and_its_answer_checked() -> None:
    events = [{"event": "slot", "name": "study", "value": "itcc-059", "timestamp": None}]
    assert await run({"events": events, "responses": []}) == [SlotSet("study", "itcc-059")]
    with pytest.raises(ValidationError):
        await run({"events": "none"})
