"""A call in one round trip is whole: it happened and is seen, or it left nothing and its connection is good for the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.postgres import ClonedDatabase
from tools.errors import Busy, InvalidInput
from tools.store.database import CALLS_ABREAST, Database


@pytest.fixture
async def store(database: ClonedDatabase) -> AsyncIterator[Database]:
    opened = Database(database.dsn, pool_size=2)
    await opened.open()
    yield opened
    await opened.close()


async def test_a_call_runs_as_the_service_and_is_committed_when_it_answers(store: Database) -> None:
    rows = await store.call("select current_user::text as who, txid_current()::text as within", {}, swift=True)
    assert rows[0]["who"] == "service_role"
    async with store.session(None) as tx:
        status = await tx.fetch_value("select txid_status(%(it)s::bigint)", {"it": rows[0]["within"]})
    assert status == "committed"


async def test_a_call_that_fails_leaves_its_connection_to_the_next(store: Database) -> None:
    for _ in range(CALLS_ABREAST * 3):
        with pytest.raises(InvalidInput):
            await store.call("select 1 / %(nothing)s::integer as part", {"nothing": 0}, swift=True)
    assert await store.call("select 1 as one", {}, swift=True) == [{"one": 1}]


async def test_a_call_given_up_midway_leaves_its_connection_to_the_next(store: Database) -> None:
    for _ in range(CALLS_ABREAST):
        waiting = asyncio.create_task(store.call("select pg_sleep(30)::text as slept", {}, swift=True))
        await asyncio.sleep(0.3)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(10):
        assert await store.call("select 1 as one", {}, swift=True) == [{"one": 1}]


async def test_swift_calls_do_not_wait_for_the_pool(store: Database) -> None:
    async with store.session(None), store.session(None):
        async with asyncio.timeout(5):
            assert await store.call("select 1 as one", {}, swift=True) == [{"one": 1}]


async def test_a_call_that_meets_a_lock_says_busy(store: Database) -> None:
    async with store.session(None) as tx:
        await tx.fetch_value("select pg_advisory_xact_lock(42)")
        with pytest.raises(Busy):
            await store.call(
                "select set_config('lock_timeout', '50ms', true), pg_advisory_xact_lock(42)::text as got",
                {},
                swift=True,
            )
