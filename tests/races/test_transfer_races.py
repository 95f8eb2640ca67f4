"""One ticket, many who want it: it goes to one of them, and one code opens the door afterwards."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import START, outcomes, persistently

UNLOCKED = """
    create or replace function app.lock_ticket(org uuid, this_ticket uuid) returns public.tickets
        language plpgsql set search_path = ''
        as $$
        declare
            slip public.tickets;
        begin
            select * into slip from public.tickets k where k.org_id = org and k.id = this_ticket;
            perform pg_sleep(0.05);
            return slip;
        end $$;
    drop index public.tickets_one_next_holder;
"""
"""Look, then hand over: how it is usually done."""


async def bought(office: Office, quantity: int = 1) -> Any:
    event = await office.do("create_event", name="Gala", start_date=START)
    await office.do("create_ticket_type", event=str(event.id), price_amount=0, quantity=quantity)
    await office.do("publish_event", event=str(event.id))
    return await office.do("sell_tickets", event=str(event.id), quantity=quantity, buyer="Ann", payment_method="cash")


def statuses(office: Office, order: Any) -> dict[str, int]:
    rows = office.sql(
        "select status, count(*)::integer from public.tickets where order_id = %s group by status", order.id
    )
    return dict(rows)  # type: ignore[arg-type]


async def test_a_hundred_transfers_of_one_ticket_have_one_winner(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        order = await bought(office)
        ticket = str(order.tickets[0].id)
        heard = await outcomes(
            persistently(office, "transfer_ticket", ticket=ticket, name=f"Heir {n}") for n in range(100)
        )
        assert heard == {"done": 1, "ticket_not_transferable": 99}
        assert statuses(office, order) == {"valid": 1, "transferred": 1}


async def test_without_the_lock_one_ticket_has_many_heirs(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        office.sql(UNLOCKED.replace("%", "%%"))
        order = await bought(office)
        ticket = str(order.tickets[0].id)
        calls = (office.do("transfer_ticket", ticket=ticket, name=f"Heir {n}") for n in range(10))
        # Later ones stumble over the two heirs of the earlier ones.
        await asyncio.gather(*calls, return_exceptions=True)
        assert statuses(office, order)["valid"] > 1


async def test_a_refund_and_a_transfer_at_once_leave_no_valid_ticket_behind(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        for _ in range(6):
            order = await bought(office)
            ticket = str(order.tickets[0].id)
            transfer = persistently(office, "transfer_ticket", ticket=ticket, name="Bo")
            refund = persistently(office, "refund_order", order=str(order.id))
            await asyncio.wait_for(outcomes((transfer, refund)), 20)
            assert "valid" not in statuses(office, order)
        assert office.sql("select * from app.quota_drift(null)") == []
