"""Where conversations are kept: LangGraph's Postgres saver over its own pool, in the schema `agent`. Touches no other table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from tools.kit.sealing import Sealer
from tools.store.settling import settled
from tools.threads.sealing import ConversationCipher

SCHEMA = "agent"
# Two processes that start at once must not both create the tables.
SETUP_LOCK = 7235003


class Saver(AsyncPostgresSaver):
    """The package's saver without the lock it takes around every cursor: a pool needs none, and the lock made threads queue."""

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        pool = self.conn
        assert isinstance(pool, AsyncConnectionPool)
        async with pool.connection() as connection:
            if pipeline and self.supports_pipeline:
                async with connection.pipeline(), connection.cursor(binary=True, row_factory=dict_row) as cursor:
                    yield cursor
            elif pipeline:
                async with connection.transaction(), connection.cursor(binary=True, row_factory=dict_row) as cursor:
                    yield cursor
            else:
                async with connection.cursor(binary=True, row_factory=dict_row) as cursor:
                    yield cursor


@asynccontextmanager
async def open_saver(dsn: str, *, pool_size: int = 10, fields: Sealer | None = None) -> AsyncIterator[Saver]:
    """A ready saver; its tables are made on the first start. `dsn` is a session's: a transaction pooler would forget the role.

    `fields` seals what is kept; None: with keys that end with this process.
    """
    cipher = ConversationCipher(fields or Sealer.of_the_moment())
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        await _setup_turn(connection)
        async with _pool(dsn, 1) as pool:
            await _saver(pool, cipher).setup()
    async with _pool(dsn, pool_size) as pool:
        yield _saver(pool, cipher)


async def _setup_turn(connection: AsyncConnection[Any]) -> None:
    # Asked again and again, not waited for: a waiting statement would hold up the concurrent index builds of the one that has it.
    while True:
        cursor = await connection.execute("select pg_try_advisory_lock(%s)", (SETUP_LOCK,))
        row = await cursor.fetchone()
        if row and row[0]:
            return
        await asyncio.sleep(0.1)


def _saver(pool: AsyncConnectionPool[AsyncConnection[DictRow]], cipher: ConversationCipher) -> Saver:
    # None: only LangGraph's and LangChain's own types are revived from what is stored, whatever the environment says.
    return Saver(pool, serde=EncryptedSerializer(cipher, JsonPlusSerializer(allowed_msgpack_modules=None)))


def _pool(dsn: str, size: int) -> AsyncConnectionPool[AsyncConnection[DictRow]]:
    return AsyncConnectionPool(
        dsn,
        connection_class=AsyncConnection[DictRow],
        min_size=1,
        max_size=size,
        open=False,
        kwargs={
            "autocommit": True,
            "prepare_threshold": 5,
            "row_factory": dict_row,
            "application_name": "greenroom-agent",
        },
        configure=settled(role="service_role", search_path=SCHEMA),
    )
