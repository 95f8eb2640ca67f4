"""Tickets change names and hands; what was handed on is void, and no place moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.office import found_organization
from tests.tools.attendees.conftest import Gala
from tools.attendees.rules import NothingToSend, TicketEventOver, TicketNotCurrent, TicketNotPaid, TicketNotTransferable
from tools.errors import Ambiguous, Forbidden, NotFound, PreconditionFailed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def ticket_of(gala: Gala, **more: Any) -> Any:
    order = await gala.sell(**more)
    return await gala.do("get_ticket", ticket=str(order.tickets[0].id))


def sold(gala: Gala) -> int:
    ((sold,),) = gala.office.sql(
        "select sold from public.quotas where event_id = %s and name = 'General'", gala.event.id
    )
    return int(sold)


async def test_a_ticket_goes_to_somebody_else_when_everything_is_sold(gala: Gala) -> None:
    order = await gala.sell(5)
    given = await gala.do("transfer_ticket", ticket=str(order.tickets[0].id), name="Bo Day", email="bo@example.org")
    old = await gala.do("get_ticket", ticket=str(order.tickets[0].id))
    assert (given.attendee_name, given.attendee_email, given.status) == ("Bo Day", "bo@example.org", "valid")
    assert (given.transferred_from, given.order_id) == (old.id, order.id)
    assert (old.status, old.transferred_to) == ("transferred", given.id)
    assert given.code != old.code
    assert sold(gala) == 5
    assert gala.office.sql("select * from app.quota_drift(%s)", gala.office.org_id) == []


async def test_what_was_handed_on_can_be_handed_on_again_by_its_new_holder_only(gala: Gala) -> None:
    first = await ticket_of(gala)
    second = await gala.do("transfer_ticket", ticket=first.code, name="Bo Day")
    third = await gala.do("transfer_ticket", ticket=second.code, name="Cy Kay")
    assert third.status == "valid"
    with pytest.raises(TicketNotTransferable) as refused:
        await gala.do("transfer_ticket", ticket=first.code, name="Di Fox")
    assert refused.value.to_problem()["ticket_status"] == "transferred"


async def test_a_ticket_that_was_used_cancelled_or_not_paid_stays_where_it_is(gala: Gala) -> None:
    used, unpaid = await ticket_of(gala), await ticket_of(gala, payment_method=None)
    gala.office.sql("update public.tickets set status = 'checked_in' where id = %s", used.id)
    with pytest.raises(TicketNotTransferable):
        await gala.do("transfer_ticket", ticket=str(used.id), name="Bo")
    with pytest.raises(TicketNotPaid):
        await gala.do("transfer_ticket", ticket=str(unpaid.id), name="Bo")
    await gala.do("refund_order", order=str(used.order_id))
    with pytest.raises(TicketNotTransferable):
        await gala.do("transfer_ticket", ticket=str(used.id), name="Bo")
    with pytest.raises(TicketNotCurrent):
        await gala.do("rename_attendee", ticket=str(used.id), name="Bo")


async def test_nothing_changes_hands_for_an_event_that_was_cancelled(gala: Gala) -> None:
    ticket = await ticket_of(gala)
    gala.office.sql("update public.events set status = 'cancelled' where id = %s", gala.event.id)
    with pytest.raises(TicketEventOver):
        await gala.do("transfer_ticket", ticket=str(ticket.id), name="Bo")


async def test_a_name_is_corrected_on_the_same_code(gala: Gala) -> None:
    ticket = await ticket_of(gala)
    renamed = await gala.do("rename_attendee", ticket=str(ticket.id), name="Anne Lee")
    assert (renamed.code, renamed.attendee_name, renamed.attendee_email) == (ticket.code, "Anne Lee", "ann@example.org")
    assert renamed.version == ticket.version + 1


async def test_who_saw_another_version_changes_nothing(gala: Gala) -> None:
    ticket = await ticket_of(gala)
    late = replace(gala.office, caller=replace(gala.office.caller, if_match=ticket.version + 1))
    for name in ("rename_attendee", "transfer_ticket"):
        with pytest.raises(PreconditionFailed):
            await late.do(name, ticket=str(ticket.id), name="Bo")
    assert await gala.do("get_ticket", ticket=str(ticket.id)) == ticket


async def test_a_ticket_is_found_by_code_and_by_name_within_the_event(gala: Gala) -> None:
    ticket = await ticket_of(gala)
    await gala.sell(buyer="Bo Day")
    await gala.sell(2, buyer="Cy Kay")
    assert (await gala.do("get_ticket", ticket=ticket.code)).id == ticket.id
    assert (await gala.do("get_ticket", ticket="ann lee", event="Winter Gala")).id == ticket.id
    with pytest.raises(Ambiguous):
        await gala.do("get_ticket", ticket="Cy Kay", event="Winter Gala")
    with pytest.raises(NotFound):
        await gala.do("get_ticket", ticket="Nobody Atall", event="Winter Gala")
    with pytest.raises(NotFound):
        await gala.do("get_ticket", ticket="Ann Lee")


async def test_attendees_are_listed_by_name_page_by_page(gala: Gala) -> None:
    for name in ("Émile Zola", "bo day", "Ann Lee", "Cy Kay"):
        await gala.sell(buyer=name)
    await gala.sell(buyer="Vi Pea", ticket_type=str(gala.vip.id))
    names, cursor = [], None
    while True:
        page = await gala.do("list_attendees", event="Winter Gala", limit=2, cursor=cursor)
        names += [attendee.attendee_name for attendee in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(names) == sorted(["Ann Lee", "bo day", "Cy Kay", "Vi Pea", "Émile Zola"])
    vips = await gala.do("list_attendees", event="Winter Gala", ticket_type="VIP")
    assert [a.attendee_name for a in vips.items] == ["Vi Pea"]
    assert [a.attendee_name for a in (await gala.do("list_attendees", event="Winter Gala", query="KAY")).items] == [
        "Cy Kay"
    ]
    assert (await gala.do("list_attendees", event="Winter Gala", status="cancelled")).items == []


async def test_tickets_are_sent_again_to_who_bought_and_paid_them(gala: Gala) -> None:
    order = await gala.sell(2)
    sent = await gala.do("send_tickets", order=order.number)
    assert (sent.sent_to, sent.tickets) == ("ann@example.org", 2)
    assert gala.office.sql(
        "select count(*) from public.outbox where kind = 'send_tickets' and subject_id = %s", order.id
    ) == [(1,)]
    for other in (await gala.sell(buyer="No Mail"), await gala.sell(payment_method=None)):
        with pytest.raises(NothingToSend):
            await gala.do("send_tickets", order=other.number)


async def test_another_organisation_sees_and_moves_nothing(gala: Gala) -> None:
    ticket = await ticket_of(gala)
    rival = await found_organization(gala.office.greenroom, gala.office.admin_dsn)
    for name, more in (("get_ticket", {}), ("rename_attendee", {"name": "X"}), ("transfer_ticket", {"name": "X"})):
        for reference in (str(ticket.id), ticket.code):
            with pytest.raises(NotFound):
                await rival.do(name, ticket=reference, **more)
    viewer = await gala.office.colleague("viewer")
    for name, more in (("rename_attendee", {"name": "X"}), ("transfer_ticket", {"name": "X"})):
        with pytest.raises(Forbidden):
            await viewer.do(name, ticket=str(ticket.id), **more)
    with pytest.raises(Forbidden):
        await viewer.do("get_order_link", order=str(ticket.order_id))
    assert await gala.do("get_ticket", ticket=str(ticket.id)) == ticket
