"""The only road to Postgres: a pool, and transactions that run as the caller under row-level security. Knows no noun."""

from __future__ import annotations

import copy
import json
import select
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import orjson
import psycopg
from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row, scalar_row
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from tools.errors import CONSTRAINTS, AppError, Busy, Conflict, Forbidden, InvalidInput, NotFound, Upstream
from tools.kit.dsn import through_transaction_pooler
from tools.kit.sealing import Sealer
from tools.store.settling import IDLE_TIMEOUT, LOCK_TIMEOUT, STATEMENT_TIMEOUT, settled

Row = TypeVar("Row")

set_json_loads(orjson.loads)
Params = Mapping[str, Any]

CALLS_ABREAST = 2
"""Swift calls under way at once in one process, each on a connection of its own: while Postgres serves one, the next is made ready and
waits there for its rows. A third would only wait."""

_CLAIM: LiteralString = "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)"
# A transaction pooler knows no session, so each transaction brings along what a session would have been told.
_CLAIM_AND_LIMITS: LiteralString = _CLAIM + (
    f", set_config('lock_timeout', '{LOCK_TIMEOUT}', true), set_config('statement_timeout', '{STATEMENT_TIMEOUT}', true),"
    f" set_config('idle_in_transaction_session_timeout', '{IDLE_TIMEOUT}', true), set_config('timezone', 'UTC', true)"
)


class Serialization(AppError):
    """Two transactions met; the operation is run again. Reaches a caller only when that keeps happening."""

    code = "busy"
    status = 409
    title = "Others are changing the same thing"
    retryable = True


def to_app_error(error: psycopg.Error) -> AppError:
    """What a database error means in the trade: by constraint name first, then by SQLSTATE. No SQL text leaves."""
    diagnostic = error.diag
    named = CONSTRAINTS.get(diagnostic.constraint_name or "")
    if named is not None:
        return named(details=_details(diagnostic.message_detail))
    match error.sqlstate or "":
        case "40001" | "40P01":
            return Serialization(retry_after=1)
        case "55P03" | "57014":
            return Busy("Others are working on the same thing right now.", retry_after=1)
        case "42501":
            return Forbidden()
        case "P0002":
            return NotFound()
        case "23503":
            return Conflict("Something else still depends on it.", remedy="Remove or cancel what depends on it first.")
        case "23505":
            return Conflict("It exists already.", remedy="Use the existing one or choose another name.")
        case state if state.startswith("23"):
            return Conflict()
        case state if state.startswith("22"):
            return InvalidInput("A value is outside what can be stored.")
        case state if state.startswith(("08", "53", "57", "")) and isinstance(error, psycopg.OperationalError):
            return Upstream("The database did not answer.", retry_after=2)
        case _:
            raise error


def _details(text: str | None) -> dict[str, Any]:
    if not text or not text.startswith("{"):
        return {}
    found: dict[str, Any] = json.loads(text)
    return found


class Transaction:
    """One open transaction. Queries take named parameters; rows come as the model asked for."""

    def __init__(self, connection: AsyncConnection[Any], fields: Sealer) -> None:
        self._connection = connection
        self.fields = fields

    async def fetch_all(self, query: LiteralString, params: Params | None = None, *, row: type[Row]) -> list[Row]:
        try:
            async with self._connection.cursor(row_factory=class_row(row)) as cursor:
                await cursor.execute(query, params)
                return await cursor.fetchall()
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def fetch_one(self, query: LiteralString, params: Params | None = None, *, row: type[Row]) -> Row | None:
        try:
            async with self._connection.cursor(row_factory=class_row(row)) as cursor:
                await cursor.execute(query, params)
                return await cursor.fetchone()
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def fetch_dicts(self, query: LiteralString, params: Params | None = None) -> list[dict[str, Any]]:
        try:
            async with self._connection.cursor(row_factory=dict_row) as cursor:
                await cursor.execute(query, params)
                return await cursor.fetchall()
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def stream(
        self, query: LiteralString, params: Params | None = None, *, batch: int
    ) -> AsyncGenerator[list[dict[str, Any]], None]:
        """Any number of rows through a cursor on the server, `batch` at a time. Close it (`aclosing`) when it is left early."""
        try:
            async with self._connection.cursor(name="stream", row_factory=dict_row) as cursor:
                await cursor.execute(query, params)
                while rows := await cursor.fetchmany(batch):
                    yield rows
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def fetch_value(self, query: LiteralString, params: Params | None = None) -> Any:
        """The first column of the first row, or None."""
        try:
            async with self._connection.cursor(row_factory=scalar_row) as cursor:
                await cursor.execute(query, params)
                return await cursor.fetchone()
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def execute(self, query: LiteralString, params: Params | None = None) -> int:
        """Answers how many rows it touched."""
        try:
            cursor = await self._connection.execute(query, params)
            return cursor.rowcount
        except psycopg.Error as error:
            raise to_app_error(error) from error

    @asynccontextmanager
    async def savepoint(self, *, keep: bool = True) -> AsyncIterator[None]:
        """Part of the transaction that is undone alone when it fails, or always when `keep` is False (a preview)."""
        async with self._connection.transaction(force_rollback=not keep):
            yield


class Database:
    """The application's pool. Connections leave it only through `session`, so no query can forget whose it is."""

    def __init__(
        self,
        dsn: str,
        *,
        pool_size: int = 10,
        pooled_transactions: bool | None = None,
        fields: Sealer | None = None,
    ) -> None:
        """`pooled_transactions`: there is a transaction pooler on the way. None: when the port is that of Supabase's.

        `fields` seals what repositories keep sealed; None: with keys that end with this process.
        """
        self.fields = fields or Sealer.of_the_moment()
        pooled = through_transaction_pooler(dsn) if pooled_transactions is None else pooled_transactions
        self._claim = _CLAIM_AND_LIMITS if pooled else _CLAIM
        self._pool = _pool(dsn, at_least=min(2, pool_size), at_most=pool_size, pooled=pooled)
        # Apart, so that a swift call waits for nobody's long read, and meets a session that has planned its statement already.
        self._lane = _pool(dsn, at_least=0, at_most=CALLS_ABREAST, pooled=pooled)

    def sealing_with(self, fields: Sealer) -> Database:
        """The same pool with other keys."""
        other = copy.copy(self)
        other.fields = fields
        return other

    async def open(self) -> None:
        await self._pool.open(wait=True, timeout=20)
        await self._lane.open()

    async def close(self) -> None:
        await self._lane.close()
        await self._pool.close()

    @asynccontextmanager
    async def session(
        self,
        user_id: UUID | None,
        *,
        stranger: bool = False,
        opening: tuple[LiteralString, Params] | None = None,
    ) -> AsyncIterator[Session]:
        """A transaction as the signed-in person (`authenticated`); without one as a `stranger` (`anon`) or as the service.

        Commits when the block ends, rolls back when it raises. `opening` travels with BEGIN and the claims in one round
        trip; its rows are `Session.opened`.
        """
        role = "authenticated" if user_id else "anon" if stranger else "service_role"
        claims = json.dumps({"sub": str(user_id), "role": role} if user_id else {"role": role})
        try:
            async with _connection(self._pool) as connection:
                opened = await self._begin(connection, role, claims, opening)
                try:
                    yield Session(connection, opened, self.fields)
                except BaseException:
                    await connection.rollback()
                    raise
                await connection.execute("commit")
        except PoolTimeout as error:
            raise Upstream("The database is busy.", retry_after=2) from error
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def call(self, statement: LiteralString, params: Params, *, swift: bool = False) -> list[dict[str, Any]]:
        """The rows of one statement in a transaction of its own as the service, in one round trip: no lock waits for us to commit.

        A `swift` one waits for no lock for long; it has connections of its own. Raises as a session does; Upstream when nobody
        knows whether it was committed.
        """
        try:
            async with _connection(self._lane if swift else self._pool) as connection:
                try:
                    async with connection.pipeline(), connection.cursor(row_factory=dict_row) as cursor:
                        await self._claim_it(connection, "service_role", json.dumps({"role": "service_role"}))
                        await cursor.execute(statement, params)
                        await connection.execute("commit")
                        return await cursor.fetchall()
                except BaseException:
                    await connection.rollback()
                    raise
        except PoolTimeout as error:
            raise Upstream("The database is busy.", retry_after=2) from error
        except psycopg.Error as error:
            raise to_app_error(error) from error

    async def _begin(
        self,
        connection: AsyncConnection[Any],
        role: str,
        claims: str,
        opening: tuple[LiteralString, Params] | None,
    ) -> list[dict[str, Any]]:
        async with connection.pipeline(), connection.cursor(row_factory=dict_row) as cursor:
            await self._claim_it(connection, role, claims)
            if opening is None:
                return []
            await cursor.execute(opening[0], opening[1])
            return await cursor.fetchall()

    async def _claim_it(self, connection: AsyncConnection[Any], role: str, claims: str) -> None:
        """Opens a transaction that is somebody's."""
        await connection.execute("begin")
        await connection.execute(self._claim, (role, claims))


class Session(Transaction):
    def __init__(self, connection: AsyncConnection[Any], opened: list[dict[str, Any]], fields: Sealer) -> None:
        super().__init__(connection, fields)
        self.opened = opened


def _pool(dsn: str, *, at_least: int, at_most: int, pooled: bool) -> AsyncConnectionPool[AsyncConnection[Any]]:
    return AsyncConnectionPool(
        dsn,
        min_size=at_least,
        max_size=at_most,
        open=False,
        timeout=10,
        kwargs={
            "autocommit": True,
            # Named prepared statements do not survive a transaction pooler.
            "prepare_threshold": None if pooled else 5,
            "application_name": "greenroom",
            "keepalives_idle": 20,
        },
        configure=None if pooled else settled(timezone="UTC"),
    )


@asynccontextmanager
async def _connection(pool: AsyncConnectionPool[AsyncConnection[Any]]) -> AsyncIterator[AsyncConnection[Any]]:
    """A live connection. One that died idle (a restarted Postgres) is thrown away here, not by a check on every call."""
    connection = await pool.getconn()
    while connection.closed or connection.pgconn.status != psycopg.pq.ConnStatus.OK or _peer_is_gone(connection):
        await connection.close()
        await pool.putconn(connection)
        connection = await pool.getconn()
    try:
        yield connection
    finally:
        await pool.putconn(connection)


def _peer_is_gone(connection: AsyncConnection[Any]) -> bool:
    """An idle connection has nothing to read; a readable one brings the server's goodbye."""
    readable, _, _ = select.select([connection.fileno()], [], [], 0)
    return bool(readable)
