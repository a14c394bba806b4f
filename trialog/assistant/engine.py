"""The trained assistant as one async object: message in, replies out.

The Rasa ``Agent`` and the actions run in this process. Whatever breaks, the family gets a reply, and the log gets the
reason without the message text.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.model import get_latest_model

from trialog.assistant.buttons import Buttons
from trialog.assistant.conversations import (
    BusyError,
    Conversation,
    Conversations,
    UnknownConversationError,
    digest_of,
    room_of,
)
from trialog.assistant.counting import Counting
from trialog.assistant.gate import Gate
from trialog.assistant.graph import component_of
from trialog.assistant.in_memory import ConversationsInMemory
from trialog.assistant.isolation import Turns, Work
from trialog.assistant.message import Message
from trialog.assistant.places import NO_NETWORK, LateError
from trialog.assistant.rasa_parts import InProcessActions, Replies, ReportedGenerator, quieten
from trialog.assistant.reading import readable, shortened
from trialog.assistant.standby import Standby
from trialog.assistant.tracker_store import ConversationStore, at_hand
from trialog.assistant.watch import Watch, watched
from trialog.content.deployment import Deployment
from trialog.content.edition import edition_of
from trialog.content.model import Library
from trialog.content.script.kept_back import same_wording
from trialog.nlu.danger.component import DangerRecognizer
from trialog.nlu.evidence import SAFETY
from trialog.operation import faults, metrics
from trialog.operation.counts import Counts
from trialog.operation.faults import StoreAwayError
from trialog.operation.memory import give_memory_back
from trialog.operation.switches import Switches
from trialog.settings import Settings

# A family waits no longer than five seconds for a reply, whatever waits or hangs; the rest is for the way there and back.
REPLY_SECONDS = 4.5

# A message that has not been answered by then is answered at once if it is a cry for help. Its turn goes on.
DANGER_SECONDS = 0.7


class ModelError(Exception):
    """There is no model that can be used; the message says what to do."""


class ModelMissingError(ModelError):
    """No trained model is there."""


class ModelBrokenError(ModelError):
    """The trained model cannot be loaded."""


class Engine:
    """The assistant. Make one with ``load``."""

    def __init__(self, agent: Agent, conversations: Conversations, deployment: Deployment, switches: Switches, counts: Counts) -> None:
        self._agent = agent
        self.conversations = conversations
        self._turns = Turns()
        settings, self.library = deployment.settings, deployment.library
        self.edition = edition_of(settings.content)
        self.switches = switches
        self._gate = Gate(deployment)
        self.counts = counts
        self._counting = Counting(counts, self.library)
        conversations.on_left = self._counting.left
        self._idle_minutes = {"kiosk": settings.kiosk_idle_minutes}
        self._usual_idle_minutes = settings.idle_minutes
        self._buttons = Buttons(agent.domain)
        finder = component_of(agent.processor.graph_runner, DangerRecognizer).finder
        self.standby = Standby(agent.domain.responses, deployment, finder)

    @classmethod
    def load(
        cls,
        settings: Settings,
        library: Library | None = None,
        conversations: Conversations | None = None,
        switches: Switches | None = None,
        counts: Counts | None = None,
    ) -> Engine:
        """Load the newest model of ``settings.models``; ``library`` is the content, where it has been read already.

        ``conversations`` are those that several processes share; without them it has its own, in memory. ``switches``
        and ``counts`` are those of a server; without them nothing is switched off, and counted for the metrics only. Raises
        ModelError if there is no model that can be used, ContentError if the content has faults.
        """
        deployment = Deployment(settings, library) if library else Deployment.load(settings)
        quieten()
        model = get_latest_model(settings.models)
        if model is None:
            raise ModelMissingError(f"there is no trained model in '{settings.models}': run `make train` (or `rasa train`) first")
        conversations = conversations or ConversationsInMemory(room_of(settings))
        try:
            with deployment.handed_in():
                agent = Agent.load(
                    Path(model),
                    tracker_store=ConversationStore(),
                    action_endpoint=InProcessActions(),
                    generator=ReportedGenerator({}),
                )
            engine = cls(agent, conversations, deployment, switches or Switches(), counts or Counts())
        except OSError as error:
            raise ModelBrokenError(f"the model '{model}' cannot be unpacked: {error.strerror or type(error).__name__}") from error
        except Exception as error:
            reason = f"{type(error).__name__} at {faults.place_of_error(error)}"
            raise ModelBrokenError(f"the model '{model}' cannot be used ({reason}): run `trialog train --force`") from error
        if settings.approved_only == "on" and not same_wording(agent.domain.responses):
            raise ModelBrokenError(f"the model '{model}' says other fixed replies than those that were approved: run `trialog train`")
        give_memory_back()
        return engine

    async def start(
        self, conversation: str, trial: str = "", channel: str = "web", country: str = "", network: str = NO_NETWORK
    ) -> list[Message]:
        """Open ``conversation`` about the study ``trial`` and return the welcome; raises FullError, LateError, StoreAwayError.

        ``country`` is the one whose help lines are given; where it has none, those of the configured one. ``network`` is
        where it comes from: the conversations of one network share what it may have.
        """
        minutes = self._idle_minutes.get(channel, self._usual_idle_minutes)
        about = {"trial": trial, "channel": channel, "country": self.library.country_of(country), "edition": self.edition, SAFETY: ""}
        await self.conversations.open(conversation, minutes * 60, network, **about)
        replies, ends = Replies(), _now() + REPLY_SECONDS

        async with self.conversations.turn(conversation, said=False) as live:
            off = self.switches.now()

            async def welcome() -> None:
                processor = self._agent.processor
                with at_hand(live):
                    tracker = await processor.fetch_tracker_with_initial_session(conversation, replies, about)
                    # Without a welcome the session has not begun; the next message begins it.
                    if replies.messages:
                        await processor.save_tracker(tracker)

            try:
                messages = await self._turn(live, welcome, replies, ends)
                self._counting.began(live)
                return self._gate.with_notices(self._gate.welcome(messages, live, off), live, off)
            except LateError:
                await self.conversations.forget(conversation)
                raise

    async def say(self, conversation: str, text: str, key: str | None = None, *, watch: Watch | None = None) -> list[Message]:
        """What the assistant answers to ``text``, in the words the family typed; ``watch`` sees what its turn sees.

        A client that sends a message again under the same ``key`` gets the answer that its first one got, or waits for it.
        Raises BusyError when too many messages wait, LateError when its turn does not come in time, UnknownConversationError
        when the conversation has ended. A sign of danger is answered in any case, and soon.
        """
        typed, country = readable(text), ""
        try:
            live = await self._find(conversation)
            country = live.about["country"]
            answer = _begun(self._handle(conversation, live, typed, key and digest_of(conversation, key, text), watch))
            await asyncio.wait({answer}, timeout=DANGER_SECONDS)
            if not answer.done() and (reply := await self.standby.reply_to_cry(typed, country)):
                return [reply]
            return await asyncio.shield(answer)
        except (BusyError, LateError, StoreAwayError) as error:
            if reply := await self.standby.reply_to_danger(typed, country):
                return [reply]
            if isinstance(error, StoreAwayError):
                return [self.standby.broken(country)]
            raise

    async def press(self, conversation: str, payload: str, key: str | None = None, *, watch: Watch | None = None) -> list[Message]:
        """What the assistant answers to a button's ``payload``, as ``say``; raises ValueError if it is not one of ours."""
        if not self.is_payload(payload):
            raise ValueError("this is not the payload of a button")
        country = ""
        try:
            live = await self._find(conversation)
            country = live.about["country"]
            sent = key and digest_of(conversation, key, payload)
            return await asyncio.shield(_begun(self._handle(conversation, live, payload, sent, watch)))
        except StoreAwayError:
            return [self.standby.broken(country)]

    async def _find(self, conversation: str) -> Conversation:
        live = await self.conversations.find(conversation)
        if live is None:
            raise UnknownConversationError
        return live

    async def slot(self, conversation: str, name: str) -> Any:
        """What the conversation holds in the slot ``name``; None if nothing."""
        return (await self.slots(conversation)).get(name)

    async def slots(self, conversation: str) -> dict[str, Any]:
        """All that the conversation holds, by slot."""
        kept = Conversation({}, dialogue=await self.conversations.dialogue_of(conversation))
        with at_hand(kept):
            return dict((await self._agent.processor.get_tracker(conversation)).current_slot_values())

    def is_silent(self) -> bool:
        """True when messages come and nothing has been answered for half a minute."""
        return self._turns.is_silent()

    async def measure(self) -> None:
        """Bring the gauges of ``metrics`` up to date."""
        with contextlib.suppress(StoreAwayError):
            metrics.CONVERSATIONS.set(await self.conversations.count())
        metrics.STUCK.set(self._turns.stuck())

    def is_payload(self, payload: str) -> bool:
        """True for the payload of a button of ours."""
        return self._buttons.have(payload)

    def close(self) -> None:
        """Let go of what runs beside the turns; other assistants may go on with the conversations."""
        self.standby.close()
        self._turns.close()

    async def _handle(self, conversation: str, found: Conversation, text: str, sent: str | None, watch: Watch | None) -> list[Message]:
        """The answer to ``text``; ``sent`` is what the message is known by if its client may send it again."""
        if sent in found.answers:
            return found.answers[sent]
        replies, ends = Replies(), _now() + REPLY_SECONDS
        waits = found.waiting > 0 or not self._turns.has_room(found.network)
        urgent = waits and await self.standby.reply_to_cry(text, found.about["country"]) is not None
        async with self.conversations.turn(conversation, ends) as live:
            if sent in live.answers:
                return live.answers[sent]
            off = self.switches.now()

            # Not the agent's own way: its lock would stay with a turn that hangs, and this queue is ours.
            async def answer() -> None:
                read = shortened(text, self.standby.is_grave)
                message = UserMessage(read, replies, conversation, metadata=live.about)
                with at_hand(live), watched(watch):
                    if not self._gate.lets_all_through(off):
                        await self._gate.handle(self._agent.processor, message, live, off)
                    else:
                        await self._agent.processor.handle_message(message)

            messages = await self._turn(live, answer, replies, ends, text, urgent)
            self._counting.answered(live, replies, messages)
            messages = self._gate.with_notices(messages, live, off)
            # What the next messages are about: the pipeline looks for the words of one study only.
            live.about["trial"] = replies.trial or live.about["trial"]
            if any(message.kind == SAFETY for message in messages):
                live.about[SAFETY] = "said"
            if sent:
                live.keep(sent, messages)
        if replies.delete:
            await self.conversations.forget(conversation)
        return messages

    async def _turn(
        self, live: Conversation, work: Work, replies: Replies, ends: float, text: str = "", urgent: bool = False
    ) -> list[Message]:
        began = time.perf_counter()
        try:
            await self._turns.run(work, ends, live.network, urgent=urgent)
        except LateError:
            raise
        except Exception as error:
            faults.report("turn", error)
        messages = list(replies.messages)
        if not messages:
            faults.report("turn", faults.SilenceError())
            country = live.about["country"]
            messages = [await self.standby.reply_to_danger(text, country) or self.standby.broken(country)]
        live.offer(payload for message in messages for payload in message.payloads())
        metrics.REPLY_SECONDS.observe(time.perf_counter() - began)
        self._counting.replied(messages)
        return messages


def _now() -> float:
    return asyncio.get_running_loop().time()


def _begun(answer: Coroutine[Any, Any, list[Message]]) -> asyncio.Task[list[Message]]:
    """``answer`` under way; a client that hangs up does not stop it, nor does danger that was answered before."""
    task = asyncio.create_task(answer)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return task
