"""Bookings: for the event's times unless others are given, and cancelled by what people know of them."""

from __future__ import annotations

import pytest

from tests.tools.shop import Shop
from tools.errors import Ambiguous, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_booking_takes_the_events_times_and_gives_it_a_venue(shop: Shop) -> None:
    booking = await shop.do("book_venue", event="Garden Fair", venue="boat house")
    assert (booking.start_date, booking.end_date) == (shop.spare_event.start_date, shop.spare_event.end_date)
    assert (await shop.do("get_event", event="Garden Fair")).venue_name == "Boat House"


async def test_a_booking_is_cancelled_by_its_event_and_the_space_is_free_again(shop: Shop) -> None:
    cancelled = await shop.do("cancel_booking", event="the gala")
    assert (cancelled.id, cancelled.status) == (shop.booking.id, "cancelled")
    await shop.do("book_venue", event="Garden Fair", venue="Blue Room")


async def test_of_two_bookings_the_venue_says_which(shop: Shop) -> None:
    await shop.do("book_venue", event="Winter Gala", venue="Boat House")
    with pytest.raises(Ambiguous):
        await shop.do("cancel_booking", event="Winter Gala")
    assert (await shop.do("cancel_booking", event="Winter Gala", venue="Boat House")).venue_name == "Boat House"
    with pytest.raises(NotFound):
        await shop.do("cancel_booking", event="Garden Fair")


async def test_set_up_and_tear_down_are_booked_too(shop: Shop) -> None:
    await shop.do("update_booking", booking=str(shop.booking.id), teardown_minutes=60)
    free = {"free_from": "2030-12-12T22:30:00+01:00", "free_until": "2030-12-12T23:30:00+01:00"}
    assert [venue.name for venue in (await shop.do("find_venues", **free)).items] == ["Boat House"]


async def test_bookings_are_listed_by_event_venue_day_and_state(shop: Shop) -> None:
    async def listed(**wanted: object) -> int:
        return len((await shop.do("list_bookings", **wanted)).items)

    assert (
        await listed(event="Winter Gala")
        == await listed(venue="Blue Room")
        == await listed(from_date="2030-12-12")
        == 1
    )
    assert (
        await listed(venue="Boat House") == await listed(to_date="2030-12-11") == await listed(status="cancelled") == 0
    )
