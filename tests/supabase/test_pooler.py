"""Behind a pooler that lends a server connection per transaction the service does all it does; what needs a session gets one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from agent.checkpoints import open_saver
from tests.office import Office, found_organization, open_greenroom
from tests.postgres import ClonedDatabase
from tests.supabase.bouncer import SERVER_CONNECTIONS, Bouncer, bouncer
from tests.supabase.project import Project
from tools.errors import AppError
from tools.store.database import Database

CLIENTS, TURNS = 20, 3
START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"


@pytest.fixture(scope="module")
def pooled(migrated_project: Project) -> Iterator[Bouncer]:
    with bouncer(migrated_project.database, "transaction") as running:
        yield running


@asynccontextmanager
async def clients(database: ClonedDatabase) -> AsyncIterator[list[Office]]:
    """One organisation, worked in by as many services as there are clients, each with connections of its own."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(open_greenroom(database, pool_size=1))
        office = await found_organization(first, database.admin_dsn)
        yield [office] + [
            replace(office, greenroom=await stack.enter_async_context(open_greenroom(database, pool_size=1)))
            for _ in range(CLIENTS - 1)
        ]


async def day_at_work(office: Office, event: str, ticket_type: str, number: int) -> list[str]:
    """What a client does, and what it heard each time."""
    heard = []
    for turn in range(TURNS):
        sale = {"event": event, "ticket_type": ticket_type, "quantity": 1, "payment_method": "card"}
        steps: list[tuple[str, dict[str, Any]]] = [
            ("sell_tickets", {**sale, "buyer": f"Ann <ann{number}.{turn}@example.org>"}),
            ("list_orders", {"event": event}),
            ("list_events", {}),
        ]
        for name, data in steps:
            heard.append(await _told(name, office.do(name, **data)))
    proposal = await office.propose(("create_venue", {"name": f"Room {number}"}))
    heard.append(await _told("approve_proposal", office.approve(proposal)))
    return heard


async def _told(name: str, call: Any) -> str:
    try:
        await call
    except AppError as refused:
        return f"{name}: {refused.code}"
    return name


async def test_twenty_clients_work_over_four_server_connections(pooled: Bouncer) -> None:
    async with clients(pooled.database) as offices, _watched(pooled) as most:
        event = await offices[0].do("create_event", name="Gala", start_date=START, end_date=END)
        made = await offices[0].do(
            "create_ticket_type", event=str(event.id), name="Stalls", price_amount=1000, quantity=CLIENTS * TURNS
        )
        days = [day_at_work(office, str(event.id), str(made.id), number) for number, office in enumerate(offices)]
        heard = Counter(word for day in await asyncio.gather(*days) for word in day)
    assert heard == {
        "sell_tickets": CLIENTS * TURNS, "list_orders": CLIENTS * TURNS, "list_events": CLIENTS * TURNS,
        "approve_proposal": CLIENTS,
    }  # fmt: skip
    made_of = "select (select count(*) from public.tickets where org_id = %s), (select count(*) from public.venues where org_id = %s)"
    assert offices[0].sql(made_of, offices[0].org_id, offices[0].org_id) == [(CLIENTS * TURNS, CLIENTS)]
    assert 1 < max(most) <= SERVER_CONNECTIONS


async def test_control_with_prepared_statements_the_pooler_loses_calls(pooled: Bouncer) -> None:
    failures: Counter[str] = Counter()

    async def calls(number: int) -> None:
        store = Database(pooled.raw, pool_size=1, pooled_transactions=False)
        await store.open()
        try:
            for _ in range(15):
                try:
                    await store.call("select %(number)s::integer as number", {"number": number}, swift=number % 2 == 0)
                except (AppError, psycopg.Error) as error:
                    failures[type(error).__name__] += 1
        finally:
            await store.close()

    await asyncio.gather(*(calls(number) for number in range(CLIENTS)))
    assert failures["DuplicatePreparedStatement"] + failures["InvalidSqlStatementName"] > 0, failures


async def test_a_swift_call_goes_through_the_pooler_and_its_limits_with_it(pooled: Bouncer) -> None:
    store = Database(pooled.raw, pool_size=1)
    await store.open()
    try:
        for _ in range(20):
            (row,) = await store.call(_WHO, {}, swift=True)
            assert row == {"who": "service_role", "lock": "3s", "statement": "15s", "idle": "1min", "zone": "UTC"}
        async with store.session(uuid4()) as tx:
            assert await tx.fetch_value("select current_user::text") == "authenticated"
            assert await tx.fetch_value("show lock_timeout") == "3s"
    finally:
        await store.close()


_WHO = (
    "select current_user::text as who, current_setting('lock_timeout') as lock, current_setting('timezone') as zone,"
    " current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle"
)


async def test_nobody_inherits_a_role_or_claims_from_the_client_before(pooled: Bouncer) -> None:
    store = Database(pooled.raw, pool_size=SERVER_CONNECTIONS)
    await store.open()
    try:
        for _ in range(SERVER_CONNECTIONS * 2):
            async with store.session(uuid4()):
                pass
        async with await psycopg.AsyncConnection.connect(pooled.raw, autocommit=True, prepare_threshold=None) as other:
            for _ in range(SERVER_CONNECTIONS * 2):
                cursor = await other.execute("select current_user, current_setting('request.jwt.claims', true)")
                who, claims = await cursor.fetchone() or ("", "")
                assert (who, claims or "") == ("greenroom", "")
    finally:
        await store.close()


async def test_any_number_of_rows_are_streamed_through_the_pooler(pooled: Bouncer) -> None:
    store = Database(pooled.raw, pool_size=2)
    await store.open()
    try:
        async with store.session(None) as tx:
            batches = [len(rows) async for rows in tx.stream("select generate_series(1, 2500) as n", batch=1000)]
        assert batches == [1000, 1000, 500]
    finally:
        await store.close()


async def test_conversations_are_kept_through_a_session_pooler_that_takes_no_startup_options(
    migrated_project: Project,
) -> None:
    with bouncer(migrated_project.database, "session") as running:
        async with open_saver(running.raw, pool_size=2) as saver:
            thread: Any = {"configurable": {"thread_id": str(uuid4())}}
            assert await saver.aget_tuple(thread) is None
            async with saver.conn.connection() as connection:  # type: ignore[union-attr]
                cursor = await connection.execute("select current_user as who, current_schema() as place")
                assert await cursor.fetchone() == {"who": "service_role", "place": "agent"}


@asynccontextmanager
async def _watched(pooled: Bouncer) -> AsyncIterator[list[int]]:
    """How many server connections the pooler had, every 20 ms."""
    most = [0]

    async def watch() -> None:
        count = "select count(*) from pg_stat_activity where usename = 'greenroom' and datname = current_database()"
        async with await psycopg.AsyncConnection.connect(pooled.database.admin_dsn, autocommit=True) as connection:
            while True:
                cursor = await connection.execute(count)
                most.extend(await cursor.fetchone() or ())
                await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    try:
        yield most
    finally:
        watching.cancel()
        await asyncio.wait([watching])
