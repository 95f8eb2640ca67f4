"""Sales survive kill -9 of the service and of Postgres: what was acknowledged is there, and nobody has it twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from embedded.auth import prepare_auth
from embedded.postgres import EmbeddedPostgres
from tests.builders import serving
from tests.chaos.victim import Victim
from tests.embedded.clusters import ROOT, reachable_folder
from tests.office import Office, found_organization, open_greenroom
from tests.postgres import ClonedDatabase
from tools.errors import AppError
from tools.store.migrations import migrate

START = "2030-06-01T19:00:00+02:00"


@dataclass
class Sold:
    """What buyers were told. A buyer is known by their e-mail, which is their key too."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    """Buyer -> order."""
    sold_out: set[str] = field(default_factory=set)
    first_after_kill: list[float] = field(default_factory=list)
    _killed_at: float | None = None

    def tell(self, buyer: str, order: str) -> None:
        assert buyer not in self.acknowledged
        self.acknowledged[buyer] = order
        self._answered()

    def tell_sold_out(self, buyer: str) -> None:
        self.sold_out.add(buyer)
        self._answered()

    def killed(self, at: float) -> None:
        """The killed one is up again; the next answer is the first since."""
        self._killed_at = at

    def _answered(self) -> None:
        if self._killed_at is not None:
            self.first_after_kill.append(time.monotonic() - self._killed_at)
            self._killed_at = None


async def all_buyers(sold: Sold, buyers: int, at_once: int, buy: Callable[[str], Awaitable[None]]) -> None:
    waiting = [f"buyer-{number}@example.org" for number in range(buyers)]

    async def line() -> None:
        while waiting:
            await buy(waiting.pop())

    await asyncio.gather(*(line() for _ in range(at_once)))
    assert len(sold.acknowledged) + len(sold.sold_out) == buyers


async def killing(sold: Sold, kills: int, buyers: int, kill: Callable[[], Awaitable[None]]) -> None:
    """Kills in the middle of it, evenly over the sale."""
    for number in range(kills):
        while len(sold.acknowledged) + len(sold.sold_out) < buyers * (number + 1) // (kills + 1):
            await asyncio.sleep(0.002)
        await asyncio.sleep(random.uniform(0, 0.02))
        at = time.monotonic()
        await kill()
        sold.killed(at)


def accounts(admin_dsn: str, sold: Sold, tickets: int) -> None:
    """The books against what the buyers were told."""
    with psycopg.connect(admin_dsn) as connection:
        orders = connection.execute("select buyer_email_index, id::text from public.orders").fetchall()
        ((issued,),) = connection.execute("select count(*) from public.tickets where status = 'valid'").fetchall()
        assert connection.execute("select * from app.quota_drift()").fetchall() == []
    assert {order for _, order in orders} == {*sold.acknowledged.values()}
    assert len(orders) == len(dict(orders)) == issued == min(tickets, len(sold.acknowledged) + len(sold.sold_out))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("buyers", "kills"), [(300, 2), pytest.param(2000, 10, marks=pytest.mark.long)])
async def test_a_killed_service_sells_nothing_twice(
    database: ClonedDatabase, tmp_path: Path, buyers: int, kills: int
) -> None:
    tickets = buyers * 4 // 5
    async with serving(database, tmp_path) as service:
        person = await service.make_person("owner")
        event = (await person.client.post("/api/events", json={"name": "Gala", "start_date": START})).json()
        kind = {"event": event["id"], "price_amount": 1000, "quantity": tickets}
        ticket_type = (await person.client.post("/api/ticket-types", json=kind)).json()
    victim = Victim(database, tmp_path)
    sold = Sold()
    await victim.start()
    limits = httpx.Limits(max_connections=32)
    async with httpx.AsyncClient(
        base_url=victim.url, headers={"Authorization": f"Bearer {person.token}"}, limits=limits, timeout=30
    ) as client:
        sale = {"event": event["id"], "ticket_type": ticket_type["id"], "quantity": 1, "payment_method": "card"}
        try:
            killer = asyncio.create_task(killing(sold, kills, buyers, lambda: _follow(victim)))
            await all_buyers(sold, buyers, 32, lambda buyer: _buy_over_http(client, sale, sold, buyer))
            await killer
        finally:
            victim.end()
    accounts(database.admin_dsn, sold, tickets)
    print(f"{buyers} buyers, {kills} kills of the service: {len(sold.acknowledged)} of {tickets} sold, each once")


async def _follow(victim: Victim) -> None:
    victim.kill()
    await victim.start()


async def _buy_over_http(client: httpx.AsyncClient, sale: dict[str, Any], sold: Sold, buyer: str) -> None:
    """As an integration would: the same key until there is an answer."""
    while True:
        try:
            answer = await client.post("/api/orders", json=sale | {"buyer": buyer}, headers={"Idempotency-Key": buyer})
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        if answer.status_code == 201:
            return sold.tell(buyer, answer.json()["id"])
        problem = answer.json()
        if problem["code"] == "tickets_sold_out":
            return sold.tell_sold_out(buyer)
        assert problem["retryable"], problem
        await asyncio.sleep(0.05)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("buyers", "kills"), [(200, 1), pytest.param(2000, 5, marks=pytest.mark.long)])
async def test_a_killed_postgres_forgets_nothing_it_acknowledged(buyers: int, kills: int) -> None:
    tickets = buyers * 4 // 5
    sold = Sold()
    with reachable_folder() as folder, EmbeddedPostgres.start(folder / "postgres") as postgres:
        postgres.prepare()
        prepare_auth(postgres.dsn())
        migrate(postgres.dsn(), ROOT / "supabase" / "migrations")
        database = ClonedDatabase("postgres", postgres.dsn(user="greenroom"), postgres.dsn())
        async with open_greenroom(database, pool_size=8) as greenroom:
            office = await found_organization(greenroom, database.admin_dsn)
            event = await office.do("create_event", name="Gala", start_date=START)
            kind = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=tickets)
            sale = {"event": str(event.id), "ticket_type": str(kind.id), "quantity": 1, "payment_method": "card"}
            killer = asyncio.create_task(killing(sold, kills, buyers, lambda: _kill_server(postgres)))
            await all_buyers(sold, buyers, 32, lambda buyer: _buy_here(office, sale, sold, buyer))
            await killer
        accounts(database.admin_dsn, sold, tickets)
    slowest = max(sold.first_after_kill)
    print(
        f"{buyers} buyers, {kills} kills of Postgres: {len(sold.acknowledged)} of {tickets} sold, each once;"
        f" the first answer after a kill came within {slowest:.1f} s"
    )
    assert len(sold.first_after_kill) == kills


async def _kill_server(postgres: EmbeddedPostgres) -> None:
    """The server and all its processes at once, as when the power goes."""
    pid = postgres.pid
    os.killpg(pid, signal.SIGKILL)
    while postgres.pid == pid:
        await asyncio.sleep(0.01)


async def _buy_here(office: Office, sale: dict[str, Any], sold: Sold, buyer: str) -> None:
    key = f"{buyer}/{uuid4()}"
    while True:
        try:
            order = await office.with_key(key).do("sell_tickets", **sale, buyer=buyer)
        except AppError as refused:
            if refused.code == "tickets_sold_out":
                return sold.tell_sold_out(buyer)
            if not refused.retryable:
                raise
            await asyncio.sleep(0.05)
        else:
            return sold.tell(buyer, str(order.id))
