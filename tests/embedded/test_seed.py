"""The demo's world stands after the seed, and seeding again adds nothing."""

from __future__ import annotations

from datetime import date, timedelta

from embedded.seed import WORLD_NOW, seed_world
from tests.office import open_office
from tests.postgres import ClonedDatabase


async def test_the_world_is_made_once_with_orders_1042_to_1049(database: ClonedDatabase) -> None:
    async with open_office(database) as office:
        await seed_world(office.greenroom, office.caller, WORLD_NOW.date())
        await seed_world(office.greenroom, office.caller, WORLD_NOW.date())
        orders = (await office.do("list_orders")).items
        assert sorted(order.number for order in orders) == [str(number) for number in range(1042, 1050)]
        events = (await office.do("list_events")).items
        assert [event.name for event in events] == ["Tech Meetup", "Winter Gala", "Spring Picnic", "Harbour Fest"]


async def test_dates_move_to_the_coming_months_and_keep_their_weekday(database: ClonedDatabase) -> None:
    today = WORLD_NOW.date() + timedelta(days=200)
    async with open_office(database) as office:
        await seed_world(office.greenroom, office.caller, today)
        events = (await office.do("list_events")).items
        assert all(event.start_date.date() > today for event in events)
        assert [event.start_date.isoweekday() for event in events] == [date(2026, 12, 3).isoweekday(), 6, 7, 6]
