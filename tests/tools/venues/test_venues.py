"""Venues: found by what people look for, and gone only when nothing needs them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.shop import Shop
from tools.errors import NotFound
from tools.events.rules import EventTooLarge
from tools.venues.operations import VenueInUse

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Blue Room", "Boat House"]),
        ({"city": "amsterdam"}, ["Blue Room"]),
        ({"city": "Ams"}, ["Blue Room"]),
        ({"min_capacity": 80}, ["Blue Room", "Boat House"]),
        ({"min_capacity": 81}, ["Blue Room"]),
        ({"query": "boat"}, ["Boat House"]),
        ({"query": "%"}, []),
        ({"free_from": "2030-12-12T20:00:00+01:00", "free_until": "2030-12-12T21:00:00+01:00"}, ["Boat House"]),
        ({"free_from": "2030-12-12T22:00:00+01:00", "free_until": "2030-12-12T23:00:00+01:00"}, ["Blue Room", "Boat House"]),
    ],
)  # fmt: skip
async def test_a_venue_is_found_by_place_size_name_and_free_time(
    standing_shop: Shop, wanted: dict[str, Any], found: list[str]
) -> None:
    assert [venue.name for venue in (await standing_shop.do("find_venues", **wanted)).items] == found


async def test_a_new_venue_has_one_space_that_follows_its_size(shop: Shop) -> None:
    venue = await shop.do("create_venue", name="Loft", capacity=40)
    assert [(space.name, space.capacity) for space in venue.spaces] == [("Whole venue", 40)]
    assert venue.timezone == "Europe/Amsterdam"
    grown = await shop.do("update_venue", venue="Loft", capacity=60)
    assert grown.spaces[0].capacity == 60


async def test_a_venue_can_not_shrink_below_what_is_planned_in_it(shop: Shop) -> None:
    await shop.do("update_event", event="Winter Gala", capacity=120)
    with pytest.raises(EventTooLarge):
        await shop.do("update_venue", venue="Blue Room", capacity=119)
    await shop.do("update_venue", venue="Blue Room", capacity=120)


async def test_a_venue_stays_while_an_event_is_there_or_it_was_booked(shop: Shop) -> None:
    await shop.do("cancel_booking", booking=str(shop.booking.id))
    with pytest.raises(VenueInUse):
        await shop.do("delete_venue", venue="Blue Room")


async def test_a_venue_without_a_space_can_not_be_booked(shop: Shop) -> None:
    shop.office.sql("delete from public.spaces where venue_id = %s", shop.spare_venue.id)
    with pytest.raises(NotFound):
        await shop.do("book_venue", event="Garden Fair", venue="Boat House")
