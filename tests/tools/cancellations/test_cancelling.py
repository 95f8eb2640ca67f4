"""An event is cancelled or postponed: who owes, who is owed, who is asked, and what is freed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.tools.shop import Shop
from tools.cancellations.choosing import choose_refund, refund_choice_of
from tools.cancellations.rules import ChoiceFinal, ChoiceOver, NobodyToAsk, NotAnOption, NothingOffered
from tools.cancellations.running import sweep
from tools.errors import Forbidden, InvalidInput, MissingValue, NotFound
from tools.events.rules import EventStateConflict
from tools.orders.rules import OrderClosed
from tools.proposals.rules import ProposalStale

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEXT_YEAR = "2031-10-03T19:00:00+02:00"


async def cancelled(shop: Shop, **how: Any) -> Any:
    return await shop.do("cancel_event", event=str(shop.event.id), **how)


async def status_of(shop: Shop, order: Any) -> tuple[str, int]:
    now = await shop.do("get_order", order=str(order.id))
    return now.status, now.refunded_amount


async def test_whoever_cancels_says_what_the_buyers_get(shop: Shop) -> None:
    before = shop.stored()
    with pytest.raises(MissingValue) as asked:
        await cancelled(shop)
    assert asked.value.details == {"paid_orders": 1}
    with pytest.raises(InvalidInput):
        await cancelled(shop, buyers="refund_all", choose_until="2030-01-01T00:00:00Z")
    with pytest.raises(InvalidInput):
        await cancelled(shop, buyers="decide_later", keep_amount=100)
    staff = await shop.office.colleague("staff")
    for choice in ("refund_all", "let_choose"):
        with pytest.raises(Forbidden):
            await staff.do("cancel_event", event=str(shop.event.id), buyers=choice)
    assert {**shop.stored(), "memberships": ""} == {**before, "memberships": ""}
    later = await staff.do("cancel_event", event=str(shop.event.id), buyers="decide_later")
    assert (later.status, later.refunds, later.choices_offered) == ("cancelled", None, 0)
    with pytest.raises(EventStateConflict):
        await cancelled(shop, buyers="decide_later")


async def test_refund_all_gives_back_all_but_the_fee_and_frees_everything(shop: Shop) -> None:
    held = await shop.do("hold_tickets", event=str(shop.event.id), ticket_type=str(shop.ticket_type.id), quantity=3)
    waiting = await shop.do(
        "add_to_waiting_list", event=str(shop.event.id), ticket_type=str(shop.ticket_type.id), email="wim@example.org"
    )
    done = await cancelled(shop, buyers="refund_all", keep_amount=200, reason="Storm")
    assert (done.status, done.orders_ended, done.holds_released, done.bookings_freed, done.waiting_told) == (
        "cancelled",
        1,
        1,
        1,
        1,
    )
    assert done.refunds.status == "done"
    assert [each.model_dump() for each in done.refunds.amounts] == [
        {"currency": "EUR", "orders": 1, "paid_amount": 5000, "refund_amount": 4800, "kept_amount": 200}
    ]
    assert await status_of(shop, shop.paid_order) == ("cancelled", 4800)
    assert await status_of(shop, shop.open_order) == ("cancelled", 0)
    assert shop.office.sql("select sum(held), sum(sold) from public.quotas where event_id = %s", shop.event.id) == [
        (0, 0)
    ]
    kinds = shop.office.sql("select kind, subject_id from public.outbox where org_id = %s", shop.office.org_id)
    for told in (
        ("cancel_event", shop.event.id), ("order_ended", shop.open_order.id), ("refund_order", shop.paid_order.id),
        ("waiting_list_closed", waiting.id),
    ):  # fmt: skip
        assert told in kinds
    assert shop.office.sql("select status from public.holds where id = %s", held.id) == [("released",)]
    assert (await shop.do("get_event_refund", event=str(shop.event.id))).done == 1


async def test_a_free_or_unpaid_event_is_cancelled_without_a_question(shop: Shop) -> None:
    await shop.do("refund_order", order=shop.paid_order.number)
    done = await cancelled(shop)
    assert (done.orders_ended, done.refunds) == (1, None)


async def test_a_cancellation_as_a_proposal_shows_the_money_first(shop: Shop) -> None:
    step = {"event": str(shop.event.id), "buyers": "refund_all", "keep_amount": 200}
    before = shop.stored()
    proposal = await shop.office.propose(("cancel_event", step))
    assert [(total.label, total.amount) for total in proposal.preview.totals] == [("Given back", -4800), ("Kept", 200)]
    assert {**shop.stored(), "proposals": "", "audit": "", "outbox": ""} == {
        **before,
        "proposals": "",
        "audit": "",
        "outbox": "",
    }
    assert (await shop.office.approve(proposal)).status == "applied"
    assert await status_of(shop, shop.paid_order) == ("paid", 0)
    assert await sweep(shop.office.greenroom) == 1
    assert await status_of(shop, shop.paid_order) == ("cancelled", 4800)
    assert (await shop.do("get_event_refund", event=str(shop.event.id))).status == "done"


async def test_a_sale_between_the_preview_and_the_yes_makes_the_proposal_stale(shop: Shop) -> None:
    proposal = await shop.office.propose(("cancel_event", {"event": str(shop.event.id), "buyers": "refund_all"}))
    await shop.do(
        "sell_tickets",
        event=str(shop.event.id),
        ticket_type=str(shop.ticket_type.id),
        quantity=1,
        buyer="Zoe",
        payment_method="card",
    )
    with pytest.raises(ProposalStale):
        await shop.office.approve(proposal)
    assert (await shop.do("get_event", event=str(shop.event.id))).status == "draft"


async def test_each_buyer_chooses_and_the_refund_is_final(shop: Shop) -> None:
    green, order = shop.office.greenroom, shop.paid_order
    with pytest.raises(NothingOffered):
        await choose_refund(green, order.id, "refund")
    assert await refund_choice_of(green, order.id) is None
    done = await cancelled(shop, buyers="let_choose", keep_amount=200)
    assert done.choices_offered == 1
    offered = await refund_choice_of(green, order.id)
    assert offered is not None
    assert (offered.state, offered.refund_amount, offered.options) == ("open", 4800, ["refund", "donate", "credit"])
    with pytest.raises(NotAnOption):
        await choose_refund(green, order.id, "keep")
    assert (await choose_refund(green, order.id, "donate")).state == "donate"
    assert await status_of(shop, order) == ("paid", 0)
    assert (await choose_refund(green, order.id, "refund")).state == "refund"
    assert await status_of(shop, order) == ("cancelled", 4800)
    again = await choose_refund(green, order.id, "refund")
    assert (again.refund_amount, await status_of(shop, order)) == (4800, ("cancelled", 4800))
    with pytest.raises(ChoiceFinal):
        await choose_refund(green, order.id, "donate")
    listed = await shop.do("list_refund_choices", event=str(shop.event.id), state="refund")
    assert [choice.order_number for choice in listed.items] == [order.number]
    assert (await shop.do("list_refund_choices", event=str(shop.event.id), state="open")).items == []
    assert (await shop.rival.do("list_refund_choices")).items == []


async def test_a_choice_ends_with_its_deadline_and_with_the_order(shop: Shop) -> None:
    green, order = shop.office.greenroom, shop.paid_order
    await cancelled(shop, buyers="let_choose")
    shop.office.sql(
        "update public.refund_choices set deadline = now() - interval '1 second' where order_id = %s", order.id
    )
    with pytest.raises(ChoiceOver):
        await choose_refund(green, order.id, "refund")
    assert (await refund_choice_of(green, order.id)).state == "over"  # type: ignore[union-attr]
    await shop.do("offer_refund_choice", event=str(shop.event.id), options=["refund"])
    await shop.do("refund_order", order=order.number)
    with pytest.raises(OrderClosed):
        await choose_refund(green, order.id, "refund")
    with pytest.raises(NobodyToAsk):
        await shop.do("offer_refund_choice", event=str(shop.event.id))


async def test_a_choice_is_offered_to_one_order_of_the_event_and_in_time(shop: Shop) -> None:
    now = shop.office.sql("select now()")[0][0]
    asked = await shop.do(
        "offer_refund_choice",
        event=str(shop.event.id),
        order=shop.paid_order.number,
        options=["refund", "refund", "keep"],
    )
    assert (asked.asked, asked.options) == (1, ["refund", "keep"])
    assert timedelta(days=13) < asked.deadline - now < timedelta(days=15)
    for wrong in (now, now + timedelta(days=400)):
        with pytest.raises(InvalidInput):
            await shop.do("offer_refund_choice", event=str(shop.event.id), deadline=wrong)
    with pytest.raises(InvalidInput):
        await shop.do("offer_refund_choice", event=str(shop.spare_event.id), order=shop.paid_order.number)
    with pytest.raises(NotFound):
        await shop.rival.do("offer_refund_choice", event=str(shop.event.id))


async def test_a_postponed_event_takes_its_booking_along_and_buyers_are_asked(shop: Shop) -> None:
    done = await shop.do("postpone_event", event=str(shop.event.id), start_date=NEXT_YEAR, keep_amount=100)
    assert (done.booking, done.choices_offered, done.end_date - done.start_date) == ("moved", 1, timedelta(hours=3))
    booking = await shop.do("get_booking", booking=str(shop.booking.id))
    assert booking.start_date == done.start_date
    assert await status_of(shop, shop.paid_order) == ("paid", 0)
    choice = await refund_choice_of(shop.office.greenroom, shop.paid_order.id)
    assert choice is not None
    assert (choice.options, choice.refund_amount, choice.deadline) == (["refund", "keep"], 4900, done.refund_until)
    assert (await choose_refund(shop.office.greenroom, shop.paid_order.id, "keep")).state == "keep"
    again = await shop.do("postpone_event", event=str(shop.event.id), start_date="2031-11-03T19:00:00+01:00")
    assert again.choices_offered == 1
    assert (await refund_choice_of(shop.office.greenroom, shop.paid_order.id)).state == "open"  # type: ignore[union-attr]


async def test_where_the_room_is_taken_the_booking_is_freed_and_said(shop: Shop) -> None:
    await shop.do("update_event", event=str(shop.spare_event.id), start_date=NEXT_YEAR)
    await shop.do("book_venue", event=str(shop.spare_event.id), venue=str(shop.venue.id))
    proposal = await shop.office.propose(
        ("postpone_event", {"event": str(shop.event.id), "start_date": NEXT_YEAR, "refund_days": 0})
    )
    assert any("is taken at" in warning for warning in proposal.preview.warnings)
    done = await shop.do("postpone_event", event=str(shop.event.id), start_date=NEXT_YEAR, refund_days=0)
    assert (done.booking, done.choices_offered, done.refund_until) == ("freed", 0, None)
    assert (await shop.do("get_booking", booking=str(shop.booking.id))).status == "cancelled"
    with pytest.raises(InvalidInput):
        await shop.do("postpone_event", event=str(shop.event.id), start_date=NEXT_YEAR)


async def test_an_undo_takes_back_the_date_and_what_was_offered(shop: Shop) -> None:
    proposal = await shop.office.propose(("postpone_event", {"event": str(shop.event.id), "start_date": NEXT_YEAR}))
    applied = await shop.office.approve(proposal)
    undo = await shop.do("undo_proposal", proposal=applied.id)
    assert (await shop.office.approve(undo)).status == "applied"
    assert (await shop.do("get_event", event=str(shop.event.id))).start_date == shop.event.start_date
    assert await refund_choice_of(shop.office.greenroom, UUID(str(shop.paid_order.id))) is None
