"""Lists for which nothing is free stand before no list for which something is, however many they are."""

from __future__ import annotations

from typing import Any

from tests.office import Office
from tools.waiting_list.joining import sweep

AT_MOST = 2


async def lined_up(office: Office) -> Any:
    """Full lists, as many as a sweep takes, and behind them one with a place that nobody was offered. Answers its event."""
    events = []
    for number in range(AT_MOST + 1):
        event = await office.do("create_event", name=f"Gala {number}", start_date="2030-12-12T19:00:00+01:00")
        general = await office.do("create_ticket_type", event=str(event.id), price_amount=100, quantity=1)
        await office.do("publish_event", event=str(event.id))
        named = {"event": str(event.id), "ticket_type": str(general.id)}
        await office.do("sell_tickets", **named, quantity=1, buyer="Full", payment_method="cash")
        await office.do("open_waiting_list", event=str(event.id), auto_offer=True)
        await office.do("add_to_waiting_list", **named, quantity=1, email=f"ann{number}@example.org", name="Ann")
        events.append(event)
    last = office.sql("select event_id from public.waiting_lists order by id desc limit 1")[0][0]
    office.sql("alter table public.quotas disable trigger offer_freed")
    office.sql("update public.quotas set size = size + 1 where event_id = %s", last)
    office.sql("alter table public.quotas enable trigger offer_freed")
    return last


def offered(office: Office) -> list[tuple[Any, ...]]:
    return office.sql("select event_id from public.waiting_list_entries where status = 'offered'")


async def test_the_list_with_a_free_place_is_settled_though_full_ones_stand_before_it(office: Office) -> None:
    last = await lined_up(office)
    assert await sweep(office.greenroom, AT_MOST) == 1
    assert offered(office) == [(last,)]
    assert await sweep(office.greenroom, AT_MOST) == 0


async def test_taken_by_their_order_alone_it_would_never_be_its_turn(office: Office) -> None:
    await lined_up(office)
    office.sql(
        "create or replace function app.somebody_fits(org uuid, of_event uuid) returns boolean language sql stable"
        " set search_path = '' as $$ select true $$"
    )
    assert [await sweep(office.greenroom, AT_MOST) for _ in range(3)] == [0, 0, 0]
