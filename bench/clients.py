"""Many clients of a server at once, and how long each of their messages takes."""

from __future__ import annotations

import asyncio
import secrets
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import aiohttp

# Messages of one conversation: 2,000 messages are those of 500 conversations.
IN_ONE_CONVERSATION = 4

# What the sentence of a fault says (data/responses).
_BROKEN = "something went wrong on my side"

_SECONDS = aiohttp.ClientTimeout(total=60)


class Trialog:
    """Speaks to ``trialog serve``."""

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """The path of a new conversation."""
        async with session.post("/api/conversations", json={}) as response:
            response.raise_for_status()
            return f"/api/conversations/{(await response.json())['id']}/messages"

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> bool:
        """True if there was an answer."""
        async with session.post(conversation, json={"text": text}) as response:
            return response.status == 200 and not is_broken(await response.json())


class Stock:
    """Speaks to ``rasa run`` with its REST channel."""

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """A new sender; stock Rasa takes whatever a client calls itself."""
        return secrets.token_urlsafe(8)

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> bool:
        """True if there was an answer."""
        async with session.post("/webhooks/rest/webhook", json={"sender": conversation, "message": text}) as response:
            return response.status == 200 and bool(await response.json())


class Floor:
    """Speaks to ``bench.floor``."""

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """The one path there is."""
        return "/"

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> bool:
        """True if there was an answer."""
        async with session.post(conversation, json={"text": text}) as response:
            return response.status == 200 and bool(await response.json())


def is_broken(answer: Any) -> bool:
    """True if an answer of Trialog only says that something broke."""
    return any(_BROKEN in message["text"] for message in answer["messages"])


Speaker = Trialog | Stock | Floor


@dataclass(frozen=True)
class Load:
    """How so many clients were served."""

    milliseconds: Sequence[float]
    errors: int
    seconds: float

    def figures(self) -> dict[str, float]:
        """As plain data."""
        ordered = sorted(self.milliseconds)
        return {
            "messages": len(ordered),
            "errors": self.errors,
            "median ms": round(statistics.median(ordered), 1),
            "95 of 100 ms": round(ordered[int(0.95 * len(ordered))], 1),
            "messages a second": round(len(ordered) / self.seconds, 1),
        }


def load(base: str, speaker: Speaker, clients: int, messages: int, questions: Sequence[str], pause: float = 0.0) -> Load:
    """``messages`` of so many ``clients`` at once, each of which waits for its answer and then ``pause`` seconds."""
    return asyncio.run(_load(base, speaker, clients, messages, questions, pause))


async def _load(base: str, speaker: Speaker, clients: int, messages: int, questions: Sequence[str], pause: float) -> Load:
    milliseconds: list[float] = []
    errors = 0
    left = iter(range(messages // IN_ONE_CONVERSATION))
    asked = cycle(questions)

    async def client(session: aiohttp.ClientSession, number: int) -> None:
        nonlocal errors
        await asyncio.sleep(pause * number / clients)
        for _ in left:
            try:
                conversation = await speaker.begin(session)
            except aiohttp.ClientResponseError:
                errors += 1
                continue
            for text in _next(asked):
                began = time.perf_counter()
                errors += not await speaker.say(session, conversation, text)
                milliseconds.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(pause)

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(base, connector=connector, timeout=_SECONDS) as session:
        began = time.perf_counter()
        await asyncio.gather(*(client(session, number) for number in range(clients)))
        return Load(milliseconds, errors, time.perf_counter() - began)


def _next(asked: Iterator[str]) -> list[str]:
    return [next(asked) for _ in range(IN_ONE_CONVERSATION)]
