"""What happens to ticket types, in words of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tools.context import Context
from tools.errors import Conflict, NotFound
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.tickets import repository, rules
from tools.tickets.models import (
    BundlePart,
    CreateTicketType,
    ListTicketTypes,
    NamedTicketType,
    TicketType,
    UpdateTicketType,
)
from tools.tickets.resolve import ticket_type_of, ticket_type_to_change


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("POST", "/ticket-types", 201),),
    card="ticket_type",
    undo="restore",
    errors=(rules.TicketTypeExists, rules.NotABundle, rules.SalesWindow, rules.OrderRange, EventStateConflict),
    describe=rules.told_created,
    totals=rules.worth,
)
async def create_ticket_type(ctx: Context, data: CreateTicketType) -> TicketType:
    """Put tickets of one kind on sale for an event: a name, a price and how many.

    Use for "150 tickets at 25 euros" or "20 VIP at 90". Without a name it is General. Also for add-ons (a T-shirt, parking) and
    bundles (a duo ticket). The same name in another currency is a type of its own; create_quota lets both share their places.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    ticket_type_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            **data.model_dump(exclude={"event", "currency", "parts"}),
            "id": ticket_type_id,
            "event_id": event.id,
            "currency": data.currency or event.currency,
            "quota_id": ctx.ids.new_id(),
            "link_id": ctx.ids.new_id(),
            "capacity_link_id": ctx.ids.new_id(),
        },
    )
    made = await _ticket_type(ctx, ticket_type_id)
    await _set_parts(ctx, made, data.parts)
    await _warn_about_capacity(ctx, event.id)
    if data.currency and data.currency != event.currency:
        ctx.warn(f"These tickets are in {data.currency}; the event is in {event.currency}.")
    return await _described(ctx, ticket_type_id)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/ticket-types/{id}", target="ticket_type", needs_version=True),
        Http("PUT", "/ticket-types/{id}", target="ticket_type", needs_version=True),
    ),
    card="ticket_type",
    undo="restore",
    errors=(rules.TicketsSoldOut, rules.TicketTypeExists, rules.NotABundle, rules.SalesWindow, rules.OrderRange),
    describe=rules.told_changed,
    totals=rules.worth,
)
async def update_ticket_type(ctx: Context, data: UpdateTicketType) -> TicketType:
    """Change a ticket type's name, price, quantity, description, limits, sales window, fee, tax or a bundle's parts.

    Only what is given changes; `clear` takes a limit away. The quantity can not go below what is sold or held. Orders already made
    keep their price.
    """
    ticket_type = await ticket_type_to_change(ctx, data.ticket_type, data.event)
    given = data.model_dump(exclude={"ticket_type", "event", "parts", "clear"}, exclude_none=True)
    changed = ticket_type.model_copy(update=dict.fromkeys(data.clear) | given)
    if changed.quantity < ticket_type.sold + ticket_type.held:
        raise rules.TicketsSoldOut(
            f"{ticket_type.sold + ticket_type.held} are sold or held already; the quantity can not be {changed.quantity}.",
            details={"sold": ticket_type.sold, "held": ticket_type.held},
        )
    await repository.update(ctx.tx, ctx.org_id, changed)
    if {"quantity", "name"} & given.keys():
        await repository.resize(ctx.tx, ctx.org_id, changed)
        await _warn_about_capacity(ctx, ticket_type.event_id)
    if data.parts is not None:
        await _set_parts(ctx, changed, data.parts)
    if "price_amount" in given and ticket_type.sold:
        ctx.warn(f"{ticket_type.sold} sold before keep their price.")
    return await _described(ctx, ticket_type.id)


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
    """Delete a ticket type of which nothing was ever sold or held."""
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
    """Show one ticket type: price, fees, limits, whether it is on sale, how many are sold, can still be had, and why not more."""
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


async def _set_parts(ctx: Context, bundle: TicketType, parts: Sequence[BundlePart]) -> None:
    """Raises NotABundle."""
    found = [(await ticket_type_of(ctx, part.ticket_type, str(bundle.event_id)), part.quantity) for part in parts]
    rules.require_bundle(bundle, found)
    if found:
        await repository.set_parts(
            ctx.tx, ctx.org_id, bundle.event_id, bundle.id, [(part.id, quantity) for part, quantity in found]
        )


async def _described(ctx: Context, ticket_type_id: UUID) -> TicketType:
    """As it is now, with a word on what the organiser may not have meant."""
    ticket_type = await _ticket_type(ctx, ticket_type_id)
    if ticket_type.price_amount == 0 and (ticket_type.fee_amount or ticket_type.fee_basis_points):
        ctx.warn("What costs nothing carries no fee.")
    if ticket_type.hidden:
        ctx.warn("It is hidden: buyers need a promo code that names it.")
    return ticket_type


async def _warn_about_capacity(ctx: Context, event_id: UUID) -> None:
    capacity, planned = await repository.capacity_of(ctx.tx, ctx.org_id, event_id)
    if capacity is not None and planned > capacity:
        ctx.warn(f"{planned:,} tickets are planned for a capacity of {capacity:,}; sales stop at the capacity.")
