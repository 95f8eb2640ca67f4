"""What a stranger learns from the shop, and from the database as a stranger: what a buyer may know, and no more."""

from __future__ import annotations

import asyncio
import json
import re
import time
from uuid import uuid4

import pytest

from tests.office import Office, found_organization
from tests.tools.shopping.window import Window, add_type, open_window
from tools.errors import Forbidden, NotFound
from tools.shop import holding, repository
from tools.tickets.rules import TicketsSoldOut


async def test_only_what_is_published_is_there(office: Office) -> None:
    draft = await open_window(office, published=False)
    for name in ("see_event", "see_availability"):
        with pytest.raises(NotFound):
            await draft.ask(name, event=str(draft.event_id))
    for event in (str(draft.event_id), str(uuid4()), "Winter Gala", "'; drop table events; --"):
        items = [{"ticket_type": str(draft.types["General"]), "quantity": 1}]
        with pytest.raises(NotFound):
            await draft.ask("start_hold", event=event, items=items)
    assert (await draft.ask("browse_events")).items == []
    await office.do("publish_event", event=str(draft.event_id))
    await asyncio.sleep(2.1)
    assert (await draft.ask("see_event", event=str(draft.event_id))).name == "Winter Gala"


async def test_events_are_listed_of_all_or_of_one_organiser_page_by_page(office: Office) -> None:
    rival = await found_organization(office.greenroom, office.admin_dsn, name="Red Note Events")
    for day in (3, 1, 2):
        await open_window(office, name=f"Day {day}", start_date=f"2030-12-0{day}T19:00:00Z", end_date=None)
    window = await open_window(rival, name="Theirs", start_date="2030-12-01T20:00:00Z", end_date=None)
    page = await window.ask("browse_events", limit=2)
    rest = await window.ask("browse_events", limit=2, cursor=page.next_cursor)
    assert [event.name for event in (*page.items, *rest.items)] == ["Day 1", "Theirs", "Day 2", "Day 3"]
    assert rest.next_cursor is None
    theirs = await window.ask("browse_events", organization=str(rival.org_id))
    assert [event.organizer for event in theirs.items] == ["Red Note Events"]


async def test_how_many_are_left_is_told_up_to_ten_and_never_how_many_were_sold(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = await open_window(office, size=437)
    await window.buy(await window.hold(20))
    answers = [
        await window.ask("see_event", event=str(window.event_id)),
        await window.ask("see_availability", event=str(window.event_id)),
        await window.hold(1, peer="198.51.100.9"),
    ]
    told = json.dumps([answer.model_dump(mode="json") for answer in answers])
    assert answers[1].ticket_types[0].available == 10
    for secret in (
        r"\b437\b",
        r"\b417\b",
        r"\b416\b",
        '"sold"',
        '"held"',
        "quota",
        "uses",
        "budget",
        "ann@example.org",
    ):
        assert not re.search(secret, told)
    monkeypatch.setattr(holding, "PLACES_PER_ADDRESS", 1000)
    with pytest.raises(TicketsSoldOut) as refused:
        await window.hold(430, peer="198.51.100.10")
    assert refused.value.details == {"available": 10}


async def levels(window: Window) -> dict[str, str]:
    """As they are now, not as they were shown a moment ago."""
    stall = await repository.stall_of(window.office.greenroom.database, window.event_id, None)
    assert stall is not None
    return {shown["name"]: shown["level"] for shown in stall.types}


async def test_the_four_levels_tell_why_nothing_is_left(office: Office) -> None:
    window = await open_window(office, size=2, price=1000)

    assert (await levels(window))["General"] == "available"
    hold = await window.hold(2)
    assert (await levels(window))["General"] == "reserved"
    await window.buy(hold)
    assert (await levels(window))["General"] == "ordered"
    await office.do("record_payment", order=office.sql("select number from public.orders")[0][0], method="transfer")
    assert (await levels(window))["General"] == "sold_out"


async def test_a_type_of_two_quotas_is_sold_out_when_one_of_them_is_for_good(office: Office) -> None:
    window = add_type(await open_window(office, size=1, price=0), "Balcony", size=1)
    # Balcony seats also count against the quota of General.
    office.sql(
        "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id)"
        " select org_id, event_id, quota_id, %s from public.quota_ticket_types where ticket_type_id = %s",
        window.types["Balcony"],
        window.types["General"],
    )
    assert await levels(window) == {"General": "available", "Balcony": "available"}
    hold = await window.hold(1)
    assert await levels(window) == {"General": "reserved", "Balcony": "reserved"}
    await window.buy(hold, payment="none")
    assert await levels(window) == {"General": "sold_out", "Balcony": "sold_out"}


async def test_what_is_shown_is_read_once_for_a_crowd_and_is_never_older_than_five_seconds(office: Office) -> None:
    window = await open_window(office, size=1)
    await window.ask("see_availability", event=str(window.event_id))
    before = office.sql("select xact_commit from pg_stat_database where datname = current_database()")[0][0]
    began = time.monotonic()
    await asyncio.gather(*(window.ask("see_availability", event=str(window.event_id)) for _ in range(2000)))
    print(f"2,000 looks at what is left: {2000 / (time.monotonic() - began):,.0f} a second")
    after = office.sql("select xact_commit from pg_stat_database where datname = current_database()")[0][0]
    assert after - before < 50
    await window.hold(1)
    until = time.monotonic() + 5
    while (await window.ask("see_availability", event=str(window.event_id))).ticket_types[
        0
    ].availability == "available":
        assert time.monotonic() < until
        await asyncio.sleep(0.1)


FORBIDDEN = (
    "select count(*) from public.orders",
    "select count(*) from public.events",
    "select count(*) from public.quotas",
    "select count(*) from public.holds",
    "select count(*) from public.shop_holds",
    "select count(*) from public.promo_codes",
    "select app.serve('[]')",
    "select app.expire()",
    "select app.quota_drift()",
    "select app.shop_admit('[]')",
    "select app.release_hold(gen_random_uuid())",
    "select app.enter()",
)


async def test_the_database_lets_a_stranger_do_nothing_but_look_at_the_shop(office: Office) -> None:
    window = await open_window(office)
    assert await repository.stall_of(office.greenroom.database, window.event_id, None) is not None
    for query in FORBIDDEN:
        with pytest.raises(Forbidden):
            async with office.greenroom.database.session(None, stranger=True) as tx:
                await tx.fetch_value(query)  # type: ignore[arg-type]
