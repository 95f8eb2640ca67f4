"""An order changes after the sale: swaps, additions, removals, at today's prices, and the difference is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.tools.orders.test_ticket_refunds import counted, sold
from tests.tools.shop import Shop
from tools.counter.refusals import EventNotOnSale, MixedCurrencies
from tools.errors import Forbidden, InvalidInput, MissingValue
from tools.orders.reversal import NotThatMany
from tools.orders.rules import NothingToApprove, NothingWouldStay, OrderClosed, OrderNotUnpaid
from tools.tickets.rules import TicketsSoldOut

pytestmark = pytest.mark.asyncio(loop_scope="module")


def line(ticket_type: Any, quantity: int) -> dict[str, Any]:
    return {"ticket_type": str(ticket_type.id), "quantity": quantity}


def swap(shop: Shop, order: Any, quantity: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "order": order.number,
        "remove": [line(shop.ticket_type, quantity)],
        "add": [line(shop.spare_ticket_type, quantity)],
        **more,
    }


async def test_two_regular_become_two_vip_and_the_rest_is_open(shop: Shop) -> None:
    order = await sold(shop, 3)
    shop.office.sql("update public.tickets set attendee_name = 'Bo' where order_id = %s", order.id)
    after = await shop.do("change_order", **swap(shop, order))
    assert (after.total_amount, after.difference_amount, after.owed_amount) == (20_500, 13_000, 13_000)
    assert after.status == "pending"
    assert after.expires_at is None
    assert [(item.ticket_type_name, item.quantity) for item in after.items] == [("General", 1), ("VIP", 2)]
    live = "select attendee_name, count(*) from public.tickets where order_id = %s and status = 'valid' group by 1"
    assert shop.office.sql(live, order.id) == [("Bo", 3)]
    paid = await shop.do("record_payment", order=order.number, method="card")
    assert (paid.status, paid.owed_amount) == ("paid", 0)
    assert await counted(shop) == (0, 5)


async def test_what_costs_less_is_owed_and_given_back_only_when_asked(shop: Shop) -> None:
    order = await sold(shop, 2, ticket_type=str(shop.spare_ticket_type.id))
    down = {"order": order.number, "remove": [line(shop.spare_ticket_type, 1)], "add": [line(shop.ticket_type, 1)]}
    owed = await shop.do("change_order", **down)
    assert (owed.difference_amount, owed.owed_amount, owed.given_back_amount, owed.status) == (-6500, -6500, 0, "paid")
    again = await shop.do("change_order", **down, refund_difference=True)
    assert (again.difference_amount, again.given_back_amount, again.owed_amount) == (-6500, 13_000, 0)
    staff = await shop.office.colleague("staff")
    third = await sold(shop, 2)
    with pytest.raises(Forbidden):
        await staff.do("change_order", **swap(shop, third), refund_difference=True)
    assert (await staff.do("change_order", **swap(shop, third))).owed_amount == 13_000


async def test_what_is_added_comes_at_todays_price_and_what_goes_at_what_it_cost(shop: Shop) -> None:
    order = await sold(shop, 2)
    shop.office.sql("update public.ticket_types set price_amount = 4000 where id = %s", shop.ticket_type.id)
    same = {"order": order.number, "remove": [line(shop.ticket_type, 1)], "add": [line(shop.ticket_type, 1)]}
    after = await shop.do("change_order", **same)
    assert (after.difference_amount, after.total_amount) == (1500, 6500)
    less = await shop.do(
        "change_order", order=order.number, remove=[line(shop.ticket_type, 2)], add=[line(shop.spare_ticket_type, 1)]
    )
    assert (less.total_amount, less.difference_amount) == (9000, 2500)


async def test_a_swap_that_does_not_fit_changes_nothing(shop: Shop) -> None:
    order = await sold(shop, 11)
    before = shop.stored()
    for change, refused in (
        (swap(shop, order, 11), TicketsSoldOut),
        (swap(shop, order, 12), NotThatMany),
        ({"order": order.number}, MissingValue),
        ({"order": order.number, "remove": [line(shop.ticket_type, 11)]}, NothingWouldStay),
        ({"order": order.number, "remove": [line(shop.ticket_type, 6), line(shop.ticket_type, 6)]}, NotThatMany),
    ):
        with pytest.raises(refused):
            await shop.do("change_order", **change)
    assert shop.stored() == before


async def test_a_swap_inside_a_full_house_fits(shop: Shop) -> None:
    await shop.do("update_event", event=str(shop.event.id), capacity=9)
    order = await sold(shop, 5)
    with pytest.raises(TicketsSoldOut):
        await shop.do("change_order", order=order.number, add=[line(shop.spare_ticket_type, 1)])
    after = await shop.do("change_order", **swap(shop, order, 5))
    assert [(item.ticket_type_name, item.quantity) for item in after.items] == [("VIP", 5)]
    assert shop.office.sql(
        "select held, sold from public.quotas where event_id = %s and kind = 'capacity'", shop.event.id
    ) == [(0, 9)]
    assert await counted(shop) == (0, 4)


async def test_one_order_keeps_one_currency_and_an_event_that_is_off_sells_nothing(shop: Shop) -> None:
    order = await sold(shop, 2)
    dollars = await shop.do(
        "create_ticket_type", event=str(shop.event.id), name="Dollars", price_amount=100, currency="USD", quantity=5
    )
    with pytest.raises(MixedCurrencies):
        await shop.do("change_order", order=order.number, add=[line(dollars, 1)])
    await shop.do("cancel_event", event=str(shop.event.id), buyers="decide_later")
    with pytest.raises(EventNotOnSale):
        await shop.do("change_order", order=order.number, add=[line(shop.ticket_type, 1)])
    fewer = await shop.do("change_order", order=order.number, remove=[line(shop.ticket_type, 1)])
    assert fewer.owed_amount == -2500


async def test_a_bundle_goes_back_whole(shop: Shop) -> None:
    bundle = await shop.do(
        "create_ticket_type", event=str(shop.event.id), name="Family", price_amount=10_001, quantity=10
    )
    shop.office.sql("update public.ticket_types set kind = 'bundle' where id = %s", bundle.id)
    shop.office.sql(
        "insert into public.bundle_items (org_id, event_id, bundle_id, ticket_type_id, quantity) values (%s, %s, %s, %s, 2)",
        shop.office.org_id, shop.event.id, bundle.id, shop.ticket_type.id,
    )  # fmt: skip
    order = await sold(shop, 3, ticket_type=str(bundle.id))
    assert len(order.tickets) == 6
    with pytest.raises(InvalidInput):
        await shop.do("refund_tickets", order=order.number, tickets=[str(order.tickets[0].id)])
    with pytest.raises(NotThatMany):
        await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1)
    after = await shop.do("refund_tickets", order=order.number, ticket_type=str(bundle.id), quantity=1)
    assert (after.given_back_amount, [ticket.status for ticket in after.tickets].count("valid")) == (10_001, 4)
    assert await counted(shop) == (0, 8)
    swapped = await shop.do(
        "change_order", order=order.number, remove=[line(bundle, 1)], add=[line(shop.ticket_type, 4)]
    )
    assert (swapped.difference_amount, swapped.status) == (-1, "paid")
    assert await counted(shop) == (0, 10)


async def test_the_card_shows_the_difference(shop: Shop) -> None:
    order = await sold(shop, 2)
    proposal = await shop.office.propose(("change_order", swap(shop, order)))
    assert [(total.label, total.amount) for total in proposal.preview.totals] == [("Difference", 13_000)]
    assert "to 2 VIP: €130.00 more" in proposal.preview.steps[0].summary
    assert (await shop.office.approve(proposal)).status == "applied"


async def test_an_unpaid_order_is_cancelled_and_a_paid_one_is_not(shop: Shop) -> None:
    gone = await shop.do("cancel_order", order=shop.open_order.number)
    assert (gone.status, {ticket.status for ticket in gone.tickets}) == ("cancelled", {"cancelled"})
    assert await counted(shop) == (0, 2)
    for order in (shop.open_order, shop.paid_order):
        with pytest.raises(OrderNotUnpaid):
            await shop.do("cancel_order", order=order.number)
    part = await sold(shop, 2, payment_method=None)
    await shop.do("record_payment", order=part.number, method="cash", amount=1)
    with pytest.raises(OrderNotUnpaid):
        await shop.do("cancel_order", order=part.number)


def waits(shop: Shop, order: Any) -> None:
    """As an order of the shop for a type that needs the organiser's yes."""
    shop.office.sql("update public.orders set needs_approval = true, expires_at = now() where id = %s", order.id)


async def test_an_order_that_waits_is_approved_with_time_to_pay(shop: Shop) -> None:
    waits(shop, shop.open_order)
    assert [order.id for order in (await shop.do("list_orders", needs_approval=True)).items] == [shop.open_order.id]
    approved = await shop.do("approve_order", order=shop.open_order.number, expires_in_hours=24)
    assert (approved.status, approved.needs_approval) == ("pending", False)
    left = approved.expires_at - (await shop.do("get_order", order=shop.open_order.number)).created_at
    assert timedelta(hours=23) < left < timedelta(hours=25)
    assert (await shop.do("list_orders", needs_approval=True)).items == []
    with pytest.raises(NothingToApprove):
        await shop.do("approve_order", order=shop.open_order.number)


async def test_what_costs_nothing_is_paid_with_the_yes(shop: Shop) -> None:
    shop.office.sql("update public.ticket_types set price_amount = 0 where id = %s", shop.ticket_type.id)
    order = await sold(shop, 1, payment_method=None)
    shop.office.sql(
        "update public.orders set status = 'pending', paid_at = null, needs_approval = true where id = %s", order.id
    )
    assert (await shop.do("approve_order", order=order.number)).status == "paid"


async def test_a_declined_order_frees_its_places(shop: Shop) -> None:
    with pytest.raises(NothingToApprove):
        await shop.do("decline_order", order=shop.open_order.number)
    waits(shop, shop.open_order)
    declined = await shop.do("decline_order", order=shop.open_order.number, reason="Members only")
    assert declined.status == "cancelled"
    assert await counted(shop) == (0, 2)
    assert (await shop.do("list_orders", needs_approval=True)).items == []


async def test_an_expired_order_lives_again_while_its_places_are_there(shop: Shop) -> None:
    order = shop.open_order
    shop.office.sql("update public.orders set expires_at = now() - interval '1 second' where id = %s", order.id)
    shop.office.sql("select app.expire()")
    assert (await shop.do("get_order", order=order.number)).status == "expired"
    with pytest.raises(OrderClosed):
        await shop.do("record_payment", order=order.number, method="cash")
    alive = await shop.do("extend_order", order=order.number)
    assert (alive.status, alive.expires_at, {ticket.status for ticket in alive.tickets}) == ("pending", None, {"valid"})
    assert await counted(shop) == (0, 4)
    shop.office.sql("update public.orders set expires_at = now() - interval '1 second' where id = %s", order.id)
    shop.office.sql("select app.expire()")
    await sold(shop, 98)
    before = shop.stored()
    with pytest.raises(TicketsSoldOut):
        await shop.do("extend_order", order=order.number)
    assert shop.stored() == before


async def test_the_time_to_pay_is_moved_within_a_year(shop: Shop) -> None:
    now = shop.office.sql("select now()")[0][0]
    later = await shop.do("extend_order", order=shop.open_order.number, expires_at=now + timedelta(days=3))
    assert later.expires_at == now + timedelta(days=3)
    for wrong in (now - timedelta(minutes=1), now + timedelta(days=400), "9999-12-31T23:59:59-12:00"):
        with pytest.raises(InvalidInput):
            await shop.do("extend_order", order=shop.open_order.number, expires_at=wrong)
    with pytest.raises(OrderNotUnpaid):
        await shop.do("extend_order", order=shop.paid_order.number)


async def test_orders_are_listed_by_what_is_owed(shop: Shop) -> None:
    low = await sold(shop, 2)
    await shop.do("change_order", order=low.number, remove=[line(shop.ticket_type, 1)])
    kept = await sold(shop, 1)
    await shop.do("refund_order", order=kept.number, keep_amount=500)

    async def listed(owed: str) -> set[str]:
        return {order.number for order in (await shop.do("list_orders", owed=owed)).items}

    assert await listed("unpaid") == {shop.open_order.number}
    assert await listed("overpaid") == {low.number}
    assert await listed("settled") == {shop.paid_order.number, kept.number}


async def test_a_fee_may_be_kept_of_a_whole_refund(shop: Shop) -> None:
    with pytest.raises(InvalidInput):
        await shop.do("refund_order", order=shop.paid_order.number, amount=100, keep_amount=100)
    after = await shop.do("refund_order", order=shop.paid_order.number, keep_amount=200)
    assert (after.status, after.given_back_amount, after.kept_amount, after.owed_amount) == ("cancelled", 4800, 200, 0)
    dear = await sold(shop, 1)
    all_kept = await shop.do("refund_order", order=dear.number, keep_amount=9999)
    assert (all_kept.given_back_amount, all_kept.kept_amount) == (0, 2500)
