"""Many buyers, few tickets: exactly as many are sold as there are, in every round."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import Any

import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import NAIVE_TAKE, START, outcomes, persistently

ROUNDS, BUYERS, TICKETS = 20, 200, 50
DISORDER = "order by random()"


async def round_of_sales(office: Office, name: str, buyers: int, tickets: int) -> tuple[Counter[str], int]:
    """What the buyers heard, and how many tickets exist afterwards."""
    event = await office.do("create_event", name=name, start_date=START)
    made = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=tickets)
    sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1, "payment_method": "card"}
    heard = await outcomes(persistently(office, "sell_tickets", **sale, buyer=f"Buyer {n}") for n in range(buyers))
    ((sold,),) = office.sql("select count(*) from public.tickets where ticket_type_id = %s", made.id)
    return heard, sold


async def test_two_hundred_buyers_never_get_more_than_fifty_tickets(database: ClonedDatabase) -> None:
    began = time.monotonic()
    async with open_office(database, pool_size=20) as office:
        for number in range(ROUNDS):
            heard, sold = await round_of_sales(office, f"Round {number}", BUYERS, TICKETS)
            assert heard == {"done": TICKETS, "tickets_sold_out": BUYERS - TICKETS}
            assert sold == TICKETS
        assert out_of_step(office) == []
    took = time.monotonic() - began
    print(f"{ROUNDS} rounds x {BUYERS} buyers: {ROUNDS * TICKETS} sold of {ROUNDS * TICKETS}, 0 over, {took:.1f} s")


async def test_looking_before_taking_oversells(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        office.sql(NAIVE_TAKE.replace("%", "%%"))
        over = 0
        for number in range(10):
            _, sold = await round_of_sales(office, f"Round {number}", 60, 20)
            over += sold - 20
        print(f"10 rounds x 60 buyers, unguarded: {over} over 200")
        assert over > 0


def out_of_step(office: Office) -> list[Any]:
    """Quotas whose counter is not what the open orders add up to."""
    return office.sql("""
        select q.name, q.sold from public.quotas q where q.sold <> coalesce((
            select sum(i.quantity) from public.quota_ticket_types l
            join public.order_items i on i.ticket_type_id = l.ticket_type_id
            join public.orders o on o.id = i.order_id and o.status in ('pending', 'paid')
            where l.quota_id = q.id), 0)
    """)


async def two_types_in_two_quotas(office: Office, capacity: int) -> list[dict[str, Any]]:
    """The sales of two types that both count against the event's capacity and against one more quota."""
    event = await office.do("create_event", name="Gala", start_date=START, capacity=capacity)
    shared = office.sql(
        "insert into public.quotas (org_id, event_id, name, kind, size) values (%s, %s, 'Hall', 'shared', 10000) returning id",
        office.org_id,
        event.id,
    )[0][0]
    sales = []
    for name in ("Floor", "Balcony"):
        made = await office.do("create_ticket_type", event=str(event.id), name=name, price_amount=1000, quantity=1000)
        office.sql(
            "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) values (%s, %s, %s, %s)",
            office.org_id,
            event.id,
            shared,
            made.id,
        )
        sales.append({"event": str(event.id), "ticket_type": str(made.id)})
    return sales


def deadlocks(office: Office) -> int:
    """As Postgres counts them: sessions report what they saw when they end."""
    return int(office.sql("select deadlocks from pg_stat_database where datname = current_database()")[0][0])


async def sell_mixed(office: Office, capacity: int, buyers: int) -> Counter[str]:
    sales = await two_types_in_two_quotas(office, capacity)
    wanted = random.Random(7)
    return await outcomes(
        persistently(office, "sell_tickets", **wanted.choice(sales), quantity=1, buyer=f"Buyer {n}")
        for n in range(buyers)
    )


async def test_types_that_share_a_capacity_sell_exactly_the_capacity_without_a_deadlock(
    database: ClonedDatabase,
) -> None:
    async with open_office(database, pool_size=20) as office:
        heard = await sell_mixed(office, capacity=120, buyers=400)
        assert heard == {"done": 120, "tickets_sold_out": 280}
        assert out_of_step(office) == []
    found = deadlocks(office)
    print(f"400 buyers of two types, capacity 120: {heard['done']} sold, {found} deadlocks")
    assert found == 0


async def test_taking_quotas_in_any_order_deadlocks(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        office.sql("alter database " + database.name + " set deadlock_timeout = '20ms'")
        (definition,) = office.sql("select pg_get_functiondef('app.take_quota'::regproc)")[0]
        office.sql(definition.replace("order by q.id", DISORDER).replace("%", "%%"))
    async with open_office(database, pool_size=20) as office:
        await sell_mixed(office, capacity=40, buyers=60)
    found = deadlocks(office)
    print(f"60 buyers, quotas in any order: {found} deadlocks")
    assert found > 0


CAPACITY_MEANWHILE = {"update_event": 1, "sell_tickets": 40}


async def capacity_while_selling(office: Office) -> list[Any]:
    """Sets a capacity for the first time while tickets are selling; answers what is out of step afterwards."""
    event = await office.do("create_event", name="Open Air", start_date=START)
    made = await office.do("create_ticket_type", event=str(event.id), price_amount=0, quantity=1000)
    sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1}
    calls = [persistently(office, "sell_tickets", **sale, buyer=f"Buyer {n}") for n in range(40)]
    calls.insert(20, persistently(office, "update_event", event=str(event.id), capacity=500))
    heard = await outcomes(calls)
    assert heard == {"done": sum(CAPACITY_MEANWHILE.values())}
    return out_of_step(office)


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
