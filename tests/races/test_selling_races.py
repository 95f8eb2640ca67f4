"""Many buyers, few tickets: exactly as many are sold as there are, in every round, at every counter."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import (
    START,
    branches,
    locking_in_any_order,
    outcomes,
    persistently,
    watched,
    without_the_lock,
)


async def round_of_sales(
    counters: Sequence[Office], name: str, buyers: int, tickets: int, *, by_name: bool = False
) -> tuple[Counter[str], int]:
    """What the buyers heard, and how many tickets exist afterwards. Every third buyer is served by name where `by_name`."""
    office = counters[0]
    event = await office.do("create_event", name=name, start_date=START)
    made = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=tickets)
    ids = {"event": str(event.id), "ticket_type": str(made.id)}
    names = {"event": name, "ticket_type": made.name}
    heard = await outcomes(
        persistently(
            counters[n % len(counters)],
            "sell_tickets",
            **(names if by_name and n % 3 == 0 else ids),
            quantity=1,
            payment_method="card",
            buyer=f"Buyer {n} <b{n}@example.org>",
        )
        for n in range(buyers)
    )
    ((sold,),) = office.sql("select count(*) from public.tickets where ticket_type_id = %s", made.id)
    return heard, sold


@pytest.mark.parametrize(
    ("rounds", "buyers", "tickets"),
    [(4, 200, 50), pytest.param(50, 500, 100, marks=[pytest.mark.long, pytest.mark.timeout(900)])],
)
async def test_the_last_ticket_is_sold_once(database: ClonedDatabase, rounds: int, buyers: int, tickets: int) -> None:
    began = time.monotonic()
    async with open_office(database) as office, branches(database, office, 3) as counters, watched(office) as broken:
        for number in range(rounds):
            heard, sold = await round_of_sales(counters, f"Round {number}", buyers, tickets, by_name=number % 2 == 1)
            assert heard == {"done": tickets, "tickets_sold_out": buyers - tickets}
            assert sold == tickets
    took = time.monotonic() - began
    print(f"{rounds} rounds x {buyers} buyers: {rounds * tickets} sold of {rounds * tickets}, 0 over, {took:.1f} s")
    assert broken == []


async def test_looking_before_taking_oversells(database: ClonedDatabase) -> None:
    async with open_office(database) as office, branches(database, office, 3) as counters:
        without_the_lock(office)
        over = 0
        for number in range(10):
            _, sold = await round_of_sales(counters, f"Round {number}", 90, 20)
            over += sold - 20
        print(f"10 rounds x 90 buyers, unguarded: {over} over 200")
        assert over > 0


async def five_types_in_shared_quotas(office: Office, capacity: int) -> dict[str, Any]:
    """Five types that count against the event's capacity, and each against one of two more quotas."""
    event = await office.do("create_event", name="Gala", start_date=START, capacity=capacity)
    shared = [
        office.sql(
            "insert into public.quotas (org_id, event_id, name, kind, size) values (%s, %s, %s, 'shared', 10000) returning id",
            office.org_id,
            event.id,
            name,
        )[0][0]
        for name in ("Hall", "Terrace")
    ]
    types = []
    for number in range(5):
        made = await office.do(
            "create_ticket_type", event=str(event.id), name=f"Type {number}", price_amount=1000, quantity=9000
        )
        types.append(str(made.id))
        for quota in shared if number == 2 else [shared[number % 2]]:
            office.sql(
                "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) values (%s, %s, %s, %s)",
                office.org_id,
                event.id,
                quota,
                made.id,
            )
    return {"event": str(event.id), "types": types}


async def sell_mixed(counters: Sequence[Office], capacity: int, orders: int) -> tuple[Counter[str], int]:
    """Orders of one to five of the types, in any order. Answers what was heard, and how many tickets exist."""
    sale = await five_types_in_shared_quotas(counters[0], capacity)
    wanted = random.Random(7)

    def order(n: int) -> dict[str, Any]:
        first, *rest = wanted.sample(sale["types"], wanted.randint(1, 5))
        also = [{"ticket_type": other, "quantity": wanted.randint(1, 2)} for other in rest]
        return {"event": sale["event"], "ticket_type": first, "quantity": 1, "also": also, "buyer": f"Buyer {n}"}

    heard = await outcomes(persistently(counters[n % len(counters)], "sell_tickets", **order(n)) for n in range(orders))
    ((sold,),) = counters[0].sql("select count(*) from public.tickets where event_id = %s", sale["event"])
    return heard, sold


def deadlocks(office: Office) -> int:
    """As Postgres counts them: sessions report what they saw when they end."""
    return int(office.sql("select deadlocks from pg_stat_database where datname = current_database()")[0][0])


@pytest.mark.parametrize(
    ("orders", "capacity"),
    [(600, 500), pytest.param(5000, 6000, marks=[pytest.mark.long, pytest.mark.timeout(600)])],
)
async def test_orders_over_shared_quotas_never_deadlock(database: ClonedDatabase, orders: int, capacity: int) -> None:
    async with open_office(database) as office, branches(database, office, 4) as counters, watched(office) as broken:
        heard, sold = await sell_mixed(counters, capacity, orders)
        assert set(heard) <= {"done", "tickets_sold_out"}
        assert heard["tickets_sold_out"] > 0
        assert capacity - 9 < sold <= capacity
    found = deadlocks(office)
    print(f"{orders} orders over 5 types and 8 quotas: {sold} of {capacity} sold, {found} deadlocks")
    assert found == 0
    assert broken == []


async def test_taking_quotas_in_any_order_deadlocks(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        office.sql("alter database " + database.name + " set deadlock_timeout = '20ms'")
        locking_in_any_order(office)
    async with open_office(database) as office, branches(database, office, 4) as counters:
        await sell_mixed(counters, capacity=300, orders=150)
    found = deadlocks(office)
    print(f"150 orders, quotas in any order: {found} deadlocks")
    assert found > 0


async def test_a_bad_sale_in_a_batch_fails_alone(database: ClonedDatabase) -> None:
    async with open_office(database) as office, branches(database, office, 1) as (counter,):
        event = await office.do("create_event", name="Gala", start_date=START)
        made = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=100)
        # What nothing above the database looks at: a currency that a column refuses makes the whole statement fail.
        office.sql("alter table public.orders add constraint no_thirteen check (buyer_name <> 'Buyer 13')")
        sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1}
        heard = await outcomes(persistently(counter, "sell_tickets", **sale, buyer=f"Buyer {n}") for n in range(40))
    assert heard == {"done": 39, "conflict": 1}


CAPACITY_MEANWHILE = {"update_event": 1, "sell_tickets": 40}


async def capacity_while_selling(office: Office) -> list[Any]:
    """Sets a capacity for the first time while tickets are selling; answers what is out of step afterwards."""
    event = await office.do("create_event", name="Open Air", start_date=START)
    made = await office.do("create_ticket_type", event=str(event.id), price_amount=0, quantity=1000)
    sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1}
    await office.do("sell_tickets", **sale, buyer="Early")
    calls = [persistently(office, "sell_tickets", **sale, buyer=f"Buyer {n}") for n in range(40)]
    calls.insert(20, persistently(office, "update_event", event=str(event.id), capacity=500))
    heard = await outcomes(calls)
    assert heard == {"done": sum(CAPACITY_MEANWHILE.values())}
    return office.sql("select * from app.quota_drift()")


async def test_a_capacity_set_while_tickets_sell_counts_all_of_them(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        for _ in range(5):
            assert await capacity_while_selling(office) == []


async def test_a_capacity_that_does_not_count_what_was_sold_is_noticed(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        office.sql("drop trigger count_linked on public.quota_ticket_types")
        assert await capacity_while_selling(office) != []


@pytest.mark.parametrize("name", ["record_payment", "refund_order"])
async def test_twenty_at_once_take_or_give_the_money_of_an_order_once(database: ClonedDatabase, name: str) -> None:
    async with open_office(database, pool_size=20) as office:
        event = await office.do("create_event", name="Gala", start_date=START)
        await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=10)
        paid = {"payment_method": "card"} if name == "refund_order" else {}
        order = await office.do("sell_tickets", event=str(event.id), quantity=3, buyer="Ann", **paid)
        more = {"method": "cash"} if name == "record_payment" else {}
        heard = await outcomes(persistently(office, name, order=str(order.id), **more) for _ in range(20))
        after = await office.do("get_order", order=order.number)
    assert heard["done"] == 1
    assert (after.paid_amount, after.refunded_amount) == (3000, 3000 if name == "refund_order" else 0)
