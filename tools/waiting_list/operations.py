"""What happens to waiting lists, in words of the trade."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.counter.counter import release_expired
from tools.counter.refusals import EventNotOnSale
from tools.errors import InvalidInput, NotFound
from tools.events.models import Event
from tools.events.resolve import event_id_of, event_of
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.tickets.resolve import ticket_type_of
from tools.waiting_list import repository, rules
from tools.waiting_list.models import (
    AddToWaitingList,
    ListWaitingList,
    NamedEntry,
    NamedWaitingList,
    OfferedPlaces,
    OfferPlaces,
    OpenWaitingList,
    WaitingEntry,
    WaitingList,
)

_PEOPLE_AT_ONCE = 100
"""One call makes at most so many offers; the answer says how many still wait."""


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("PUT", "/events/{id}/waiting_list", target="event"),),
    card="waiting_list",
    undo="restore",
    errors=(EventNotOnSale,),
    describe=rules.told_opened,
)
async def open_waiting_list(ctx: Context, data: OpenWaitingList) -> WaitingList:
    """Open the waiting list of an event, so that people can get in line for tickets that are sold out.

    Places that come free go to the shop, where whoever is first buys them; offer_places offers them to the list instead. With
    auto_offer they never reach the shop: each is offered to the first in line whose number of tickets fits, for offer_hours.
    Calling it again changes how it works.
    """
    event = await _on_sale(ctx, data.event)
    await repository.put_list(
        ctx.tx,
        ctx.org_id,
        event.id,
        ctx.ids.new_id(),
        is_open=True,
        auto_offer=data.auto_offer,
        seconds=data.offer_hours * 3600,
    )
    return await _list(ctx, event.id)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("DELETE", "/events/{id}/waiting_list", target="event"),),
    card="waiting_list",
    undo="restore",
    describe=rules.told_shut,
)
async def close_waiting_list(ctx: Context, data: NamedWaitingList) -> WaitingList:
    """Close the waiting list of an event to newcomers. Who is in line stays in line."""
    event = await event_of(ctx, data.event)
    if not await repository.shut_list(ctx.tx, ctx.org_id, event.id):
        raise NotFound(f"{event.name} has no waiting list.")
    return await _list(ctx, event.id)


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("POST", "/waiting_list", 201),),
    card="waiting_list_entry",
    undo="restore",
    errors=(EventNotOnSale, rules.AlreadyWaiting, rules.NoListForBundles),
    describe=rules.told_added,
)
async def add_to_waiting_list(ctx: Context, data: AddToWaitingList) -> WaitingEntry:
    """Put somebody at the end of an event's waiting list, also when the list is not open to the public."""
    event = await _on_sale(ctx, data.event)
    ticket_type = await ticket_type_of(ctx, data.ticket_type, str(event.id))
    if ticket_type.event_id != event.id:
        raise InvalidInput(f"{ticket_type.name} is a ticket type of {ticket_type.event_name}.")
    seen = await repository.shop_window(ctx.tx, event.id, ticket_type.id)
    if seen is not None and seen["kind"] == "bundle":
        raise rules.NoListForBundles()
    entry_id = ctx.ids.new_id()
    await repository.add(
        ctx.tx,
        {
            "id": entry_id,
            "org": ctx.org_id,
            "event": event.id,
            "ticket_type": ticket_type.id,
            "quantity": data.quantity,
            "name": data.name or "",
            "email": rules.read_mail(data.email),
            "locale": ctx.standing.locale,
        },
    )
    return await _entry(ctx, entry_id)


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/waiting_list"),), card="waiting_list_entries")
async def list_waiting_list(ctx: Context, data: ListWaitingList) -> Page[WaitingEntry]:
    """List who waits for tickets, first in line first, with their position and what became of offers."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    type_id = (await ticket_type_of(ctx, data.ticket_type, data.event)).id if data.ticket_type else None
    after = ctx.greenroom.cursors.after("waiting_list", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, event_id, type_id, after)
    return ctx.greenroom.cursors.page(
        Page[WaitingEntry], "waiting_list", found, data.limit, lambda last: [last.created_at, last.id]
    )


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/events/{id}/waiting_list/offers", 201, target="event"),),
    card="offered_places",
    errors=(EventNotOnSale, rules.NobodyWaits, rules.NoPlaceFits),
    describe=rules.told_offered,
)
async def offer_places(ctx: Context, data: OfferPlaces) -> OfferedPlaces:
    """Offer free places to the first in line; each keeps theirs for so many hours and is told by mail.

    Use for "offer the 6 returned tickets to the waiting list". Whoever wants more tickets than there are free is passed over and
    keeps their position; nobody is offered fewer than they asked for. An offer that is not taken up ends, and its places are free
    for the next.
    """
    event = await event_of(ctx, data.event)
    type_id = (await ticket_type_of(ctx, data.ticket_type, str(event.id))).id if data.ticket_type else None
    await release_expired(ctx.greenroom.database, [event.id])
    waiting, _ = await repository.line_of(ctx.tx, ctx.org_id, event.id, type_id, None)
    offered = await repository.offer(
        ctx.tx,
        ctx.org_id,
        event.id,
        type_id,
        data.places or 1_000_000,
        data.hours * 3600,
        [ctx.ids.new_id() for _ in range(_PEOPLE_AT_ONCE)],
    )
    if not offered:
        raise rules.NoPlaceFits(details={"waiting": waiting}) if waiting else rules.NobodyWaits()
    entries = await repository.entries_of(ctx.tx, ctx.org_id, offered)
    waiting, ahead = await repository.line_of(ctx.tx, ctx.org_id, event.id, type_id, entries[-1].id)
    return OfferedPlaces(
        id=event.id,
        event_id=event.id,
        event_name=event.name,
        places=sum(entry.quantity for entry in entries),
        offered=entries,
        passed_over=ahead,
        still_waiting=waiting,
        hours=data.hours,
    )


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("DELETE", "/waiting_list/{id}", target="entry"),),
    card="waiting_list_entry",
    errors=(rules.NotWaiting,),
    describe=rules.told_removed,
)
async def remove_from_waiting_list(ctx: Context, data: NamedEntry) -> WaitingEntry:
    """Take somebody off the waiting list. Places that were offered to them are free again."""
    entry = await _entry(ctx, data.entry)
    if entry.status not in ("waiting", "offered"):
        raise rules.NotWaiting(f"Their entry is {entry.status}.", details={"entry_status": entry.status})
    await repository.leave(ctx.tx, entry.id)
    return await _entry(ctx, entry.id)


async def _on_sale(ctx: Context, reference: str) -> Event:
    event = await event_of(ctx, reference)
    if event.status not in ("draft", "published"):
        raise EventNotOnSale(f"{event.name} is {event.status}.")
    return event


async def _list(ctx: Context, event_id: UUID) -> WaitingList:
    found = await repository.list_of(ctx.tx, ctx.org_id, event_id)
    if found is None:
        raise NotFound.named("waiting list", str(event_id))
    return found


async def _entry(ctx: Context, entry_id: UUID) -> WaitingEntry:
    found = await repository.entry_of(ctx.tx, entry_id, ctx.org_id)
    if found is None:
        raise NotFound.named("entry on the waiting list", str(entry_id))
    return found
