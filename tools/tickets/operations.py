"""What happens to ticket types, in words of the trade."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import Conflict, NotFound
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.tickets import repository, rules
from tools.tickets.models import CreateTicketType, ListTicketTypes, NamedTicketType, TicketType, UpdateTicketType
from tools.tickets.resolve import ticket_type_of, ticket_type_to_change


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("POST", "/ticket-types", 201),),
    card="ticket_type",
    undo="restore",
    errors=(rules.TicketTypeExists, EventStateConflict),
    describe=rules.told_created,
    totals=rules.worth,
)
async def create_ticket_type(ctx: Context, data: CreateTicketType) -> TicketType:
    """Put tickets of one kind on sale for an event: a name, a price and how many.

    Use for "150 tickets at 25 euros" or "20 VIP at 90". Without a name it is General.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    ticket_type_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            **data.model_dump(exclude={"event", "currency"}),
            "id": ticket_type_id,
            "event_id": event.id,
            "currency": data.currency or event.currency,
            "quota_id": ctx.ids.new_id(),
            "link_id": ctx.ids.new_id(),
            "capacity_link_id": ctx.ids.new_id(),
        },
    )
    await _warn_about_capacity(ctx, event.id)
    if data.currency and data.currency != event.currency:
        ctx.warn(f"These tickets are in {data.currency}; the event is in {event.currency}.")
    return await _ticket_type(ctx, ticket_type_id)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/ticket-types/{id}", target="ticket_type", needs_version=True),
        Http("PUT", "/ticket-types/{id}", target="ticket_type", needs_version=True),
    ),
    card="ticket_type",
    undo="restore",
    errors=(rules.TicketsSoldOut, rules.TicketTypeExists),
    describe=rules.told_changed,
    totals=rules.worth,
)
async def update_ticket_type(ctx: Context, data: UpdateTicketType) -> TicketType:
    """Change a ticket type's name, price, quantity or description.

    Only what is given changes. The quantity can not go below what is sold or held. Orders already made keep their price.
    """
    ticket_type = await ticket_type_to_change(ctx, data.ticket_type, data.event)
    given = {k: v for k, v in data.model_dump(exclude={"ticket_type", "event"}).items() if v is not None}
    changed = ticket_type.model_copy(update=given)
    if changed.quantity < ticket_type.sold + ticket_type.held:
        raise rules.TicketsSoldOut(
            f"{ticket_type.sold + ticket_type.held} are sold or held already; the quantity can not be {changed.quantity}.",
            details={"sold": ticket_type.sold, "held": ticket_type.held},
        )
    await repository.update(ctx.tx, ctx.org_id, changed)
    if {"quantity", "name"} & given.keys():
        await repository.resize(ctx.tx, ctx.org_id, changed)
        await _warn_about_capacity(ctx, ticket_type.event_id)
    if "price_amount" in given and ticket_type.sold:
        ctx.warn(f"{ticket_type.sold} sold before keep their price.")
    return await _ticket_type(ctx, ticket_type.id)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("DELETE", "/ticket-types/{id}", target="ticket_type", needs_version=True),),
    card="ticket_type",
    undo="restore",
    errors=(rules.TicketTypeInUse,),
    describe=rules.told_deleted,
)
async def delete_ticket_type(ctx: Context, data: NamedTicketType) -> TicketType:
    """Delete a ticket type of which nothing was ever sold."""
    ticket_type = await ticket_type_to_change(ctx, data.ticket_type, data.event)
    try:
        await repository.delete(ctx.tx, ctx.org_id, ticket_type.id)
    except Conflict as in_use:
        raise rules.TicketTypeInUse() from in_use
    return ticket_type


@operation(
    scope="events:read",
    effect=Effect.read,
    http=(Http("GET", "/ticket-types/{id}", target="ticket_type"),),
    card="ticket_type",
)
async def get_ticket_type(ctx: Context, data: NamedTicketType) -> TicketType:
    """Show one ticket type: price, how many there are, are sold, can still be had."""
    return await ticket_type_of(ctx, data.ticket_type, data.event)


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/ticket-types"),), card="ticket_types")
async def list_ticket_types(ctx: Context, data: ListTicketTypes) -> Page[TicketType]:
    """List ticket types, of one event or of all."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("ticket_types", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, event_id, data.limit, after)
    return ctx.greenroom.cursors.page(
        Page[TicketType], "ticket_types", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def _ticket_type(ctx: Context, ticket_type_id: UUID) -> TicketType:
    found = await repository.get(ctx.tx, ctx.org_id, ticket_type_id)
    if found is None:
        raise NotFound.named("ticket type", str(ticket_type_id))
    return found


async def _warn_about_capacity(ctx: Context, event_id: UUID) -> None:
    capacity, planned = await repository.capacity_of(ctx.tx, ctx.org_id, event_id)
    if capacity is not None and planned > capacity:
        ctx.warn(f"{planned:,} tickets are planned for a capacity of {capacity:,}; sales stop at the capacity.")
