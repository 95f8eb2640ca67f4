"""Holds at the organiser's desk: made, prolonged, given back, found, and undone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.office import Office
from tests.tools.shopping.window import Window, open_window
from tools.counter.refusals import HoldEnded
from tools.errors import Forbidden, InvalidInput, NotFound
from tools.tickets.rules import TicketsSoldOut


async def held(window: Window, quantity: int = 4, **more: object) -> object:
    return await window.office.do("hold_tickets", event=str(window.event_id), quantity=quantity, **more)


async def test_what_is_held_is_not_sold_and_comes_back_by_itself(office: Office) -> None:
    window = await open_window(office, size=5)
    hold = await held(window, 4, label="Press", days=3)
    assert (hold.label, hold.purpose, hold.status) == ("Press", "office", "active")
    assert timedelta(days=2, hours=23) < hold.expires_at - hold.created_at <= timedelta(days=3, seconds=1)
    assert window.counters() == (4, 0)
    sale = {"event": str(window.event_id), "quantity": 2, "buyer": "Ann"}
    with pytest.raises(TicketsSoldOut):
        await office.do("sell_tickets", **sale)
    window.pass_time(4 * 24 * 60)
    await office.do("sell_tickets", **sale)
    assert window.counters() == (0, 2)
    assert (await office.do("get_hold", hold=str(hold.id))).status == "expired"
    with pytest.raises(HoldEnded):
        await office.do("extend_hold", hold=str(hold.id), days=1)
    assert window.drift() == []


async def test_places_of_a_hold_that_is_over_can_be_held_anew(office: Office) -> None:
    window = await open_window(office, size=5)
    await held(window, 5, minutes=1)
    with pytest.raises(TicketsSoldOut):
        await held(window, 1)
    window.pass_time(2)
    await held(window, 5)
    assert window.counters() == (5, 0)


async def test_more_time_is_counted_from_now_and_is_never_less(office: Office) -> None:
    window = await open_window(office)
    hold = await held(window, minutes=60)
    longer = await office.do("extend_hold", hold=str(hold.id), days=1)
    assert timedelta(hours=22) < longer.expires_at - hold.expires_at < timedelta(hours=24)
    same = await office.do("extend_hold", hold=str(hold.id), minutes=5)
    assert (same.expires_at, same.extended) == (longer.expires_at, 2)
    with pytest.raises(InvalidInput):
        await office.do("extend_hold", hold=str(hold.id), minutes=5, days=1)


async def test_a_hold_is_given_back_once_and_a_buyers_hold_too(office: Office) -> None:
    window = await open_window(office, size=5)
    hold = await held(window, 4)
    assert (await office.do("release_hold", hold=str(hold.id))).status == "released"
    with pytest.raises(HoldEnded):
        await office.do("release_hold", hold=str(hold.id))
    theirs = await window.hold(2)
    await office.do("release_hold", hold=str(theirs.id))
    assert (await window.ask("see_hold", hold=str(theirs.id))).status == "released"
    assert window.counters() == (0, 0)


async def test_a_hold_that_became_an_order_stays_one(office: Office) -> None:
    window = await open_window(office, price=0)
    hold = await window.hold(2)
    await window.buy(hold, payment="none")
    kept = await office.do("get_hold", hold=str(hold.id))
    ((order_id,),) = office.sql("select id from public.orders")
    assert (kept.status, kept.order_id) == ("converted", order_id)
    for name in ("release_hold", "extend_hold"):
        with pytest.raises(HoldEnded):
            await office.do(name, hold=str(hold.id))
    assert window.counters() == (0, 2)


async def test_holds_are_found_by_event_purpose_and_state(office: Office) -> None:
    window, other = await open_window(office), await open_window(office, name="Another")
    mine = await held(window, label="Press")
    buyers = await window.hold(1)
    await held(other)
    over = await held(window)
    await office.do("release_hold", hold=str(over.id))
    of_event = {"event": str(window.event_id)}
    assert [hold.id for hold in (await office.do("list_holds", **of_event)).items] == [buyers.id, mine.id]
    assert [hold.id for hold in (await office.do("list_holds", purpose="office", **of_event)).items] == [mine.id]
    assert [hold.id for hold in (await office.do("list_holds", status="released")).items] == [over.id]
    first = await office.do("list_holds", status=None, limit=3)
    rest = await office.do("list_holds", status=None, limit=3, cursor=first.next_cursor)
    assert (len(first.items), len(rest.items), rest.next_cursor) == (3, 1, None)


async def test_a_viewer_sees_holds_and_makes_none(office: Office) -> None:
    window = await open_window(office)
    hold = await held(window)
    viewer = await office.colleague("viewer")
    assert (await viewer.do("get_hold", hold=str(hold.id))).id == hold.id
    for name, data in (
        ("hold_tickets", {"event": str(window.event_id), "quantity": 1}),
        ("extend_hold", {"hold": str(hold.id), "days": 1}),
        ("release_hold", {"hold": str(hold.id)}),
    ):
        with pytest.raises(Forbidden):
            await viewer.do(name, **data)
    with pytest.raises(NotFound):
        await office.do("get_hold", hold=str(uuid4()))
    assert window.counters() == (4, 0)


async def test_a_proposed_hold_is_made_at_the_yes_and_undone_by_giving_it_back(office: Office) -> None:
    window = await open_window(office)
    wish = {"event": str(window.event_id), "quantity": 3, "label": "Band", "days": 2}
    proposal = await office.propose(("hold_tickets", wish))
    assert (proposal.preview.ok, window.counters()) == (True, (0, 0))
    assert proposal.preview.steps[0].summary.startswith("Hold 3 General of Winter Gala for Band until")
    applied = await office.approve(proposal)
    assert (applied.status, window.counters()) == ("applied", (3, 0))
    undo = await office.do("undo_proposal", proposal=applied.id)
    assert (await office.approve(undo)).status == "applied"
    assert window.counters() == (0, 0)
