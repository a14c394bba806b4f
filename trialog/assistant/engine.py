"""The trained assistant as one async object: message in, replies out.

The Rasa ``Agent`` and the actions run in this process. Whatever breaks, the family gets a reply, and the log gets the
reason without the message text.
"""

from __future__ import annotations

import json
import logging
import re
import time
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.model import get_latest_model
from rasa.shared.core.constants import DEFAULT_INTENTS

from trialog.assistant.conversations import Conversations
from trialog.assistant.isolation import Turns, Work
from trialog.assistant.message import Message
from trialog.assistant.rasa_parts import InProcessActions, Replies, ReportedGenerator
from trialog.assistant.tracker_store import CODE, ConversationStore
from trialog.content.deployment import Deployment
from trialog.content.model import WORD_PREFIX, HelpLines, Library
from trialog.content.replies.safety import broken
from trialog.content.wording import Variation, Wording
from trialog.operation import faults, metrics
from trialog.operation.memory import give_memory_back
from trialog.settings import Settings

# A family waits no longer than five seconds for a reply, whatever hangs; the rest is for the way there and back.
REPLY_SECONDS = 4.5

# With so many turns stuck the process should be started anew.
MOST_STUCK = 8

# Control characters, invisible format characters and unpaired surrogates say nothing.
_UNSAYABLE = ("Cc", "Cf", "Cs", "Co", "Cn")

# Stands for a message in which nothing readable is left; the classifier takes it as gibberish.
_NOTHING = "…"


class ModelError(Exception):
    """There is no model that can be used; the message says what to do."""


class ModelMissingError(ModelError):
    """No trained model is there."""


class ModelBrokenError(ModelError):
    """The trained model cannot be loaded."""


class Engine:
    """The assistant. Make one with ``load``."""

    def __init__(self, agent: Agent, conversations: Conversations, deployment: Deployment) -> None:
        self._agent = agent
        self.conversations = conversations
        self._turns = Turns()
        settings, self.library = deployment.settings, deployment.library
        self._idle_minutes = {"kiosk": settings.kiosk_idle_minutes}
        self._usual_idle_minutes = settings.idle_minutes
        # Rasa's own intents (restart, back, session_start) are no buttons of ours.
        self._buttons = set(agent.domain.intents) - set(DEFAULT_INTENTS)
        # Made now, for each country: when it is needed, anything may be broken.
        self._broken = {
            country: _broken(agent.domain.responses, self.library.lines_of(country, settings.country))
            for country in ("", *self.library.help_lines)
        }

    @classmethod
    def load(cls, settings: Settings, library: Library | None = None) -> Engine:
        """Load the newest model of ``settings.models``; ``library`` is the content, where it has been read already.

        Raises ModelError if there is none that can be used, ContentError if the content has faults.
        """
        deployment = Deployment(settings, library) if library else Deployment.load(settings)
        quieten()
        model = get_latest_model(settings.models)
        if model is None:
            raise ModelMissingError(f"there is no trained model in '{settings.models}': run `make train` (or `rasa train`) first")
        conversations = Conversations(settings.max_conversations)
        try:
            with deployment.handed_in():
                agent = Agent.load(
                    Path(model),
                    tracker_store=ConversationStore(conversations),
                    action_endpoint=InProcessActions(),
                    generator=ReportedGenerator({}),
                )
            engine = cls(agent, conversations, deployment)
        except OSError as error:
            raise ModelBrokenError(f"the model '{model}' cannot be unpacked: {error.strerror or type(error).__name__}") from error
        except Exception as error:
            reason = f"{type(error).__name__} at {faults.place_of_error(error)}"
            raise ModelBrokenError(f"the model '{model}' cannot be used ({reason}): run `trialog train --force`") from error
        give_memory_back()
        return engine

    async def start(self, conversation: str, trial: str = "", channel: str = "web", country: str = "") -> list[Message]:
        """Open ``conversation`` about the study ``trial`` and return the welcome; raises FullError.

        ``country`` is the one whose help lines are given; where it has none, those of the configured one.
        """
        minutes = self._idle_minutes.get(channel, self._usual_idle_minutes)
        self.conversations.open(conversation, minutes * 60, trial=trial, channel=channel, country=self.library.country_of(country))
        replies = Replies()

        async def welcome(about: dict[str, str]) -> None:
            processor = self._agent.processor
            tracker = await processor.fetch_tracker_with_initial_session(conversation, replies, about)
            # Without a welcome the session has not begun; the next message begins it.
            if replies.messages:
                await processor.save_tracker(tracker)

        async with self.conversations.turn(conversation) as about:
            return await self._turn(lambda: welcome(about), replies, about)

    async def say(self, conversation: str, text: str) -> list[Message]:
        """What the assistant answers to ``text``, in the words the family typed.

        Raises BusyError when too many messages wait, UnknownConversationError when the conversation has ended.
        """
        return await self._handle(conversation, readable(text))

    async def press(self, conversation: str, payload: str) -> list[Message]:
        """What the assistant answers to a button's ``payload``, as ``say``; raises ValueError if it is not one of ours."""
        if not self.is_payload(payload):
            raise ValueError("this is not the payload of a button")
        return await self._handle(conversation, payload)

    async def slot(self, conversation: str, name: str) -> Any:
        """What the conversation holds in the slot ``name``; None if nothing."""
        return (await self._agent.processor.get_tracker(conversation)).get_slot(name)

    def is_stuck(self) -> bool:
        """True when so many turns hang that the process should be started anew."""
        return self._turns.stuck() >= MOST_STUCK

    def measure(self) -> None:
        """Bring the gauges of ``metrics`` up to date."""
        metrics.CONVERSATIONS.set(len(self.conversations))
        metrics.STUCK.set(self._turns.stuck())

    def is_payload(self, payload: str) -> bool:
        """A button of ours, with entities of the domain that hold nothing but codes: no place to leave a text."""
        parts = re.fullmatch(r"/([a-z_]{1,40})(\{[^{}]{0,200}\})?", payload)
        if parts is None or parts[1] not in self._buttons:
            return False
        try:
            values = json.loads(parts[2] or "{}")
        except ValueError:
            return False
        return all(
            name in self._agent.domain.entities and isinstance(value, str) and CODE.fullmatch(value) for name, value in values.items()
        )

    async def _handle(self, conversation: str, text: str) -> list[Message]:
        replies = Replies()
        async with self.conversations.turn(conversation) as about:
            # Not the agent's own way: its lock would stay with a turn that hangs, and this queue is ours.
            message = UserMessage(text, replies, conversation, metadata=about)
            messages = await self._turn(lambda: self._agent.processor.handle_message(message), replies, about)
        if replies.delete:
            self.conversations.forget(conversation)
        return messages

    async def _turn(self, work: Work, replies: Replies, about: dict[str, str]) -> list[Message]:
        began = time.perf_counter()
        try:
            await self._turns.run(work, REPLY_SECONDS)
        except Exception as error:
            faults.report("turn", error)
        messages = list(replies.messages)
        if not messages:
            faults.report("turn", faults.SilenceError())
            messages = [self._broken[about["country"]]]
        metrics.REPLY_SECONDS.observe(time.perf_counter() - began)
        for message in messages:
            metrics.REPLIES.labels(message.kind, self._group(message.topic)).inc()
        return messages

    def _group(self, topic: str | None) -> str:
        """The group a topic is counted in: its kind in topics.yml."""
        known = self.library.topics.get(topic or "")
        return "word" if (topic or "").startswith(WORD_PREFIX) else known.kind if known else "none"


def _broken(responses: Mapping[str, Sequence[Variation]], lines: HelpLines) -> Message:
    """The reply to a turn that failed."""
    _, text = next(Wording(responses).texts(broken(lines)))
    return Message(text, "fallback")


def readable(text: str) -> str:
    """``text`` as the assistant reads it: one line of visible characters, never a Rasa command ("/...")."""
    visible = "".join(" " if ch in "\t\r\n" else ch for ch in text if ch in "\t\r\n" or unicodedata.category(ch) not in _UNSAYABLE)
    return " ".join(unicodedata.normalize("NFC", visible).split()).lstrip("/ ") or _NOTHING


def quieten() -> None:
    """Keep Rasa's and structlog's chatter out of the log: it repeats what families type."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.getLogger("rasa").setLevel(logging.CRITICAL)
    logging.getLogger("rasa_sdk").setLevel(logging.CRITICAL)
