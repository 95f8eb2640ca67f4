"""Reports: sums that agree with the orders, currencies never added up, and who did what."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.tools.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_report_is_the_sum_of_the_orders(shop: Shop) -> None:
    await shop.do(
        "sell_tickets", event="Winter Gala", ticket_type="VIP", quantity=1, buyer="Jan", payment_method="card"
    )
    await shop.do("refund_order", order=shop.paid_order.number, amount=700)
    report = await shop.do("sales_report", event="the gala")
    assert [(line.ticket_type_name, line.sold, line.gross_amount, line.refunded_amount) for line in report.lines] == [
        ("General", 4, 10_000, 700),
        ("VIP", 1, 9_000, 0),
    ]
    assert [total.model_dump() for total in report.totals] == [
        {"currency": "EUR", "sold": 5, "gross_amount": 19_000, "refunded_amount": 700, "net_amount": 18_300}
    ]


async def test_a_cancelled_order_is_no_sale_and_its_money_is_shown_as_given_back(shop: Shop) -> None:
    await shop.do("refund_order", order=shop.paid_order.number)
    await shop.do("refund_order", order=shop.open_order.number)
    (line,) = (await shop.do("sales_report")).lines
    assert (line.sold, line.refunded, line.net_amount) == (0, 2, 0)


async def test_currencies_are_not_added_up(shop: Shop) -> None:
    await shop.do(
        "create_ticket_type", event="Winter Gala", name="Tourist", price_amount=500, currency="JPY", quantity=5
    )
    await shop.do(
        "sell_tickets", event="Winter Gala", ticket_type="Tourist", quantity=2, buyer="Kei", payment_method="cash"
    )
    totals = {total.currency: total.gross_amount for total in (await shop.do("sales_report")).totals}
    assert totals == {"EUR": 10_000, "JPY": 1_000}


@pytest.mark.parametrize("refunded", [1, 2, 3, 333, 999, 1000])
async def test_a_refund_over_several_items_is_spread_to_the_last_minor_unit(shop: Shop, refunded: int) -> None:
    """An order of three items of 333, 333 and 334; what the lines give back adds up to what was given back."""
    order, org = uuid4(), shop.office.org_id
    third = await shop.do("create_ticket_type", event="Winter Gala", name="Balcony", price_amount=334, quantity=5)
    shop.office.sql(
        "insert into public.orders (id, org_id, event_id, number, buyer_name, status, currency, total_amount, paid_amount,"
        " refunded_amount) values (%s, %s, %s, 'X', 'Leo', 'paid', 'EUR', 1000, 1000, %s)",
        order, org, shop.event.id, refunded,
    )  # fmt: skip
    for ticket_type, price in ((shop.ticket_type, 333), (shop.spare_ticket_type, 333), (third, 334)):
        shop.office.sql(
            "insert into public.order_items (org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)"
            " values (%s, %s, %s, 1, %s, %s)",
            org, order, ticket_type.id, price, price,
        )  # fmt: skip
    report = await shop.do("sales_report")
    assert sum(line.refunded_amount for line in report.lines) == refunded
    assert report.totals[0].refunded_amount == refunded


async def test_days_are_days_of_ordering(shop: Shop) -> None:
    shop.office.sql("update public.orders set created_at = '2029-05-05T22:30:00Z' where id = %s", shop.paid_order.id)
    for day, sold in (("2029-05-05", []), ("2029-05-06", [2]), ("2029-05-07", [])):
        report = await shop.do("sales_report", from_date=day, to_date=day)
        assert [line.sold for line in report.lines] == sold


async def test_the_audit_tells_newest_first_who_did_what(shop: Shop) -> None:
    page = await shop.do("list_audit", limit=2)
    assert [entry.operation for entry in page.items] == ["add_sponsor", "sell_tickets"]
    assert page.items[0].summary == "Add Yamaha as gold sponsor of Winter Gala for €5,000.00"
    assert page.items[0].actor_id == shop.office.caller.user_id
    older = await shop.do("list_audit", limit=2, cursor=page.next_cursor)
    assert {entry.id for entry in older.items}.isdisjoint(entry.id for entry in page.items)
