"""Ticket types: what is for sale, for how much, and how many are left."""

from __future__ import annotations

import pytest

from tests.tools.shop import Shop
from tools.errors import Ambiguous, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_type_says_how_many_are_sold_and_left(shop: Shop) -> None:
    found = await shop.do("get_ticket_type", ticket_type="general", event="Winter Gala")
    assert (found.quantity, found.sold, found.held, found.available, found.availability) == (100, 4, 0, 96, "available")


async def test_a_sold_out_type_says_whether_open_orders_may_come_back(shop: Shop) -> None:
    await shop.do("update_ticket_type", ticket_type=str(shop.ticket_type.id), quantity=4)
    ordered = await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))
    assert (ordered.available, ordered.availability) == (0, "ordered")
    await shop.do("record_payment", order=shop.open_order.number, method="cash")
    assert (await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))).availability == "sold_out"


async def test_a_new_price_is_for_new_orders(shop: Shop) -> None:
    await shop.do("update_ticket_type", ticket_type="General", event="Winter Gala", price_amount=3000)
    assert (await shop.do("get_order", order=shop.open_order.number)).total_amount == 5000
    sale = {"event": "Winter Gala", "ticket_type": "General", "quantity": 1, "buyer": "Gus"}
    assert (await shop.do("sell_tickets", **sale)).total_amount == 3000


async def test_a_name_on_two_events_needs_the_event(shop: Shop) -> None:
    await shop.do("create_ticket_type", event="Garden Fair", price_amount=0, quantity=5)
    with pytest.raises(Ambiguous):
        await shop.do("get_ticket_type", ticket_type="General")
    found = await shop.do("get_ticket_type", ticket_type="General", event="Garden Fair")
    assert found.event_name == "Garden Fair"


async def test_without_a_name_the_only_type_is_meant_and_of_two_none(shop: Shop) -> None:
    with pytest.raises(NotFound):
        await shop.do("sell_tickets", event="Garden Fair", quantity=1, buyer="Hal")
    await shop.do("create_ticket_type", event="Garden Fair", price_amount=0, quantity=5)
    assert (await shop.do("sell_tickets", event="Garden Fair", quantity=1, buyer="Hal")).status == "paid"
    with pytest.raises(Ambiguous):
        await shop.do("sell_tickets", event="Winter Gala", quantity=1, buyer="Hal")


async def test_a_type_in_another_currency_stays_in_it(shop: Shop) -> None:
    yen = await shop.do(
        "create_ticket_type", event="Winter Gala", name="General", price_amount=3000, currency="JPY", quantity=5
    )
    assert (yen.currency, yen.price_amount) == ("JPY", 3000)


async def test_a_deleted_type_leaves_no_quota_behind(shop: Shop) -> None:
    await shop.do("delete_ticket_type", ticket_type="VIP", event="Winter Gala")
    quotas = shop.office.sql("select name from public.quotas where event_id = %s and kind <> 'shared'", shop.event.id)
    assert quotas == [("General",)]
