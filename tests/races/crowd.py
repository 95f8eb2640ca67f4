"""Many callers at once for one scarce thing, and what became of each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import psycopg

from tests.office import Office, open_greenroom
from tests.postgres import ClonedDatabase
from tools.errors import AppError, Busy

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"

LOCKED_IN_ORDER = "order by q.id for update) q;"


def without_the_lock(office: Any) -> None:
    """Look, then take: how it is usually done. The constraint that would catch it goes too."""
    _rewrite(office, "order by q.id) q;")
    office.sql("alter table public.quotas drop constraint quotas_never_oversold")


def locking_in_any_order(office: Any) -> None:
    """And slowly, so that two who do meet."""
    _rewrite(office, "order by random() for update) q;", "select q.id, pg_sleep(0.002) from public.quotas q")


def _rewrite(office: Any, locking: str, select: str = "select q.id from public.quotas q") -> None:
    (definition,) = office.sql("select pg_get_functiondef('app.serve(jsonb)'::regprocedure)")[0]
    assert definition.count(LOCKED_IN_ORDER) == definition.count("select q.id from public.quotas q") == 1
    changed = definition.replace(LOCKED_IN_ORDER, locking).replace("select q.id from public.quotas q", select)
    office.sql(changed.replace("%", "%%"))


@asynccontextmanager
async def branches(database: ClonedDatabase, office: Office, how_many: int) -> AsyncIterator[list[Office]]:
    """The same person at several counters: each has a pool and a counter of its own, as processes have."""
    async with AsyncExitStack() as stack:
        yield [
            replace(office, greenroom=await stack.enter_async_context(open_greenroom(database, pool_size=4)))
            for _ in range(how_many)
        ]


@asynccontextmanager
async def watched(office: Office) -> AsyncIterator[list[Any]]:
    """Looks every 50 ms at all quotas in one snapshot; what it finds out of step is in the list."""
    found: list[Any] = []
    looks = 0

    async def watch() -> None:
        nonlocal looks
        async with await psycopg.AsyncConnection.connect(office.admin_dsn, autocommit=True) as connection:
            while True:
                found.extend(await (await connection.execute("select * from app.quota_drift()")).fetchall())
                looks += 1
                await asyncio.sleep(0.05)

    watcher = asyncio.create_task(watch())
    try:
        yield found
    finally:
        watcher.cancel()
        await asyncio.wait([watcher])
        assert looks > 0


async def outcomes(calls: Iterable[Awaitable[Any]]) -> Counter[str]:
    """How often each came out: `done`, or the code of the refusal. What is no refusal is raised."""
    answers = await asyncio.gather(*calls, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, AppError):
            raise answer
    return Counter(answer.code if isinstance(answer, AppError) else "done" for answer in answers)


async def persistently(office: Any, operation: str, /, **data: Any) -> Any:
    """Calls again when told that others are at it, as a client that honours `retry_after` does; without the wait."""
    while True:
        try:
            return await office.do(operation, **data)
        except Busy:
            continue
