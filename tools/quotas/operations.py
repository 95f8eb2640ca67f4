"""What happens to quotas, in words of the trade, and why something is sold out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tools.context import Context
from tools.errors import InvalidInput, MissingValue
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, operation
from tools.quotas import repository, rules
from tools.quotas.models import (
    AvailabilityExplained,
    CreateQuota,
    ExplainAvailability,
    Explanation,
    ListQuotas,
    NamedQuota,
    Quota,
    UpdateQuota,
)
from tools.quotas.resolve import quota_of
from tools.tickets.models import TicketType
from tools.tickets.repository import find as find_ticket_types
from tools.tickets.resolve import ticket_type_of

MOST_EXPLAINED = 100
"""Ticket types of an event that one answer explains."""


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("POST", "/quotas", 201),),
    card="quota",
    undo="restore",
    errors=(rules.QuotaTooSmall, EventStateConflict),
    describe=rules.told_created,
)
async def create_quota(ctx: Context, data: CreateQuota) -> Quota:
    """Let several ticket types of an event share one number of places.

    Use for "Early bird and Regular together at most 200", or one name in two currencies. What is sold of them already counts.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    types = await _types(ctx, data.ticket_types, event.id)
    await repository.lock(ctx.tx, ctx.org_id, None, types)
    rules.require_room(data.name, data.size, await _as_they_are(ctx, types))
    quota_id = ctx.ids.new_id()
    await repository.create(ctx.tx, ctx.org_id, event.id, quota_id, data.name, data.size)
    await repository.link(ctx.tx, ctx.org_id, event.id, quota_id, types)
    return await quota_of(ctx, str(quota_id), None)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/quotas/{id}", target="quota", needs_version=True),
        Http("PUT", "/quotas/{id}", target="quota", needs_version=True),
    ),
    card="quota",
    undo="restore",
    errors=(rules.QuotaTooSmall, rules.QuotaNotShared, rules.QuotaEmpty),
    describe=rules.told_changed,
)
async def update_quota(ctx: Context, data: UpdateQuota) -> Quota:
    """Rename a shared quota, make it larger or smaller, or let ticket types join or leave it.

    It can not become smaller than what is taken: sold, in unpaid orders, on hold or kept for vouchers.
    """
    quota = await quota_of(ctx, data.quota, data.event)
    rules.require_shared(quota)
    joining = await _types(ctx, data.add_ticket_types, quota.event_id)
    leaving = await _types(ctx, data.remove_ticket_types, quota.event_id)
    await repository.lock(ctx.tx, ctx.org_id, quota.id, [*(t.id for t in quota.ticket_types), *joining, *leaving])
    quota = await quota_of(ctx, str(quota.id), None)
    require_version(ctx.caller.if_match, quota.version)
    staying = [each.id for each in quota.ticket_types if each.id not in leaving]
    counted = list(dict.fromkeys([*staying, *(each for each in joining if each not in leaving)]))
    if not counted:
        raise rules.QuotaEmpty()
    name, size = data.name or quota.name, quota.size if data.size is None else data.size
    rules.require_room(name, size, await _as_they_are(ctx, counted))
    await repository.unlink(ctx.tx, ctx.org_id, quota.id, leaving)
    await repository.update(ctx.tx, ctx.org_id, quota.id, name, size)
    await repository.link(ctx.tx, ctx.org_id, quota.event_id, quota.id, counted)
    return await quota_of(ctx, str(quota.id), None)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("DELETE", "/quotas/{id}", target="quota", needs_version=True),),
    card="quota",
    undo="restore",
    errors=(rules.QuotaNotShared,),
    describe=rules.told_deleted,
)
async def delete_quota(ctx: Context, data: NamedQuota) -> Quota:
    """Delete a shared quota; its ticket types keep their own quantities. What is sold stays sold."""
    quota = await quota_of(ctx, data.quota, data.event)
    rules.require_shared(quota)
    types = [each.id for each in quota.ticket_types]
    await repository.lock(ctx.tx, ctx.org_id, quota.id, types)
    quota = await quota_of(ctx, str(quota.id), None)
    require_version(ctx.caller.if_match, quota.version)
    await repository.unlink(ctx.tx, ctx.org_id, quota.id, [each.id for each in quota.ticket_types])
    await repository.delete(ctx.tx, ctx.org_id, quota.id)
    return quota


@operation(
    scope="events:read",
    effect=Effect.read,
    http=(Http("GET", "/quotas/{id}", target="quota"),),
    card="quota",
)
async def get_quota(ctx: Context, data: NamedQuota) -> Quota:
    """Show one quota in numbers: its size, what is sold, unpaid, on hold, kept for vouchers and free, and what it counts."""
    return await quota_of(ctx, data.quota, data.event)


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/quotas"),), card="quotas")
async def list_quotas(ctx: Context, data: ListQuotas) -> Page[Quota]:
    """List quotas in numbers, of one event or of all: those of ticket types, of the event's capacity, and shared ones."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("quotas", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, event_id, data.limit, after)
    return ctx.greenroom.cursors.page(Page[Quota], "quotas", found, data.limit, lambda last: [last.created_at, last.id])


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/availability"),), card="availability")
async def explain_availability(ctx: Context, data: ExplainAvailability) -> AvailabilityExplained:
    """Say why tickets are sold out or how many can be had: which quota binds, what holds, unpaid orders and vouchers keep, until
    when, and what would free places.

    Use for "why is it sold out?". Give the event, or one ticket type.
    """
    if data.ticket_type is not None:
        ticket_type = await ticket_type_of(ctx, data.ticket_type, data.event)
        types, event_id = [ticket_type], ticket_type.event_id
    elif data.event is not None:
        event_id = await event_id_of(ctx, data.event)
        types = await find_ticket_types(ctx.tx, ctx.org_id, event_id, MOST_EXPLAINED, None)
    else:
        raise MissingValue("Which event or ticket type?", remedy="Give an event or a ticket type.")
    event = await event_of(ctx, str(event_id))
    items = [await _explanation(ctx, each) for each in types[:MOST_EXPLAINED]]
    return rules.in_order(AvailabilityExplained(event_id=event.id, event_name=event.name, items=items))


async def _explanation(ctx: Context, ticket_type: TicketType) -> Explanation:
    limit = ticket_type.limited_by
    rooms = await repository.quotas_of(ctx.tx, ctx.org_id, ticket_type.id)
    returns = await repository.may_come_back(ctx.tx, ctx.org_id, limit.id)
    return Explanation(
        ticket_type_id=ticket_type.id,
        name=ticket_type.name,
        currency=ticket_type.currency,
        sale_status=ticket_type.sale_status,
        availability=ticket_type.availability,
        available=ticket_type.available,
        sentence=f"{ticket_type.name}: {ticket_type.availability_reason}",
        limited_by=limit,
        quotas=sorted(rooms, key=lambda room: (room.id != limit.id, room.free)),
        may_come_back=returns,
        remedies=rules.remedies(limit, returns, ctx.standing),
    )


async def _types(ctx: Context, references: Sequence[str], event_id: UUID) -> list[UUID]:
    """Each once. Raises NotFound, Ambiguous, InvalidInput for a type of another event."""
    found: dict[UUID, None] = {}
    for reference in references:
        ticket_type = await ticket_type_of(ctx, reference, str(event_id))
        if ticket_type.event_id != event_id:
            raise InvalidInput(f"{ticket_type.name} is a ticket type of {ticket_type.event_name}.")
        found[ticket_type.id] = None
    return list(found)


async def _as_they_are(ctx: Context, types: Sequence[UUID]) -> list[TicketType]:
    return [await ticket_type_of(ctx, str(each), None) for each in types]
