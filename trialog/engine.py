"""The trained assistant as one async object: message in, replies out.

The Rasa ``Agent`` and the actions run in this process: ``InProcessActions`` takes the place of the HTTP call to an
action server. Whatever breaks, the family gets a reply, and the log gets the reason without the message text.
"""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.model import get_latest_model
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

import actions
from trialog.content.load import load_library
from trialog.conversations import ConversationStore
from trialog.memory import give_memory_back
from trialog.message import QUESTIONNAIRE_FIELDS, Message
from trialog.settings import Settings

logger = logging.getLogger(__name__)

# A family waits no longer than this for a reply, whatever hangs.
REPLY_SECONDS = 5.0

# Control characters, invisible format characters and unpaired surrogates say nothing.
_UNSAYABLE = ("Cc", "Cf", "Cs", "Co", "Cn")

# Stands for a message in which nothing readable is left; the classifier takes it as gibberish.
_NOTHING = "…"


class ModelMissingError(Exception):
    """No trained model is there; the message says how to get one."""


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without a network: calls the rasa-sdk executor directly."""

    def __init__(self) -> None:
        super().__init__(url="in-process://actions")
        self._executor = ActionExecutor()
        self._executor.register_package(actions)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """Run the action that ``json`` names, as an action server would."""
        return await self._executor.run(kwargs["json"])


class Replies(OutputChannel):
    """Collects what the assistant says in one turn, each reply whole."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """Rasa's name of the channel."""
        return "trialog"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one reply: its text, its buttons, and the kind, topic and source its ``custom`` part names."""
        about = message.get("custom") or {}
        buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
        of_questionnaire = {name: about.get(name) for name in QUESTIONNAIRE_FIELDS}
        self.messages.append(
            Message(
                str(message.get("text") or ""),
                about.get("kind", "fallback"),
                about.get("topic"),
                about.get("source"),
                buttons,
                **of_questionnaire,
            )
        )


class Engine:
    """The assistant. Make one with ``load``."""

    def __init__(self, agent: Agent, conversations: ConversationStore, settings: Settings) -> None:
        self._agent = agent
        self.conversations = conversations
        # Rasa's own intents (restart, back, session_start) are no buttons of ours.
        self._buttons = set(agent.domain.intents) - set(DEFAULT_INTENTS)
        self._emergency = load_library(settings.content).lines_of(settings.country).emergency

    @classmethod
    def load(cls, settings: Settings) -> Engine:
        """Load the newest model of ``settings.models``.

        Raises ModelMissingError if there is none, ContentError if the content has faults.
        """
        load_library(settings.content)
        quieten()
        model = get_latest_model(settings.models)
        if model is None:
            raise ModelMissingError(f"there is no trained model in '{settings.models}': run `make train` (or `rasa train`) first")
        store = ConversationStore(settings.idle_minutes * 60)
        agent = Agent.load(Path(model), tracker_store=store, action_endpoint=InProcessActions())
        give_memory_back()
        return cls(agent, store, settings)

    async def start(self, conversation: str, trial: str = "", channel: str = "web") -> list[Message]:
        """Open ``conversation`` about the study ``trial`` and return the welcome."""
        self.conversations.open(conversation)
        replies = Replies()
        try:
            await asyncio.wait_for(self._start(conversation, replies, {"trial": trial, "channel": channel}), REPLY_SECONDS)
        except Exception as error:
            _log_fault("start", error)
        return replies.messages or [self._broken()]

    async def say(self, conversation: str, text: str) -> list[Message]:
        """What the assistant answers to ``text``, in the words the family typed."""
        return await self._handle(conversation, readable(text))

    async def press(self, conversation: str, payload: str) -> list[Message]:
        """What the assistant answers to a button's ``payload``; raises ValueError if it is not one of ours."""
        name = re.match(r"/([a-z_]+)(\{[^{}]*\})?$", payload)
        if name is None or name[1] not in self._buttons:
            raise ValueError(f"'{payload[:40]}' is not the payload of a button")
        return await self._handle(conversation, payload)

    async def _start(self, conversation: str, replies: Replies, metadata: dict[str, str]) -> None:
        processor = self._agent.processor
        tracker = await processor.fetch_tracker_with_initial_session(conversation, replies, metadata)
        await processor.save_tracker(tracker)

    async def _handle(self, conversation: str, text: str) -> list[Message]:
        replies = Replies()
        async with self.conversations.queue(conversation):
            try:
                await asyncio.wait_for(self._agent.handle_message(UserMessage(text, replies, conversation)), REPLY_SECONDS)
            except Exception as error:
                _log_fault("message", error)
        return replies.messages or [self._broken()]

    def _broken(self) -> Message:
        (variation, *_) = self._agent.domain.responses["utter_broken"]
        return Message(variation["text"].format(emergency=self._emergency), "fallback")


def readable(text: str) -> str:
    """``text`` as the assistant reads it: one line of visible characters, never a Rasa command ("/...")."""
    visible = "".join(" " if ch in "\t\r\n" else ch for ch in text if ch in "\t\r\n" or unicodedata.category(ch) not in _UNSAYABLE)
    return " ".join(unicodedata.normalize("NFC", visible).split()).lstrip("/ ") or _NOTHING


def quieten() -> None:
    """Keep Rasa's and structlog's chatter out of the log: it repeats what families type."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.getLogger("rasa").setLevel(logging.CRITICAL)
    logging.getLogger("rasa_sdk").setLevel(logging.CRITICAL)


def _log_fault(where: str, error: Exception) -> None:
    """Log what broke and where in the code, never the error's own text: it may hold what the family typed."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    logger.error("a %s could not be handled: %s at %s", where, type(error).__name__, place)
