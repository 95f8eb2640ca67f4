"""Many hands on one order, one event, one waiting list: money goes back once, places go to one."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import START, outcomes, persistently
from tools.cancellations.choosing import choose_refund
from tools.cancellations.running import go_on, sweep
from tools.errors import AppError, Busy, Upstream

pytestmark = pytest.mark.asyncio

PRICE = 1000


async def an_event(office: Office, quantity: int = 20) -> tuple[Any, Any]:
    event = await office.do("create_event", name="Gala", start_date=START)
    made = await office.do("create_ticket_type", event=str(event.id), price_amount=PRICE, quantity=quantity)
    await office.do("publish_event", event=str(event.id))
    return event, made


async def sold(office: Office, event: Any, quantity: int, buyer: str = "Ada <ada@example.org>") -> Any:
    return await office.do("sell_tickets", event=str(event.id), quantity=quantity, buyer=buyer, payment_method="card")


def without(office: Office, function: str, guard: str) -> None:
    """The database as it would be had this guard been forgotten."""
    ((text,),) = office.sql("select pg_get_functiondef(%s::regproc)", function)
    assert guard in text
    office.sql(text.replace(guard, "").replace("%", "%%"))


def in_step(office: Office) -> None:
    """Counters, lines, tickets and money say the same."""
    assert office.sql("select * from app.quota_drift(null)") == []
    assert office.sql(
        """
        select o.id from public.orders o
        where o.refunded_amount <> (select coalesce(sum(r.amount), 0) from public.refunds r where r.order_id = o.id)
            or o.refunded_amount <> (select coalesce(sum(p.refunded_amount), 0) from public.payments p where p.order_id = o.id)
            or o.total_amount <> (select sum(i.total_amount) from public.order_items i where i.order_id = o.id)
            or o.status in ('pending', 'paid') and (
                select count(*) from public.tickets k where k.order_id = o.id and k.status in ('valid', 'checked_in'))
                <> (select sum(i.quantity) from public.order_items i where i.order_id = o.id and i.kind = 'ticket')
        """
    ) == []  # fmt: skip


async def test_fifty_refunds_of_one_order_give_back_once(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        event, _ = await an_event(office)
        order = await sold(office, event, 5)
        heard = await outcomes(persistently(office, "refund_order", order=order.number) for _ in range(50))
        assert heard == {"done": 1, "order_closed": 49}
        assert office.sql("select count(*), sum(amount) from public.refunds") == [(1, 5 * PRICE)]
        in_step(office)


async def tickets_refunded_at_once(office: Office) -> tuple[int, int]:
    """Twenty clerks each take one of ten tickets back; how often it was done, and what went back."""
    event, _ = await an_event(office)
    order = await sold(office, event, 11)
    chosen = {"order": order.number, "ticket_type": "General", "quantity": 1}
    answers = await asyncio.gather(
        *(persistently(office, "refund_tickets", **chosen) for _ in range(10)), return_exceptions=True
    )
    done = sum(not isinstance(answer, BaseException) for answer in answers)
    ((back,),) = office.sql("select sum(amount)::int from public.refunds")
    return done, back


async def test_each_ticket_goes_back_once_however_many_clerks_take_it(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        assert await tickets_refunded_at_once(office) == (10, 10 * PRICE)
        in_step(office)


async def test_without_the_guards_a_ticket_is_paid_back_twice(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        without(office, "app.lock_order", "perform app.locked_order(org, this_order);")
        ((text,),) = office.sql("select pg_get_functiondef('app.change_order'::regproc)")
        office.sql(text.replace("if voided <>", "if false and voided <>").replace("%", "%%"))
        office.sql(
            "create function app.dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(0.05); return new; end'"
        )
        office.sql(
            "create trigger dawdle before insert on public.order_items for each row when (new.quantity < 0) execute function app.dawdle()"
        )
        _, back = await tickets_refunded_at_once(office)
        ((void,),) = office.sql("select count(*) from public.tickets where status = 'cancelled'")
        assert back > void * PRICE


async def test_refunds_check_ins_transfers_and_expiry_leave_a_ticket_in_one_state(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        event, _ = await an_event(office)
        door = await office.do("create_check_in_list", event=str(event.id), name="Door")
        order = await sold(office, event, 12)
        late = await office.do("sell_tickets", event=str(event.id), quantity=3, buyer="Late")
        office.sql("update public.orders set expires_at = now() where id = %s", late.id)

        async def expire() -> None:
            async with office.greenroom.database.session(None) as tx:
                await tx.fetch_value("select app.expire()")

        calls: list[Any] = [expire(), persistently(office, "record_payment", order=late.number, method="cash")]
        for n, ticket in enumerate(order.tickets):
            calls.append(
                persistently(
                    office, "check_in", check_in_list=str(door.id), ticket=str(ticket.id), nonce=f"the-scan-{n}"
                )
            )
            calls.append(persistently(office, "refund_tickets", order=order.number, tickets=[str(ticket.id)]))
            calls.append(
                persistently(office, "transfer_ticket", ticket=str(ticket.id), name="Bo", email="bo@example.org")
            )
        await outcomes(calls)
        in_step(office)
        ((state, paid),) = office.sql("select status, paid_amount from public.orders where id = %s", late.id)
        assert (state, paid) in (("expired", 0), ("paid", 3 * PRICE))
        ((void, back),) = office.sql(
            "select count(*) filter (where reversed_by is not null or o.status = 'cancelled'), o.refunded_amount"
            " from public.tickets k join public.orders o on o.id = k.order_id where o.id = %s and k.status = 'cancelled' group by 2",
            order.id,
        ) or ((0, 0),)  # fmt: skip
        assert back == void * PRICE


async def test_a_buyer_who_chooses_fifty_times_at_once_is_paid_back_once(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        event, _ = await an_event(office)
        order = await sold(office, event, 2)
        await office.do("cancel_event", event=str(event.id), buyers="let_choose", keep_amount=100)
        await asyncio.gather(*(choose_refund(office.greenroom, order.id, "refund") for _ in range(50)))
        assert office.sql("select count(*), sum(amount) from public.refunds") == [(1, 1900)]
        in_step(office)


async def test_an_event_cancelled_while_it_sells_leaves_no_order_open(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        event, made = await an_event(office, 200)
        sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1}
        calls = [
            persistently(
                office, "sell_tickets", **sale, buyer=f"Buyer {n}", **({"payment_method": "cash"} if n % 2 else {})
            )
            for n in range(60)
        ]
        calls.insert(20, persistently(office, "cancel_event", event=str(event.id), buyers="refund_all"))
        heard = await outcomes(calls)
        assert set(heard) <= {"done", "event_not_on_sale"}
        await sweep(office.greenroom)
        assert office.sql("select count(*) from public.orders where status in ('pending', 'paid')") == [(0,)]
        assert office.sql("select sum(held), sum(sold) from public.quotas") == [(0, 0)]
        assert office.sql("select deadlocks from pg_stat_database where datname = current_database()") == [(0,)]
        in_step(office)


async def test_a_mass_refund_whose_connection_is_killed_goes_on_and_pays_each_once(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        event, _ = await an_event(office, 60)
        for n in range(30):
            await sold(office, event, 1, f"Buyer {n}")
        run_id = (
            (await office.propose(("refund_event", {"event": str(event.id), "dry_run": False})))
            .preview.steps[0]
            .result["id"]
        )
        proposal = await office.propose(
            ("refund_event", {"event": str(event.id), "dry_run": False, "keep_amount": 100})
        )
        await office.approve(proposal)
        run_id = proposal.preview.steps[0].result["id"]
        killed = 0
        for _ in range(8):
            running = asyncio.create_task(go_on(office.greenroom, run_id, at_most=10))
            await asyncio.sleep(0.01)
            with psycopg.connect(office.admin_dsn, autocommit=True) as admin:
                killed += admin.execute(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    " where application_name = 'greenroom' and datname = current_database()"
                ).fetchone()[0]  # type: ignore[index]
            await asyncio.gather(running, return_exceptions=True)
        for _ in range(20):
            try:
                if not await sweep(office.greenroom):
                    break
            except Upstream:
                continue
        assert killed > 0
        assert office.sql("select count(*), count(distinct order_id), sum(amount) from public.refunds") == [
            (30, 30, 30 * 900)
        ]
        told = "select count(*) from public.outbox where kind = 'refund_order'"
        assert office.sql("select status from public.refund_runs") == [("done",)]
        assert office.sql(told) == [(30,)]
        in_step(office)


async def returned_while_buyers_knock(office: Office) -> tuple[int, int]:
    """Five places come back one by one while buyers keep asking; how many buyers got one, and how many in line were offered one."""
    event, made = await an_event(office, 10)
    order = await sold(office, event, 10)
    await office.do("open_waiting_list", event=str(event.id), auto_offer=True)
    for n in range(5):
        await office.do("add_to_waiting_list", event=str(event.id), email=f"p{n}@example.org")
    returned = asyncio.Event()

    async def knock(n: int) -> int:
        bought = 0
        while not returned.is_set():
            try:
                await office.do(
                    "sell_tickets", event=str(event.id), ticket_type=str(made.id), quantity=1, buyer=f"Shop {n}"
                )
                bought += 1
            except (AppError, Busy):
                await asyncio.sleep(0.005)
        return bought

    buyers = [asyncio.create_task(knock(n)) for n in range(6)]
    for _ in range(5):
        await persistently(office, "refund_tickets", order=order.number, ticket_type="General", quantity=1)
        await asyncio.sleep(0.02)
    returned.set()
    bought = sum(await asyncio.gather(*buyers))
    ((offered,),) = office.sql("select count(*) from public.waiting_list_entries where status = 'offered'")
    return bought, offered


async def test_a_returned_place_goes_to_the_line_and_never_past_it(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        assert await returned_while_buyers_knock(office) == (0, 5)
        in_step(office)


async def test_without_the_offer_at_the_commit_the_shop_is_faster(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        office.sql("alter table public.quotas disable trigger offer_freed")
        bought, offered = await returned_while_buyers_knock(office)
        assert bought > 0
        assert offered == 0
