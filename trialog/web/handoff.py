"""Tells a system of the hospital's own that a family asks for a person: about which study, over which channel, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from aiohttp import ClientError, ClientSession, ClientTimeout

from trialog.assistant.message import Message
from trialog.operation import faults

# The reply to somebody who asks for a person.
TOPIC = "human_handoff"

# Nobody waits for it; a system that is slower has a fault that its people should hear of.
SECONDS = 5


class Handoff:
    """Posts to ``address``; to an empty one nothing."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._under_way: set[asyncio.Task[None]] = set()

    def look(self, messages: Iterable[Message], study: str, channel: str) -> None:
        """Tell of it where ``messages`` answer a family that asks for a person. The family's reply does not wait for that."""
        if not self._address or all(message.topic != TOPIC for message in messages):
            return
        task = asyncio.create_task(self._tell({"event": "person_asked_for", "study": study, "channel": channel}))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _tell(self, told: dict[str, str]) -> None:
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
                session.post(self._address, json=told, allow_redirects=False, raise_for_status=True),
            ):
                pass
        except (ClientError, TimeoutError) as error:
            faults.report("handoff", error)

    async def close(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way)
