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
    (total,) = report.totals
    assert (total.currency, total.sold, total.refunded) == ("EUR", 5, 0)
    assert (total.gross_amount, total.refunded_amount, total.net_amount) == (19_000, 700, 18_300)


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
        " refunded_amount, credited_amount) values (%s, %s, %s, 'X', 'Leo', 'paid', 'EUR', 1000, 1000, %s, %s)",
        order, org, shop.event.id, refunded, refunded,
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


async def test_sales_are_grouped_by_day_channel_and_code_in_the_organisations_zone(shop: Shop) -> None:
    """22:30 UTC in May is the next day in Amsterdam."""
    shop.office.sql("update public.orders set created_at = '2029-05-05T22:30:00Z' where id = %s", shop.paid_order.id)
    shop.office.sql("update public.orders set created_at = '2029-05-05T10:00:00Z' where id = %s", shop.open_order.id)
    code = uuid4()
    shop.office.sql(
        "insert into public.promo_codes (id, org_id, event_id, code, kind, off_amount, currency)"
        " values (%s, %s, %s, 'SPRING', 'discount', 1, 'EUR')",
        code, shop.office.org_id, shop.event.id,
    )  # fmt: skip
    shop.office.sql(
        "update public.orders set channel = 'public', promo_code_id = %s where id = %s", code, shop.paid_order.id
    )
    found = {}
    for by in ("day", "channel", "promo_code"):
        report = await shop.do("sales_report", group_by=by)
        found[by] = [(group.key, group.currency, group.sold, group.net_amount) for group in report.groups]
        assert sum(group.net_amount for group in report.groups) == report.totals[0].net_amount
    assert found == {
        "day": [("2029-05-05", "EUR", 2, 5000), ("2029-05-06", "EUR", 2, 5000)],
        "channel": [("office", "EUR", 2, 5000), ("public", "EUR", 2, 5000)],
        "promo_code": [("", "EUR", 2, 5000), ("SPRING", "EUR", 2, 5000)],
    }
    assert (await shop.do("sales_report")).groups == []


async def test_a_ticket_taken_back_and_its_money_given_back_are_counted_once(shop: Shop) -> None:
    """Two at 25.00, one taken back with its 25.00: one sold, one refunded, 25.00 earned."""
    await shop.do("refund_order", order=shop.open_order.number)
    line, org, order = uuid4(), shop.office.org_id, shop.paid_order.id
    shop.office.sql(
        "insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, total_amount, reverses)"
        " select %s, org_id, order_id, ticket_type_id, -1, 2500, -2500, id from public.order_items where order_id = %s",
        line, order,
    )  # fmt: skip
    shop.office.sql(
        "update public.orders set total_amount = 2500, refunded_amount = 2500 where id = %s and org_id = %s", order, org
    )
    (line_,) = (await shop.do("sales_report")).lines
    assert (line_.sold, line_.refunded) == (1, 1)
    assert (line_.gross_amount, line_.refunded_amount, line_.net_amount) == (5000, 2500, 2500)


async def test_what_is_kept_of_a_cancelled_order_stays_earned(shop: Shop) -> None:
    await shop.do("refund_order", order=shop.open_order.number)
    await shop.do("refund_order", order=shop.paid_order.number)
    shop.office.sql("update public.orders set refunded_amount = 4700 where id = %s", shop.paid_order.id)
    (line,) = (await shop.do("sales_report")).lines
    assert (line.sold, line.gross_amount, line.refunded_amount, line.net_amount) == (0, 5000, 4700, 300)


async def test_a_fee_of_its_own_has_a_line_of_its_own(shop: Shop) -> None:
    shop.office.sql(
        "insert into public.order_items (org_id, order_id, kind, label, quantity, price_amount, tax_amount, total_amount)"
        " values (%s, %s, 'fee', 'Change of name', 1, 500, 87, 500)", shop.office.org_id, shop.paid_order.id,
    )  # fmt: skip
    fee, general = (await shop.do("sales_report")).lines
    assert (fee.ticket_type_id, fee.ticket_type_name, fee.kind) == (None, "Change of name", "fee")
    assert (fee.sold, fee.net_amount, fee.fee_amount, fee.tax_amount) == (0, 500, 500, 87)
    assert general.sold == 4


async def test_of_a_bundle_the_money_counts_and_the_tickets_it_is_made_of(shop: Shop) -> None:
    shop.office.sql("update public.ticket_types set kind = 'bundle' where id = %s", shop.spare_ticket_type.id)
    shop.office.sql(
        "insert into public.order_items (org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)"
        " values (%s, %s, %s, 1, 4000, 4000)", shop.office.org_id, shop.paid_order.id, shop.spare_ticket_type.id,
    )  # fmt: skip
    report = await shop.do("sales_report", group_by="channel")
    assert [(line.kind, line.sold) for line in report.lines] == [("ticket", 4), ("bundle", 1)]
    assert (report.totals[0].sold, report.totals[0].net_amount) == (4, 14_000)
    assert [(group.sold, group.net_amount) for group in report.groups] == [(4, 14_000)]


async def test_another_organisation_sees_none_of_it(shop: Shop) -> None:
    report = await shop.rival.do("sales_report", group_by="day")
    assert (report.lines, report.groups, report.totals) == ([], [], [])
    settle = await shop.rival.do("orders_to_settle")
    assert (settle.items, settle.totals) == ([], [])


async def test_the_audit_tells_newest_first_who_did_what(shop: Shop) -> None:
    await shop.do("create_venue", name="Loft")
    await shop.do("add_sponsor", event="Winter Gala", sponsor="Korg", level="gold", amount=500_000)
    page = await shop.do("list_audit", limit=2)
    assert [entry.operation for entry in page.items] == ["add_sponsor", "create_venue"]
    assert page.items[0].summary == "Add Korg as gold sponsor of Winter Gala for €5,000.00"
    assert page.items[0].actor_id == shop.office.caller.user_id
    older = await shop.do("list_audit", limit=2, cursor=page.next_cursor)
    assert {entry.id for entry in older.items}.isdisjoint(entry.id for entry in page.items)
