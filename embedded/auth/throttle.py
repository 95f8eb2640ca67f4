"""A brake on guessing, per account and per peer, kept in the database: it holds over all processes that serve it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from embedded.auth.problems import AuthProblem, too_many

_WRONG_GUESSES = ("invalid_credentials", "otp_expired", "reauthentication_not_valid")
_LOOK_AGAIN_SECONDS = 0.03


class Throttle:
    """Lets `limit` wrong guesses through per moving window. Pending guesses count as wrong until they are judged:
    guessing in parallel gains nothing, and many right ones at once only wait for each other. What a process that died was
    judging counts as wrong."""

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[Any]], name: str, *, limit: int, window_seconds: int
    ) -> None:
        self._pool = pool
        self._name = name
        self._limit = limit
        self._window = window_seconds

    @asynccontextmanager
    async def guess(self, key: str) -> AsyncIterator[None]:
        """Judge one guess inside; a wrong one counts against `key`. Raises 429 with the seconds to wait."""
        claim = await self._claim(f"{self._name}/{key}")
        wrong = False
        try:
            yield
        except AuthProblem as problem:
            wrong = problem.error_code in _WRONG_GUESSES
            raise
        finally:
            await self._settle(claim, wrong=wrong)

    async def _claim(self, key: str) -> int:
        while True:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(
                    "select claim, opens_in from auth.claim_guess(%s, %s, %s)", (key, self._limit, self._window)
                )
                row = await cursor.fetchone()
            assert row is not None, "the function answers"
            claim, opens_in = row
            if claim is not None:
                return int(claim)
            if opens_in is not None:
                raise too_many(retry_after=int(opens_in) + 1)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _settle(self, claim: int, *, wrong: bool) -> None:
        judged = "update auth.guesses set pending = false where id = %s" if wrong else _TAKEN_BACK
        async with self._pool.connection() as connection:
            await connection.execute(judged, (claim,))


_TAKEN_BACK = "delete from auth.guesses where id = %s"
