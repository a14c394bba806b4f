"""Rasa's own parts, fitted for one process: how actions are called, replies collected and responses filled."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

import actions
from trialog.assistant.message import OPTIONAL_FIELDS, Message
from trialog.operation import faults


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without a network: calls the rasa-sdk executor directly."""

    def __init__(self) -> None:
        super().__init__(url="in-process://actions")
        self.executor = ActionExecutor()
        self.executor.register_package(actions)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """Run the action that ``json`` names, as an action server would."""
        call = kwargs["json"]
        try:
            return await self.executor.run(call)
        except Exception as error:
            # Rasa goes on without the action and tells nobody.
            faults.report("action", error, call["next_action"])
            raise


class Replies(OutputChannel):
    """Collects what the assistant says in one turn, each reply whole."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        # True when an action asks for the conversation to be forgotten: ``"delete": true`` in a reply's ``custom`` part.
        self.delete = False

    @classmethod
    def name(cls) -> str:
        """Rasa's name of the channel."""
        return "trialog"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one reply: its text, its buttons, and the kind, topic and source its ``custom`` part names."""
        about, text = message.get("custom") or {}, str(message.get("text") or "")
        self.delete = self.delete or about.get("delete") is True
        if not text.strip():
            return
        buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
        optional = {name: about.get(name) for name in OPTIONAL_FIELDS}
        kind = about.get("kind", "fallback")
        self.messages.append(Message(text, kind, about.get("topic"), about.get("source"), buttons, **optional))


class Responses(TemplatedNaturalLanguageGenerator):
    """Rasa's responses; one that is missing is reported."""

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:
        """The response filled with ``kwargs`` and slots; None if there is none."""
        response: dict[str, Any] | None = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if response is None:
            # The part after the slash may come from a payload.
            faults.report("response", faults.ResponseMissingError(), utter_action.partition("/")[0])
        return response
