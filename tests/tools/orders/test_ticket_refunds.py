"""Single tickets go back: by id, by person, by type; with a fee; in proportion; and with the last one the order is over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.shop import Shop
from tools.errors import Forbidden, InvalidInput, MissingValue, NotFound
from tools.orders.reversal import NotThatMany, TicketGone
from tools.orders.rules import OrderClosed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def sold(shop: Shop, quantity: int = 3, **more: Any) -> Any:
    wanted = {
        "event": str(shop.event.id),
        "ticket_type": str(shop.ticket_type.id),
        "quantity": quantity,
        "buyer": "Ada",
    }
    return await shop.do("sell_tickets", **wanted | {"payment_method": "card"} | more)


async def counted(shop: Shop) -> tuple[int, int]:
    """Held and sold of the ticket type's own quota, and no quota differs from what its orders and holds add up to."""
    assert shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id) == []
    ticket_type = await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))
    return ticket_type.held, ticket_type.sold


async def test_a_ticket_chosen_by_id_goes_back_and_the_others_stay(shop: Shop) -> None:
    order = await sold(shop)
    before = await counted(shop)
    gone = order.tickets[1].id
    after = await shop.do("refund_tickets", order=order.number, tickets=[str(gone)])
    assert (after.status, after.total_amount, after.given_back_amount, after.owed_amount) == ("paid", 5000, 2500, 0)
    assert {ticket.id: ticket.status for ticket in after.tickets}[gone] == "cancelled"
    assert [ticket.status for ticket in after.tickets].count("valid") == 2
    assert [(item.quantity, item.total_amount) for item in after.items] == [(2, 5000)]
    assert [(line.quantity, line.total_amount) for line in after.history] == [(3, 7500), (-1, -2500)]
    assert await counted(shop) == (0, before[1] - 1)


async def test_tickets_go_back_by_the_person_on_them(shop: Shop) -> None:
    order = await sold(shop)
    shop.office.sql(
        "update public.tickets set attendee_name = 'Bo', attendee_email = 'bo@example.org' where id = %s",
        order.tickets[0].id,
    )
    with pytest.raises(NotFound):
        await shop.do("refund_tickets", order=order.number, attendee="Cy")
    with pytest.raises(NotThatMany):
        await shop.do("refund_tickets", order=order.number, attendee="bo", quantity=2)
    after = await shop.do("refund_tickets", order=order.number, attendee="BO@example.org")
    assert {ticket.id for ticket in after.tickets if ticket.status == "cancelled"} == {order.tickets[0].id}


async def test_a_fee_is_kept_and_is_a_line_of_its_own(shop: Shop) -> None:
    order = await sold(shop)
    after = await shop.do(
        "refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1, keep_amount=200
    )
    assert (after.total_amount, after.given_back_amount, after.owed_amount) == (5200, 2300, 0)
    assert [(item.kind, item.total_amount) for item in after.items] == [("ticket", 5000), ("fee", 200)]


async def test_with_the_last_ticket_the_order_is_over_and_all_fees_stay(shop: Shop) -> None:
    order = await sold(shop, 2)
    chosen = {"order": order.number, "ticket_type": str(shop.ticket_type.id), "keep_amount": 200}
    await shop.do("refund_tickets", **chosen, quantity=1)
    last = await shop.do("refund_tickets", **chosen)
    assert (last.status, last.given_back_amount, last.refunded_amount, last.kept_amount) == (
        "cancelled",
        2300,
        4600,
        400,
    )
    assert last.owed_amount == 0
    assert {ticket.status for ticket in last.tickets} == {"cancelled"}
    with pytest.raises(OrderClosed):
        await shop.do("refund_tickets", **chosen)


async def test_discount_fee_and_tax_go_back_in_proportion_and_sum_to_what_was_paid(shop: Shop) -> None:
    shop.office.sql(
        "update public.ticket_types set price_amount = 999, fee_amount = 7, fee_basis_points = 333, tax_basis_points = 1900,"
        " tax_included = false where id = %s",
        shop.ticket_type.id,
    )
    await shop.do("create_promo_code", event=str(shop.event.id), code="ODD", percent_basis_points=1111)
    order = await sold(shop, 7, promo_code="ODD")
    assert min(order.discount_amount, order.fee_amount, order.tax_amount) > 0
    back = 0
    for _ in range(7):
        after = await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1)
        assert after.owed_amount == 0
        back += after.given_back_amount
    assert (after.status, back, after.kept_amount) == ("cancelled", order.total_amount, 0)
    used = "select uses, spent_amount from public.promo_codes where code = 'ODD' and org_id = %s"
    assert shop.office.sql(used, shop.office.org_id) == [(0, 0)]


async def test_uses_of_a_code_come_back_with_their_tickets(shop: Shop) -> None:
    await shop.do("create_promo_code", event=str(shop.event.id), code="TENTH", percent_basis_points=1000, max_uses=2)
    order = await sold(shop, 3, promo_code="TENTH")
    uses = lambda: shop.office.sql(  # noqa: E731 - looked at three times
        "select uses, spent_amount from public.promo_codes where code = 'TENTH' and org_id = %s", shop.office.org_id
    )
    assert uses() == [(2, 500)]
    reduced = next(item for item in order.items if item.discount_amount)
    (ticket,) = shop.office.sql(
        "select id from public.tickets where order_item_id = %s order by id limit 1", reduced.id
    )
    await shop.do("refund_tickets", order=order.number, tickets=[str(ticket[0])])
    assert uses() == [(1, 250)]
    await shop.do("refund_order", order=order.number)
    assert uses() == [(0, 0)]
    assert await counted(shop) == (0, 4)


async def test_an_unpaid_order_owes_less_and_no_money_moves(shop: Shop) -> None:
    order = await sold(shop, 3, payment_method=None)
    after = await shop.do(
        "refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1, keep_amount=500
    )
    assert (after.status, after.total_amount, after.given_back_amount, after.owed_amount) == ("pending", 5000, 0, 5000)


async def test_goodwill_given_before_stays_given(shop: Shop) -> None:
    order = await sold(shop, 2)
    await shop.do("refund_order", order=order.number, amount=1000)
    one = await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1)
    assert (one.given_back_amount, one.owed_amount) == (2500, 0)
    both = await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1)
    assert (both.status, both.refunded_amount, both.kept_amount) == ("cancelled", 5000, 0)


async def test_a_ticket_used_at_the_door_may_go_back_with_a_warning(shop: Shop) -> None:
    order = await sold(shop, 2)
    shop.office.sql("update public.tickets set status = 'checked_in' where id = %s", order.tickets[0].id)
    step = {"order": order.number, "tickets": [str(order.tickets[0].id)]}
    proposal = await shop.office.propose(("refund_tickets", step))
    assert proposal.preview.warnings == ["1 of these tickets was used at the door already."]
    assert [(total.label, total.amount) for total in proposal.preview.totals] == [("Given back", -2500)]
    applied = await shop.office.approve(proposal)
    assert applied.status == "applied"
    unused = await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.ticket_type.id), quantity=1)
    assert unused.status == "cancelled"


async def test_what_is_chosen_must_be_clear_and_there(shop: Shop) -> None:
    order = await sold(shop, 2)
    one = str(order.tickets[0].id)
    before = shop.stored()
    for chosen, refused in (
        ({}, MissingValue),
        ({"tickets": [one], "quantity": 1}, InvalidInput),
        ({"tickets": [one], "attendee": "Ada"}, InvalidInput),
        ({"tickets": [str(shop.paid_order.tickets[0].id)]}, TicketGone),
        ({"tickets": [one, str(shop.office.org_id)]}, TicketGone),
        ({"ticket_type": str(shop.ticket_type.id), "quantity": 3}, NotThatMany),
        ({"ticket_type": str(shop.spare_ticket_type.id)}, NotThatMany),
    ):
        with pytest.raises(refused):
            await shop.do("refund_tickets", order=order.number, **chosen)
    with pytest.raises(NotFound):
        await shop.rival.do("refund_tickets", order=str(order.id), tickets=[one])
    with pytest.raises(Forbidden):
        await (await shop.office.colleague("staff")).do("refund_tickets", order=order.number, tickets=[one])
    assert {**shop.stored(), "memberships": ""} == {**before, "memberships": ""}


async def test_money_that_was_paid_too_much_goes_back_before_goodwill(shop: Shop) -> None:
    order = await sold(shop, 2)
    swap = await shop.do(
        "change_order", order=order.number, remove=[{"ticket_type": str(shop.ticket_type.id), "quantity": 1}],
        add=[],
    )  # fmt: skip
    assert swap.owed_amount == -2500
    after = await shop.do("refund_order", order=order.number, amount=3000)
    assert (after.credited_amount, after.owed_amount, after.status) == (500, 0, "paid")
