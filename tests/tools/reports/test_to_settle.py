"""Whose money is not right yet."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.tools.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _order(shop: Shop, buyer: str, **paid: Any) -> Any:
    return await shop.do("sell_tickets", event="Winter Gala", ticket_type="General", quantity=1, buyer=buyer, **paid)


def _forget_unknown(shop: Shop) -> None:
    """The shop comes with a payment of which nobody knows."""
    shop.office.sql("delete from public.payments where org_id = %s and status = 'unknown'", shop.office.org_id)


async def _troubled(shop: Shop) -> dict[str, Any]:
    """One order for each reason, by its reason."""
    sql, org = shop.office.sql, shop.office.org_id
    _forget_unknown(shop)
    orders = {"unpaid": await _order(shop, "Una"), "part_paid": await _order(shop, "Pat")}
    await shop.do("record_payment", order=orders["part_paid"].number, method="cash", amount=1000)
    for reason in ("overpaid", "refund_unknown", "refund_failed"):
        orders[reason] = await _order(shop, reason.title(), payment_method="card")
    orders["payment_unknown"] = await _order(shop, "Quinn")
    sql("update public.orders set paid_amount = paid_amount + 300 where id = %s", orders["overpaid"].id)
    sql(
        "insert into public.payments (org_id, order_id, provider, method, status, amount, currency)"
        " values (%s, %s, 'sandbox', 'online', 'unknown', 2500, 'EUR')", org, orders["payment_unknown"].id,
    )  # fmt: skip
    for reason, state in (("refund_unknown", "unknown"), ("refund_failed", "failed")):
        sql("update public.orders set credited_amount = 700, refunded_amount = %s where id = %s",
            700 if state == "unknown" else 0, orders[reason].id)  # fmt: skip
        sql(
            "insert into public.refunds (id, org_id, order_id, amount, currency, status) values (%s, %s, %s, 700, 'EUR', %s)",
            uuid4(), org, orders[reason].id, state,
        )  # fmt: skip
    return orders


async def test_each_reason_is_told_with_its_amount(shop: Shop) -> None:
    orders = await _troubled(shop)
    page = await shop.do("orders_to_settle", event="Winter Gala")
    found = {item.number: (item.reasons, item.owed_amount) for item in page.items}
    assert found == {
        shop.open_order.number: (["unpaid"], 5000),
        orders["unpaid"].number: (["unpaid"], 2500),
        orders["part_paid"].number: (["part_paid"], 1500),
        orders["overpaid"].number: (["overpaid"], -300),
        orders["payment_unknown"].number: (["unpaid", "payment_unknown"], 2500),
        orders["refund_unknown"].number: (["refund_unknown"], 0),
        orders["refund_failed"].number: (["overpaid", "refund_failed"], -700),
    }
    assert {(total.reason, total.orders, total.amount) for total in page.totals} == {
        ("unpaid", 3, 10_000), ("part_paid", 1, 1500), ("overpaid", 2, 1000), ("payment_unknown", 1, 2500),
        ("refund_unknown", 1, 700), ("refund_failed", 1, 700),
    }  # fmt: skip


async def test_one_reason_can_be_asked_for_and_pages_follow_one_another(shop: Shop) -> None:
    orders = await _troubled(shop)
    wanted = [shop.open_order.id, orders["unpaid"].id, orders["payment_unknown"].id]
    found, cursor = [], None
    for _ in wanted:
        page = await shop.do("orders_to_settle", reason="unpaid", limit=1, cursor=cursor)
        assert [(total.reason, total.orders) for total in page.totals] == [("unpaid", 3)]
        found += [item.id for item in page.items]
        cursor = page.next_cursor
    assert (found, cursor) == (wanted, None)


async def test_an_order_that_waits_for_a_yes_or_has_ended_is_not_unpaid(shop: Shop) -> None:
    _forget_unknown(shop)
    waiting = await _order(shop, "Wim")
    shop.office.sql("update public.orders set needs_approval = true where id = %s", waiting.id)
    await shop.do("refund_order", order=shop.open_order.number)
    assert (await shop.do("orders_to_settle")).items == []
