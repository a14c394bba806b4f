"""How Redis is reached. Imported only where it is set: its client takes memory."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError

from trialog.operation import faults
from trialog.operation.faults import StoreAwayError

# A store of the same house answers within a millisecond.
STORE_SECONDS = 1.5

# One that did not is not asked again for so long.
LEFT_ALONE_SECONDS = 0.5

# Before the names of all that is kept there: others may use the same Redis.
PREFIX = "trialog"

_NAME_BYTES = 16


def connect(url: str) -> Redis[str]:
    """A client of the Redis at ``url``; it connects when it is used."""
    # Once more at once: when Redis has been started anew each connection of before is found broken first.
    return Redis.from_url(url, decode_responses=True, retry=Retry(NoBackoff(), 1), retry_on_error=[ConnectionError])


def name_of(text: str) -> str:
    """What is known under ``text`` is kept under this name. An id cannot be had from it, so whoever reads a store can use none."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_NAME_BYTES).hexdigest()


class Reach:
    """A store as this process finds it: there, or away. So that nobody waits for it twice, one that was away is left alone for a moment."""

    def __init__(self, *errors: type[Exception]) -> None:
        """``errors`` are those of its client."""
        self._errors: tuple[type[Exception], ...] = (*errors, OSError, TimeoutError)
        self._away_until = 0.0

    @contextlib.asynccontextmanager
    async def inside(self) -> AsyncIterator[None]:
        """What is done inside is given up in time; raises StoreAwayError."""
        now = asyncio.get_running_loop().time
        if now() < self._away_until:
            raise StoreAwayError
        try:
            async with asyncio.timeout(STORE_SECONDS):
                yield
        except self._errors as error:
            self._away_until = now() + LEFT_ALONE_SECONDS
            faults.report("store", error)
            raise StoreAwayError from error


class Script:
    """Lua that runs in Redis as a whole: nobody changes what it has read before it writes."""

    def __init__(self, redis: Redis[str], file: Path) -> None:
        self._redis = redis
        self._reach = Reach(RedisError)
        self._script = redis.register_script(file.read_text(encoding="utf-8"))

    async def run(self, *arguments: str | float) -> Any:
        """What the script gives for ``arguments``; raises StoreAwayError."""
        async with self._reach.inside():
            return await self._script(keys=[PREFIX], args=list(arguments))

    async def close(self) -> None:
        """Close the connections of its client."""
        await self._redis.close(close_connection_pool=True)
