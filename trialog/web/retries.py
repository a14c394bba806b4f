"""A message that a client sends again because its reply was lost is answered once."""

from __future__ import annotations

import asyncio
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

Answers = dict[str, "asyncio.Task[list[Message]]"]


class Retries:
    """The last answers of each conversation, also those under way; they go when the conversation goes."""

    def __init__(self) -> None:
        # By the key the client gave its message, the oldest first.
        self.answers: WeakKeyDictionary[Conversation, Answers] = WeakKeyDictionary()

    async def once(
        self, conversation: Conversation, key: str | None, answer: Callable[[], Coroutine[Any, Any, list[Message]]]
    ) -> list[Message]:
        """What ``answer`` gives; for a ``key`` that came before what it gave then, also while that is still under way.

        An answer that failed is not kept. Raises what ``answer`` raises.
        """
        if key is None:
            return await answer()
        answers = self.answers.setdefault(conversation, {})
        if key not in answers:
            task = answers[key] = asyncio.create_task(answer())
            task.add_done_callback(lambda done: _keep_the_last(answers, key, done))
        # A client that hangs up does not stop the answer, which another request may wait for.
        return await asyncio.shield(answers[key])


def _keep_the_last(answers: Answers, key: str, done: asyncio.Task[list[Message]]) -> None:
    """Once the answer to ``key`` is ``done``: keep it unless it failed, and no more than the last few."""
    if done.cancelled() or done.exception():
        del answers[key]
    for old in [name for name, answer in answers.items() if answer.done()][:-ANSWERS_KEPT]:
        del answers[old]
