"""The dialogues of shared conversations, on PostgreSQL.

Each turn writes its own row, and Redis then says which turn's row counts: so both change at once, or neither. Rasa's own
``SQLTrackerStore`` only ever adds events and counts them; what we keep of a dialogue is written anew each turn, without words.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from trialog.operation.stores import STORE_SECONDS, Reach

# PostgreSQL itself gives up, too, what nobody waits for any more.
_MILLISECONDS = round(STORE_SECONDS * 1000)
_CONNECT = {
    "connect_timeout": 2,
    "tcp_user_timeout": _MILLISECONDS,
    "options": f"-c statement_timeout={_MILLISECONDS} -c lock_timeout={_MILLISECONDS}",
}

# Several processes that start at once would make the table twice; any number does that nobody else locks.
_TABLE = """
select pg_advisory_xact_lock(20261130);
create table if not exists trialog_dialogues (
    conversation text not null,
    turn text not null,
    ends timestamptz not null,
    dialogue text not null,
    primary key (conversation, turn)
);
create index if not exists trialog_dialogues_ends on trialog_dialogues (ends);
"""
_READ = "select dialogue from trialog_dialogues where conversation = :conversation and turn = :turn"
_WRITE = """
delete from trialog_dialogues where conversation = :conversation and turn <> :before;
insert into trialog_dialogues values (:conversation, :turn, now() + :seconds * interval '1 second', :dialogue)
"""
_FORGET = "delete from trialog_dialogues where conversation = :conversation"
_EXPIRE = "delete from trialog_dialogues where ends < now()"


class Dialogues:
    """A row for the last turn of each conversation, by the name that Redis knows it by. Raises StoreAwayError."""

    def __init__(self, url: str) -> None:
        """Of the database at ``url``; it connects when it is used, and again when a connection was lost."""
        self._engine = create_engine(url, future=True, pool_pre_ping=True, connect_args=_CONNECT)
        self._reach = Reach(SQLAlchemyError)
        self._making = threading.Lock()
        self._is_made = False

    async def read(self, conversation: str, turn: str) -> str:
        """The dialogue as it was after ``turn``; empty if it is gone."""
        rows = await self._do(_READ, conversation=conversation, turn=turn)
        return str(rows[0][0]) if rows else ""

    async def write(self, conversation: str, turn: str, before: str, dialogue: str, seconds: float) -> None:
        """Keep the dialogue after ``turn`` for ``seconds``, and of the earlier ones that of the turn ``before``, which still counts."""
        await self._do(_WRITE, conversation=conversation, turn=turn, before=before, dialogue=dialogue, seconds=seconds)

    async def forget(self, conversation: str) -> None:
        """Delete all of the conversation."""
        await self._do(_FORGET, conversation=conversation)

    async def expire(self) -> None:
        """Delete what nobody goes on with."""
        await self._do(_EXPIRE)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    async def _do(self, statement: str, **values: Any) -> list[Any]:
        async with self._reach.inside():
            return await asyncio.to_thread(self._now, statement, values)

    def _now(self, statement: str, values: dict[str, Any]) -> list[Any]:
        self._make()
        with self._engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return list(result) if result.returns_rows else []

    def _make(self) -> None:
        with self._making:
            if not self._is_made:
                with self._engine.begin() as connection:
                    connection.execute(text(_TABLE))
                self._is_made = True
