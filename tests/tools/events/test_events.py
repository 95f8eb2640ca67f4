"""What becomes of events, and of what hangs on them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.tools.shop import START, Shop
from tools.bookings.operations import VenueAlreadyBooked
from tools.tickets.rules import TicketsSoldOut

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_without_an_end_an_event_lasts_an_evening_in_its_venues_zone(shop: Shop) -> None:
    tokyo = await shop.do("create_venue", name="Tokyo Dome", timezone="Asia/Tokyo")
    event = await shop.do("create_event", name="Tour", start_date=START, venue=str(tokyo.id))
    assert event.end_date - event.start_date == timedelta(hours=3)
    assert (event.timezone, event.currency, event.status, event.lifecycle) == ("Asia/Tokyo", "EUR", "draft", "upcoming")


async def test_moving_the_start_keeps_the_length_and_moves_the_booking(shop: Shop) -> None:
    later = "2030-12-19T20:00:00+01:00"
    event = await shop.do("update_event", event="Winter Gala", start_date=later)
    assert event.start_date == datetime.fromisoformat(later)
    assert event.end_date - event.start_date == timedelta(hours=3)
    booking = await shop.do("get_booking", booking=str(shop.booking.id))
    assert (booking.start_date, booking.end_date) == (event.start_date, event.end_date)


async def test_an_event_does_not_move_into_a_taken_time_and_then_nothing_moves(shop: Shop) -> None:
    later = {"start_date": "2031-01-01T19:00:00+01:00", "end_date": "2031-01-01T22:00:00+01:00"}
    await shop.do("book_venue", event=str(shop.spare_event.id), venue="Blue Room", **later)
    before = shop.stored()
    with pytest.raises(VenueAlreadyBooked):
        await shop.do("update_event", event="Winter Gala", start_date=later["start_date"])
    assert shop.stored() == before


async def test_moving_to_another_venue_takes_the_booking_along(shop: Shop) -> None:
    await shop.do("update_event", event="Winter Gala", venue="Boat House")
    assert (await shop.do("get_booking", booking=str(shop.booking.id))).venue_name == "Boat House"


async def test_only_what_is_given_changes(shop: Shop) -> None:
    before = (await shop.do("get_event", event=str(shop.event.id))).model_dump()
    after = (await shop.do("update_event", event=str(shop.event.id), description="Black tie")).model_dump()
    assert {name for name in before if name in after and before[name] != after[name]} == {
        "description", "version", "updated_at",
    }  # fmt: skip


async def test_a_capacity_given_later_holds_for_tickets_on_sale_and_counts_those_sold(shop: Shop) -> None:
    await shop.do("release_hold", hold=str(shop.hold.id))
    kept = kept_by_vouchers(shop)
    await shop.do("update_event", event="Winter Gala", capacity=10 + kept)
    general = await shop.do("get_ticket_type", ticket_type="General", event="Winter Gala")
    vip = await shop.do("get_ticket_type", ticket_type="VIP", event="Winter Gala")
    assert (general.sold, general.available, vip.available) == (4, 6, 6)
    await shop.do("sell_tickets", event="Winter Gala", ticket_type="VIP", quantity=6, buyer="Eve")
    with pytest.raises(TicketsSoldOut) as refused:
        await shop.do("sell_tickets", event="Winter Gala", ticket_type="General", quantity=1, buyer="Fay")
    assert refused.value.details["available"] == 0


async def test_a_capacity_below_what_is_sold_is_refused_and_one_taken_away_frees_the_rest(shop: Shop) -> None:
    await shop.do("release_hold", hold=str(shop.hold.id))
    before = await shop.do("get_ticket_type", ticket_type="General", event="Winter Gala")
    taken = 4 + kept_by_vouchers(shop)
    with pytest.raises(TicketsSoldOut):
        await shop.do("update_event", event="Winter Gala", capacity=taken - 1)
    await shop.do("update_event", event="Winter Gala", capacity=taken)
    assert (await shop.do("get_ticket_type", ticket_type="General", event="Winter Gala")).available == 0
    await shop.do("update_event", event="Winter Gala", capacity=None)
    after = await shop.do("get_ticket_type", ticket_type="General", event="Winter Gala")
    assert after.available == before.available == 100 - taken


def kept_by_vouchers(shop: Shop) -> int:
    return int(
        shop.office.sql(
            "select coalesce(sum(blocked), 0) from public.promo_codes where org_id = %s", shop.office.org_id
        )[0][0]
    )


async def test_cancelling_frees_the_space_and_keeps_the_orders(shop: Shop) -> None:
    await shop.do("cancel_event", event="Winter Gala", reason="Snow", buyers="decide_later")
    assert (await shop.do("get_booking", booking=str(shop.booking.id))).status == "cancelled"
    assert (await shop.do("get_order", order=shop.paid_order.number)).status == "paid"
    await shop.do("book_venue", event="Garden Fair", venue="Blue Room")


async def test_deleting_a_draft_takes_all_that_hangs_on_it_and_nothing_else(shop: Shop) -> None:
    fair = {"event": "Garden Fair"}
    await shop.do("create_ticket_type", **fair, price_amount=0, quantity=5)
    await shop.do("book_venue", **fair, venue="Boat House")
    await shop.do("add_sponsor", **fair, sponsor="Yamaha", level="gold", amount=1)
    await shop.do("delete_event", **fair)
    assert [event.name for event in (await shop.do("list_events")).items] == ["Winter Gala"]
    assert shop.office.sql("select count(*) from public.bookings where org_id = %s", shop.office.org_id) == [(1,)]
    assert [deal.event_name for deal in (await shop.do("list_sponsors")).items] == ["Winter Gala"]


async def test_days_are_days_of_the_organisation(shop: Shop) -> None:
    """23:30 in Amsterdam on the 1st is the 1st there, whatever day it is in London."""
    await shop.do("create_event", name="Late Show", start_date="2031-03-01T22:30:00Z", end_date="2031-03-01T22:50:00Z")
    for day, found in (("2031-02-28", 0), ("2031-03-01", 1), ("2031-03-02", 0)):
        assert len((await shop.do("list_events", from_date=day, to_date=day)).items) == found


async def test_pages_follow_one_another_without_a_gap_or_a_double(shop: Shop) -> None:
    for number in range(7):
        await shop.do("create_event", name=f"Night {number}", start_date=START)
    seen, cursor = [], None
    while True:
        page = await shop.do("list_events", limit=2, cursor=cursor)
        seen += [event.id for event in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 9
