"""A message that a client sends again because its reply was lost is answered once; another message under the same key is another."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakKeyDictionary

from trialog.assistant.conversations import Conversation
from trialog.assistant.message import Message

# Answers of one conversation that are kept for a client that lost one on the way; it sends one message after the other.
ANSWERS_KEPT = 8

# What a client names its messages by.
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

# A client's key, and the digest of the message it sent with it.
Key = tuple[str, bytes]

Answers = dict[Key, "asyncio.Task[list[Message]]"]


class Retries:
    """The last answers of each conversation, also those under way; they go when the conversation goes."""

    def __init__(self) -> None:
        # The oldest first.
        self.answers: WeakKeyDictionary[Conversation, Answers] = WeakKeyDictionary()

    async def once(
        self, conversation: Conversation, key: str | None, said: str, answer: Callable[[], Coroutine[Any, Any, list[Message]]]
    ) -> list[Message]:
        """What ``answer`` gives; for a ``key`` that came before with what was ``said``, what it gave then, also while that is under way.

        An answer that failed is not kept. Raises what ``answer`` raises.
        """
        if key is None:
            return await answer()
        answers, message = self.answers.setdefault(conversation, {}), (key, hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())
        if message not in answers:
            task = answers[message] = asyncio.create_task(answer())
            task.add_done_callback(lambda done: _keep_the_last(answers, message, done))
        # A client that hangs up does not stop the answer, which another request may wait for.
        return await asyncio.shield(answers[message])


def _keep_the_last(answers: Answers, key: Key, done: asyncio.Task[list[Message]]) -> None:
    """Once the answer to ``key`` is ``done``: keep it unless it failed, and no more than the last few."""
    if done.cancelled() or done.exception():
        del answers[key]
    for old in [name for name, answer in answers.items() if answer.done()][:-ANSWERS_KEPT]:
        del answers[old]
