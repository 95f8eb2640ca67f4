"""Orders: who bought what, what was paid, what went back."""

from __future__ import annotations

import pytest

from tests.tools.shop import Shop
from tools.errors import NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_sale_issues_a_ticket_for_each_place_with_a_code_of_its_own(shop: Shop) -> None:
    order = await shop.do(
        "sell_tickets", event="Winter Gala", ticket_type="VIP", quantity=3, buyer="Ida", payment_method="cash"
    )
    assert len({ticket.code for ticket in order.tickets}) == 3
    assert (order.status, order.total_amount, order.paid_amount) == ("paid", 27_000, 27_000)
    assert [item.total_amount for item in order.items] == [27_000]


async def test_an_order_is_found_by_its_number_as_people_write_it(shop: Shop) -> None:
    number = shop.open_order.number
    for written in (number, f"#{number}", f" #{number} ", str(shop.open_order.id)):
        assert (await shop.do("get_order", order=written)).id == shop.open_order.id
    with pytest.raises(NotFound):
        await shop.do("get_order", order="1")
    with pytest.raises(NotFound):
        await shop.rival.do("get_order", order=number)


async def test_payments_add_up_until_the_order_is_paid(shop: Shop) -> None:
    part = await shop.do("record_payment", order=shop.open_order.number, method="cash", amount=1000)
    assert (part.status, part.paid_amount) == ("pending", 1000)
    rest = await shop.do("record_payment", order=shop.open_order.number, method="transfer")
    assert (rest.status, rest.paid_amount) == ("paid", 5000)


async def test_a_part_refund_keeps_the_tickets_and_a_full_one_frees_the_places(shop: Shop) -> None:
    number = shop.paid_order.number
    part = await shop.do("refund_order", order=number, amount=1000, reason="Bad seats")
    assert (part.status, part.refunded_amount, {t.status for t in part.tickets}) == (
        "paid",
        1000,
        {"valid", "checked_in"},
    )
    full = await shop.do("refund_order", order=number)
    assert (full.status, full.refunded_amount, {t.status for t in full.tickets}) == ("cancelled", 5000, {"cancelled"})
    assert (await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))).sold == 2


async def test_an_unpaid_order_is_cancelled_without_money(shop: Shop) -> None:
    order = await shop.do("refund_order", order=shop.open_order.number)
    assert (order.status, order.refunded_amount) == ("cancelled", 0)
    assert shop.office.sql("select count(*) from public.refunds where order_id = %s", order.id) == [(0,)]


async def test_orders_are_listed_newest_first_by_buyer_state_and_event(shop: Shop) -> None:
    assert [order.buyer_name for order in (await shop.do("list_orders")).items] == ["Bob", "Ann"]
    assert [order.buyer_name for order in (await shop.do("list_orders", buyer="ANN@EXAMPLE.ORG")).items] == ["Ann"]
    assert [order.buyer_name for order in (await shop.do("list_orders", status="paid")).items] == ["Bob"]
    assert (await shop.do("list_orders", event="Garden Fair")).items == []
