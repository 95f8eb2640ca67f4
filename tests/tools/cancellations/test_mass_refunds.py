"""A whole event is refunded: the dry run is the real run to the cent, and a crash in the middle loses and repeats nothing."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.tools.shop import Shop
from tools.cancellations import repository
from tools.cancellations.rules import NothingToRefund, RefundUnderWay
from tools.cancellations.running import go_on, sweep
from tools.errors import Forbidden, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def sell(shop: Shop, quantity: int = 1, **more: Any) -> Any:
    wanted = {
        "event": str(shop.event.id),
        "ticket_type": str(shop.ticket_type.id),
        "quantity": quantity,
        "buyer": "Ada",
    }
    return await shop.do("sell_tickets", **wanted | {"payment_method": "card"} | more)


async def mixed_orders(shop: Shop) -> None:
    """Two currencies, three ways of payment, part-paid, part-refunded, free, unpaid, cancelled, and one whose money has no payment."""
    dollars = await shop.do(
        "create_ticket_type", event=str(shop.event.id), name="Dollars", price_amount=333, currency="USD", quantity=50
    )
    free = await shop.do("create_ticket_type", event=str(shop.event.id), name="Press", price_amount=0, quantity=50)
    await sell(shop, 3, ticket_type=str(dollars.id), payment_method="cash")
    await sell(shop, 2, ticket_type=str(free.id), payment_method=None)
    online = await sell(shop, 2)
    shop.office.sql("update public.payments set provider = 'sandbox', method = 'online' where order_id = %s", online.id)
    part = await sell(shop, 2, payment_method=None)
    await shop.do("record_payment", order=part.number, method="cash", amount=50)
    split = await sell(shop, 2, payment_method=None)
    await shop.do("record_payment", order=split.number, method="cash", amount=4000)
    await shop.do("record_payment", order=split.number, method="transfer")
    await shop.do("refund_order", order=split.number, amount=700)
    await shop.do("refund_order", order=(await sell(shop)).number)
    odd = await sell(shop)
    shop.office.sql("delete from public.payments where order_id = %s", odd.id)


def shape(run: Any) -> dict[str, Any]:
    return run.model_dump(
        include={"orders", "tickets", "amounts", "ways", "left_out", "sample", "keep_amount", "event_id"}
    )


async def test_a_dry_run_writes_nothing_and_equals_the_real_run_to_the_cent(shop: Shop) -> None:
    await mixed_orders(shop)
    before, trace = shop.stored(), shop.trace()
    dry = await shop.do("refund_event", event=str(shop.event.id), keep_amount=200)
    assert (shop.stored(), shop.trace()) == (before, trace)
    assert (dry.id, dry.dry_run, dry.status, dry.done) == (None, True, "planned", 0)
    real = await shop.do("refund_event", event=str(shop.event.id), keep_amount=200, dry_run=False)
    assert shape(real) == shape(dry)
    assert (real.dry_run, real.status, real.done) == (False, "done", 6)
    assert {(a.currency, a.orders, a.paid_amount, a.refund_amount, a.kept_amount) for a in dry.amounts} == {
        ("EUR", 5, 5000 + 5000 + 50 + 4300, 4800 + 4800 + 4100, 200 + 200 + 50 + 200), ("USD", 1, 999, 799, 200),
    }  # fmt: skip
    assert [(left.why, left.orders) for left in dry.left_out] == [("no_payment", 1)]
    moved = shop.office.sql(
        "select p.provider, p.method, r.currency, sum(r.amount) from public.refunds r join public.payments p on p.id = r.payment_id"
        " join public.orders o on o.id = r.order_id where o.event_id = %s and r.reason is null and o.kept_amount > 0"
        " group by 1, 2, 3 order by 3, 1, 2",
        shop.event.id,
    )
    # The goodwill of before went back by transfer, the newest payment; only the rest is this run's.
    run = {(way.provider, way.method, way.currency): way.amount for way in dry.ways}
    run["manual", "transfer", "EUR"] = run.get(("manual", "transfer", "EUR"), 0) + 700
    assert {(provider, method, currency): amount for provider, method, currency, amount in moved} == run
    assert [way.automatic for way in dry.ways if way.provider == "sandbox"] == [True]
    assert shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id) == []


async def test_killed_in_the_middle_and_run_again_each_order_is_refunded_once(shop: Shop) -> None:
    for _ in range(5):
        await sell(shop)
    run_id = uuid4()
    async with shop.office.greenroom.database.session(None) as tx:
        assert await repository.start_run(tx, shop.office.org_id, shop.event.id, run_id, 100, None) == 6
    assert await go_on(shop.office.greenroom, run_id, at_most=2) == 2

    class Killed(BaseException):
        pass

    async def dies_before_the_commit() -> None:
        async with shop.office.greenroom.database.session(None) as tx:
            assert await repository.refund_next(tx, run_id) == "done"
            raise Killed

    with pytest.raises(Killed):
        await dies_before_the_commit()
    assert shop.office.sql("select count(*) from public.refunds where org_id = %s", shop.office.org_id) == [(2,)]
    taken = await asyncio.gather(*(go_on(shop.office.greenroom, run_id) for _ in range(4)))
    assert sum(taken) == 4
    assert await sweep(shop.office.greenroom) == 0
    given_back = shop.office.sql(
        "select count(*), sum(amount) from public.refunds where org_id = %s", shop.office.org_id
    )
    assert given_back == [(6, 4900 + 5 * 2400)]
    told = "select count(*), count(distinct subject_id) from public.outbox where org_id = %s and kind = 'refund_order'"
    assert shop.office.sql(told, shop.office.org_id) == [(6, 6)]
    assert shop.office.sql("select status from public.refund_runs where id = %s", run_id) == [("done",)]


async def test_an_order_that_changed_meanwhile_is_left_and_named(shop: Shop) -> None:
    first, second = await sell(shop), await sell(shop)
    run_id = uuid4()
    async with shop.office.greenroom.database.session(None) as tx:
        await repository.start_run(tx, shop.office.org_id, shop.event.id, run_id, 0, None)
    with pytest.raises(RefundUnderWay):
        await shop.do("refund_event", event=str(shop.event.id), dry_run=False)
    await shop.do("refund_order", order=first.number)
    await shop.do("refund_order", order=second.number, amount=100)
    await go_on(shop.office.greenroom, run_id)
    run = await shop.do("get_event_refund", event=str(shop.event.id))
    assert {(left.why, left.orders) for left in run.left_out} == {("order_cancelled", 1), ("order_changed", 1)}
    assert (run.status, run.done) == ("done", 1)
    assert (await shop.do("get_order", order=second.number)).refunded_amount == 100
    again = await shop.do("refund_event", event=str(shop.event.id), dry_run=False)
    assert (again.orders, again.done, again.left_out) == (1, 1, [])
    with pytest.raises(NothingToRefund):
        await shop.do("refund_event", event=str(shop.event.id), dry_run=False)


async def test_a_run_needs_the_right_and_the_event(shop: Shop) -> None:
    staff = await shop.office.colleague("staff")
    before = shop.stored()
    for dry_run in (True, False):
        with pytest.raises(Forbidden):
            await staff.do("refund_event", event=str(shop.event.id), dry_run=dry_run)
        with pytest.raises(NotFound):
            await shop.rival.do("refund_event", event=str(shop.event.id), dry_run=dry_run)
    with pytest.raises(NotFound):
        await shop.do("get_event_refund", event=str(shop.event.id))
    assert shop.stored() == before


async def test_the_same_key_starts_one_run(shop: Shop) -> None:
    office = shop.office.with_key("refund-once")
    first = await office.do("refund_event", event=str(shop.event.id), dry_run=False)
    again = await office.do("refund_event", event=str(shop.event.id), dry_run=False)
    assert (first.id, again.id) == (again.id, first.id)
    assert shop.office.sql("select count(*) from public.refund_runs where org_id = %s", shop.office.org_id) == [(1,)]
