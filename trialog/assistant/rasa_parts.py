"""Rasa's own parts, fitted for one process: how actions are called, replies collected and responses filled."""

from __future__ import annotations

import logging
from typing import Any

import rasa.core.actions.action
import rasa.core.actions.forms
import rasa.core.processor
import rasa.graph_components.providers.domain_provider
import structlog
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.io import read_yaml_file
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

import actions
from trialog.assistant.events import events_of
from trialog.assistant.graph import StraightRunner
from trialog.assistant.message import OPTIONAL_FIELDS, Message
from trialog.operation import faults


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without a network: the actions themselves, by name."""

    def __init__(self) -> None:
        super().__init__(url="in-process://actions")
        self.executor = ActionExecutor()
        self.executor.register_package(actions)


class OwnAction(RemoteAction):
    """An action of ours. One that runs in this process needs no request, and no check of its answer against a JSON schema."""

    async def run(
        self, output_channel: OutputChannel, nlg: NaturalLanguageGenerator, tracker: DialogueStateTracker, domain: Domain
    ) -> list[Event]:
        """What the action says and changes, as Rasa's events."""
        if not isinstance(self.action_endpoint, InProcessActions):
            return list(await super().run(output_channel, nlg, tracker, domain))
        if isinstance(output_channel, Replies) and tracker.latest_message:
            output_channel.heard = tracker.latest_message.parse_data or {}
        act, dispatcher = self.action_endpoint.executor.actions[self.name()], CollectingDispatcher()
        seen = Tracker.from_dict(tracker.current_state(EventVerbosity.ALL))
        try:
            changes = await call_potential_coroutine(act(dispatcher, seen, domain.as_dict()))
        except Exception as error:
            # Rasa goes on without the action and tells nobody.
            faults.report("action", error, self.name())
            raise
        said: list[Event] = await self._utter_responses(dispatcher.messages, output_channel, nlg, tracker)
        return said + events_of(changes or ())


class TrainedDomain(DomainProvider):
    """The domain as a model keeps it: training has checked it, and to check it once more takes a fifth of a start."""

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> TrainedDomain:
        """The domain of the model that is being loaded."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Domain.from_dict(read_yaml_file(folder / "domain.yml")))


# Rasa makes these by their names in its own modules, and has no setting for another.
rasa.core.actions.action.RemoteAction = rasa.core.actions.forms.RemoteAction = OwnAction
rasa.core.processor.DaskGraphRunner = StraightRunner
rasa.graph_components.providers.domain_provider.DomainProvider = TrainedDomain


class Replies(OutputChannel):
    """Collects what the assistant says in one turn, each reply whole."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        # True when an action asks for the conversation to be forgotten: ``"delete": true`` in a reply's ``custom`` part.
        self.delete = False
        # The study that is talked about from now on, where a reply says that: ``"trial"`` in its ``custom`` part.
        self.trial = ""
        # What was understood of the message, while it is answered.
        self.heard: dict[str, Any] = {}
        # True where something that is switched off would have been said.
        self.switched_off = False

    @classmethod
    def name(cls) -> str:
        """Rasa's name of the channel."""
        return "trialog"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one reply: its text, its buttons, and the kind, topic and source its ``custom`` part names."""
        about, text = message.get("custom") or {}, str(message.get("text") or "")
        self.delete = self.delete or about.get("delete") is True
        self.trial = about.get("trial") or self.trial
        if not text.strip():
            return
        buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
        optional = {name: about.get(name) for name in OPTIONAL_FIELDS}
        kind = about.get("kind", "fallback")
        self.messages.append(Message(text, kind, about.get("topic"), about.get("source"), buttons, **optional))


class ReportedGenerator(TemplatedNaturalLanguageGenerator):
    """Rasa's generator of responses; a response that is missing is reported."""

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:
        """The response filled with ``kwargs`` and slots; None if there is none."""
        response: dict[str, Any] | None = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if response is None:
            # The part after the slash may come from a payload.
            faults.report("response", faults.ResponseMissingError(), utter_action.partition("/")[0])
        return response


def quieten() -> None:
    """Keep Rasa's and structlog's chatter out of the log: it repeats what families type."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.getLogger("rasa").setLevel(logging.CRITICAL)
    logging.getLogger("rasa_sdk").setLevel(logging.CRITICAL)
