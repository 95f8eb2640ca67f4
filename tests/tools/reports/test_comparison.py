"""This event against another at the same time before its start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.tools.shop import Shop
from tools.reports.rules import moments

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _last_year(shop: Shop) -> str:
    """An event that is over: three sold long before, two of them a week before, one order cancelled on the last day."""
    last = await shop.do(
        "create_event", name="Last Gala", start_date="2025-12-12T19:00:00+01:00", end_date="2025-12-12T22:00:00+01:00"
    )
    kind = await shop.do("create_ticket_type", event=str(last.id), name="general", price_amount=2000, quantity=50)
    for quantity, ordered, ended in ((1, "2025-10-01", None), (2, "2025-12-05", None), (4, "2025-10-02", "2025-12-11")):
        order = await shop.do(
            "sell_tickets",
            event=str(last.id),
            ticket_type=str(kind.id),
            quantity=quantity,
            buyer="Ann",
            payment_method="cash",
        )
        if ended:
            await shop.do("refund_order", order=order.number)
        shop.office.sql(
            "update public.orders set created_at = %s, cancelled_at = %s where id = %s", ordered, ended, order.id
        )
        shop.office.sql("update public.order_items set created_at = %s where order_id = %s", ordered, order.id)
        if quantity == 2:
            shop.office.sql("update public.tickets set status = 'checked_in' where order_id = %s", order.id)
    return str(last.id)


async def test_both_are_shown_as_they_stood_so_many_days_before_their_start(shop: Shop) -> None:
    other = await _last_year(shop)
    found = {}
    for days in (60, 30, 0):
        compared = await shop.do("compare_sales", event="Winter Gala", other=other, days_before=days)
        found[days] = [(total.tickets, total.net_amount) for total in compared.other.totals]
        # Nothing is known of the days to come.
        assert compared.event.as_of <= datetime.now(UTC)
        assert (compared.event.totals[0].tickets, compared.event.admitted) == (4, None)
    assert found == {60: [(5, 10_000)], 30: [(5, 10_000)], 0: [(3, 6000)]}
    assert compared.other.start_date - compared.other.as_of == timedelta(0)


async def test_the_difference_is_told_by_name_of_the_type_and_in_all(shop: Shop) -> None:
    compared = await shop.do("compare_sales", event="Winter Gala", other=await _last_year(shop), days_before=0)
    assert [(each.ticket_type_name, each.tickets, each.net_amount) for each in compared.differences] == [
        (None, 1, 4000),
        ("General", 1, 4000),
    ]


async def test_who_did_not_come_is_told_once_the_event_is_over(shop: Shop) -> None:
    compared = await shop.do("compare_sales", event="Winter Gala", other=await _last_year(shop))
    assert (compared.other.admitted, compared.other.no_shows) == (2, 1)
    assert (compared.event.admitted, compared.event.no_shows) == (None, None)


async def test_without_a_number_of_days_both_are_as_far_away_as_the_first_is_now() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    start, last = now + timedelta(days=10), now - timedelta(days=355)
    assert moments(start, last, now, None) == (now, last - timedelta(days=10))
    # An event that has begun is compared whole.
    assert moments(last, start, now, None) == (last, now)
    assert moments(start, last, now, 3) == (now, last - timedelta(days=3))
