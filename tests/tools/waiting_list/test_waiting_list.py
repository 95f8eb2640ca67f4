"""Who waits, what is offered to them, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.tools.shop import Shop
from tools.counter.refusals import EventNotOnSale, NoSuchTicketType
from tools.counter.repository import serve
from tools.errors import InvalidInput, NotFound
from tools.tickets.rules import TicketsSoldOut
from tools.waiting_list.joining import join_waiting_list, leave_waiting_list, sweep, waiting_entry
from tools.waiting_list.rules import (
    AlreadyWaiting,
    NobodyWaits,
    NoListForBundles,
    NoPlaceFits,
    NoSuchEntry,
    NotWaiting,
    WaitingListShut,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def full(shop: Shop, free: int = 0) -> Any:
    """The VIP type (10 places) with so many left; answers the order that took the rest."""
    return await shop.do(
        "sell_tickets", event=str(shop.event.id), ticket_type=str(shop.spare_ticket_type.id), quantity=10 - free, buyer="Full",
        payment_method="card",
    )  # fmt: skip


async def waits(shop: Shop, name: str, quantity: int = 1) -> Any:
    return await shop.do(
        "add_to_waiting_list", event=str(shop.event.id), ticket_type=str(shop.spare_ticket_type.id), quantity=quantity,
        email=f"{name}@example.org", name=name,
    )  # fmt: skip


async def offer(shop: Shop, **more: Any) -> Any:
    return await shop.do("offer_places", event=str(shop.event.id), **more)


async def lines(shop: Shop) -> dict[str, str]:
    return {entry.name: entry.status for entry in (await shop.do("list_waiting_list", event=str(shop.event.id))).items}


async def held(shop: Shop) -> tuple[int, int]:
    assert shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id) == []
    vip = await shop.do("get_ticket_type", ticket_type=str(shop.spare_ticket_type.id))
    return vip.held, vip.available


async def free_places(shop: Shop, order: Any, quantity: int) -> None:
    await shop.do("refund_tickets", order=order.number, ticket_type=str(shop.spare_ticket_type.id), quantity=quantity)


async def test_returned_places_are_offered_in_order_and_who_does_not_fit_keeps_the_position(shop: Shop) -> None:
    order = await full(shop)
    for name, quantity in (("ann", 2), ("bob", 5), ("cas", 3), ("dee", 1)):
        await waits(shop, name, quantity)
    with pytest.raises(NoPlaceFits):
        await offer(shop)
    await free_places(shop, order, 6)
    made = await offer(shop, places=6, hours=24)
    assert [entry.name for entry in made.offered] == ["ann", "cas", "dee"]
    assert (made.places, made.passed_over, made.still_waiting) == (6, 1, 1)
    assert await lines(shop) == {"ann": "offered", "bob": "waiting", "cas": "offered", "dee": "offered"}
    assert await held(shop) == (6, 0)
    with pytest.raises(TicketsSoldOut):
        await shop.do(
            "sell_tickets",
            event=str(shop.event.id),
            ticket_type=str(shop.spare_ticket_type.id),
            quantity=1,
            buyer="Eve",
        )
    left = shop.office.sql(
        "select extract(epoch from expires_at - now()) / 3600 from public.holds where purpose = 'waiting_list' and org_id = %s",
        shop.office.org_id,
    )
    assert all(23.9 < hours <= 24 for (hours,) in left)
    told = "select count(*) from public.outbox where org_id = %s and kind = 'waiting_list_offered'"
    assert shop.office.sql(told, shop.office.org_id) == [(3,)]


async def test_an_offer_that_is_not_taken_up_ends_and_its_places_are_free(shop: Shop) -> None:
    await full(shop, free=2)
    entry = await waits(shop, "ann", 2)
    await offer(shop)
    shop.office.sql(
        "update public.holds set expires_at = now() - interval '1 second' where org_id = %s", shop.office.org_id
    )
    assert (await lines(shop))["ann"] == "expired"
    shop.office.sql("select app.expire()")
    assert await held(shop) == (0, 2)
    assert await sweep(shop.office.greenroom) == 1
    assert shop.office.sql("select status from public.waiting_list_entries where id = %s", entry.id) == [("expired",)]
    assert (await waits(shop, "ann", 2)).position == 1


async def test_an_offer_that_is_bought_is_an_order_like_any_other(shop: Shop) -> None:
    await shop.do("publish_event", event=str(shop.event.id))
    await full(shop, free=2)
    entry = await waits(shop, "ann", 2)
    await offer(shop)
    (hold,) = shop.office.sql("select hold_id from public.waiting_list_entries where id = %s", entry.id)[0]
    version = shop.office.sql("select version from public.ticket_types where id = %s", shop.spare_ticket_type.id)[0][0]
    async with shop.office.greenroom.database.session(None) as tx:
        member = {
            "n": 0, "act": "order", "org": shop.office.org_id, "event": shop.event.id, "id": uuid4(), "payment": uuid4(), "hold": hold,
            "channel": "waiting_list", "buyer_name": "Ann", "buyer_email": "ann@example.org", "currency": "EUR", "total": 18_000,
            "discount": 0, "fee": 0, "tax": 0, "expires_in": 600,
            "items": [{"id": uuid4(), "type": shop.spare_ticket_type.id, "version": version, "quantity": 2, "price": 9000, "total": 18_000,
                "tickets": [{"id": uuid4(), "code": uuid4().hex} for _ in range(2)]}],
        }  # fmt: skip
        assert "problem" not in (await serve(tx, [member]))[0]
    assert await lines(shop) == {"ann": "purchased"}
    assert await sweep(shop.office.greenroom) == 1
    (listed,) = (await shop.do("list_waiting_list", status="purchased")).items
    assert listed.order_number is not None
    with pytest.raises(NotWaiting):
        await shop.do("remove_from_waiting_list", entry=str(entry.id))
    assert await held(shop) == (0, 0)


async def test_freed_places_go_to_the_list_before_the_shop_when_offers_are_automatic(shop: Shop) -> None:
    await shop.do("publish_event", event=str(shop.event.id))
    opened = await shop.do("open_waiting_list", event=str(shop.event.id), auto_offer=True, offer_hours=48)
    assert (opened.is_open, opened.auto_offer, opened.offer_hours) == (True, True, 48)
    order = await full(shop)
    await waits(shop, "ann", 2)
    await waits(shop, "bob", 1)
    await free_places(shop, order, 2)
    assert (await lines(shop), await held(shop)) == ({"ann": "offered", "bob": "waiting"}, (2, 0))
    await leave_waiting_list(shop.office.greenroom, (await shop.do("list_waiting_list", status="offered")).items[0].id)
    assert (await lines(shop), await held(shop)) == ({"ann": "cancelled", "bob": "offered"}, (1, 1))
    shop.office.sql(
        "update public.holds set expires_at = now() - interval '1 second' where org_id = %s", shop.office.org_id
    )
    await waits(shop, "cas", 2)
    shop.office.sql("select app.expire()")
    assert await sweep(shop.office.greenroom) == 1
    assert await lines(shop) == {"ann": "cancelled", "bob": "expired", "cas": "offered"}


async def test_without_automatic_offers_freed_places_go_to_whoever_is_first(shop: Shop) -> None:
    await shop.do("publish_event", event=str(shop.event.id))
    await shop.do("open_waiting_list", event=str(shop.event.id))
    order = await full(shop)
    await waits(shop, "ann", 2)
    await free_places(shop, order, 2)
    await sweep(shop.office.greenroom)
    assert (await lines(shop), await held(shop)) == ({"ann": "waiting"}, (0, 2))


async def test_places_that_are_added_are_offered_too(shop: Shop) -> None:
    await shop.do("publish_event", event=str(shop.event.id))
    await shop.do("open_waiting_list", event=str(shop.event.id), auto_offer=True)
    await full(shop)
    await waits(shop, "ann", 2)
    await shop.do("update_ticket_type", ticket_type=str(shop.spare_ticket_type.id), quantity=13)
    assert (await lines(shop), await held(shop)) == ({"ann": "offered"}, (2, 1))


async def test_the_house_must_have_room_too(shop: Shop) -> None:
    order = await full(shop)
    await shop.do("update_event", event=str(shop.event.id), capacity=14)
    await waits(shop, "ann", 2)
    await free_places(shop, order, 4)
    await shop.do(
        "sell_tickets", event=str(shop.event.id), ticket_type=str(shop.ticket_type.id), quantity=3, buyer="Gus"
    )
    with pytest.raises(NoPlaceFits):
        await offer(shop)
    await free_places(shop, order, 1)
    assert (await offer(shop)).places == 2
    house = "select held + sold, size from public.quotas where event_id = %s and kind = 'capacity'"
    assert shop.office.sql(house, shop.event.id) == [(14, 14)]


async def test_strangers_join_an_open_list_of_a_published_event(shop: Shop) -> None:
    green, event, vip = shop.office.greenroom, shop.event.id, shop.spare_ticket_type.id
    ann: dict[str, Any] = {"quantity": 1, "name": "Ann", "email": "ann@example.org", "locale": "nl"}
    with pytest.raises(NoSuchTicketType):
        await join_waiting_list(green, event, vip, **ann)
    await shop.do("publish_event", event=str(event))
    with pytest.raises(WaitingListShut):
        await join_waiting_list(green, event, vip, **ann)
    await shop.do("open_waiting_list", event=str(event))
    with pytest.raises(InvalidInput):
        await join_waiting_list(green, event, vip, **ann | {"email": "ann"})
    with pytest.raises(NoSuchTicketType):
        await join_waiting_list(green, shop.spare_event.id, vip, **ann)
    entry = await join_waiting_list(green, event, vip, **ann)
    assert (entry.status, entry.position) == ("waiting", 1)
    with pytest.raises(AlreadyWaiting):
        await join_waiting_list(green, event, vip, **ann | {"email": "ANN@example.org"})
    second = await join_waiting_list(green, event, vip, **ann | {"email": "bob@example.org"})
    assert (await waiting_entry(green, second.id)).position == 2
    assert (await leave_waiting_list(green, entry.id)).status == "cancelled"
    assert (await leave_waiting_list(green, entry.id)).status == "cancelled"
    assert (await waiting_entry(green, second.id)).position == 1
    shop.office.sql("update public.ticket_types set hidden = true where id = %s", vip)
    with pytest.raises(NoSuchTicketType):
        await join_waiting_list(green, event, vip, **ann)
    shop.office.sql("update public.ticket_types set hidden = false, kind = 'bundle' where id = %s", vip)
    with pytest.raises(NoListForBundles):
        await join_waiting_list(green, event, vip, **ann)
    await shop.do("close_waiting_list", event=str(event))
    with pytest.raises(WaitingListShut):
        await join_waiting_list(green, event, vip, **ann)
    for call in (waiting_entry, leave_waiting_list):
        with pytest.raises(NoSuchEntry):
            await call(green, uuid4())


async def test_what_does_not_go_on_a_list_is_refused(shop: Shop) -> None:
    entry = await waits(shop, "ann")
    before = shop.stored()
    with pytest.raises(AlreadyWaiting):
        await waits(shop, "ANN")
    with pytest.raises(InvalidInput):
        await shop.do("add_to_waiting_list", event=str(shop.event.id), ticket_type="VIP", email="Ann <ann@example.org>")
    with pytest.raises(NobodyWaits):
        await offer(shop, ticket_type=str(shop.ticket_type.id))
    for name, wanted in (
        ("offer_places", {"event": str(shop.event.id)}), ("remove_from_waiting_list", {"entry": str(entry.id)}),
        ("open_waiting_list", {"event": str(shop.event.id)}), ("close_waiting_list", {"event": str(shop.event.id)}),
        ("add_to_waiting_list", {"event": str(shop.event.id), "email": "eve@example.org"}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await shop.rival.do(name, **wanted)
    assert shop.stored() == before
    await shop.do("cancel_event", event=str(shop.event.id), buyers="decide_later")
    assert await lines(shop) == {"ann": "cancelled"}
    with pytest.raises(EventNotOnSale):
        await waits(shop, "bob")
    with pytest.raises(EventNotOnSale):
        await offer(shop)


async def test_an_offer_as_a_proposal_shows_who_gets_what(shop: Shop) -> None:
    await full(shop, free=3)
    first = await waits(shop, "ann", 2)
    proposal = await shop.office.propose(("offer_places", {"event": str(shop.event.id), "hours": 12}))
    assert proposal.preview.steps[0].summary == "Offer 2 places of Winter Gala to 1 person in line for 12 hours"
    assert await lines(shop) == {"ann": "waiting"}
    assert (await shop.office.approve(proposal)).status == "applied"
    assert (await lines(shop), await held(shop)) == ({"ann": "offered"}, (2, 1))
    assert (await shop.do("remove_from_waiting_list", entry=str(first.id))).status == "cancelled"
    assert await held(shop) == (0, 3)
