"""SQL of ticket types and quotas. The counters themselves move only in app.sell_tickets and app.refund_order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.store.database import Transaction
from tools.tickets.models import TicketType

# The tightest quota a type counts against says how many can still be had.
_TICKET_TYPE = """
    select t.id, t.event_id, e.name as event_name, t.name, t.description, t.price_amount, t.currency,
        own.size as quantity, own.sold, own.held, greatest(room.free, 0) as available,
        case when room.free > 0 then 'available' when room.held > 0 then 'reserved'
            when exists (select from public.orders o join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
                where o.org_id = t.org_id and i.ticket_type_id = t.id and o.status = 'pending') then 'ordered'
            else 'sold_out' end as availability,
        t.version, t.created_at
    from public.ticket_types t
    join public.events e on e.org_id = t.org_id and e.id = t.event_id
    join lateral (
        select q.size, q.sold, q.held from public.quotas q
        join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
        where q.org_id = t.org_id and l.ticket_type_id = t.id and q.kind = 'ticket_type' limit 1) own on true
    join lateral (
        select min(q.size - q.held - q.sold)::int as free, sum(q.held)::int as held from public.quotas q
        join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
        where q.org_id = t.org_id and l.ticket_type_id = t.id) room on true
"""


async def get(tx: Transaction, org: UUID, ticket_type_id: UUID) -> TicketType | None:
    return await tx.fetch_one(
        _TICKET_TYPE + "where t.org_id = %(org)s and t.id = %(id)s", {"org": org, "id": ticket_type_id}, row=TicketType
    )


async def named(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Candidate]:
    return await tx.fetch_all(
        """
        select t.id, t.name, e.name as hint, e.status not in ('cancelled', 'archived') as current
        from public.ticket_types t join public.events e on e.org_id = t.org_id and e.id = t.event_id
        where t.org_id = %(org)s and (%(event)s::uuid is null or t.event_id = %(event)s)
        order by t.created_at desc limit 2000
        """,
        {"org": org, "event": event_id},
        row=Candidate,
    )


async def find(
    tx: Transaction, org: UUID, event_id: UUID | None, limit: int, after: list[Any] | None
) -> list[TicketType]:
    return await tx.fetch_all(
        _TICKET_TYPE
        + """
        where t.org_id = %(org)s and (%(event)s::uuid is null or t.event_id = %(event)s)
            and (%(after_at)s::timestamptz is null or (t.created_at, t.id) > (%(after_at)s, %(after_id)s::uuid))
        order by t.created_at, t.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": limit + 1,
        },
        row=TicketType,
    )


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    """The type, its own quota, and its place in the event's capacity when there is one. Ids: id, quota_id, link_id, capacity_link_id."""
    await tx.execute(
        """
        insert into public.ticket_types (id, org_id, event_id, name, description, price_amount, currency)
        values (%(id)s, %(org)s, %(event_id)s, %(name)s, %(description)s, %(price_amount)s, %(currency)s)
        """,
        {"org": org, **values},
    )
    await tx.execute(
        """
        insert into public.quotas (id, org_id, event_id, name, kind, size)
        values (%(quota_id)s, %(org)s, %(event_id)s, %(name)s, 'ticket_type', %(quantity)s)
        """,
        {"org": org, **values},
    )
    await tx.execute(
        """
        insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)
        select %(link_id)s::uuid, %(org)s::uuid, %(event_id)s::uuid, %(quota_id)s::uuid, %(id)s::uuid
        union all
        select %(capacity_link_id)s::uuid, q.org_id, q.event_id, q.id, %(id)s::uuid
        from public.quotas q where q.org_id = %(org)s and q.event_id = %(event_id)s and q.kind = 'capacity'
        """,
        {"org": org, **values},
    )


async def lock(tx: Transaction, org: UUID, ticket_type_id: UUID) -> None:
    """Nobody else changes this ticket type until the transaction ends."""
    await tx.execute(
        "select 1 from public.ticket_types where org_id = %(org)s and id = %(id)s for update",
        {"org": org, "id": ticket_type_id},
    )


async def update(tx: Transaction, org: UUID, ticket_type: TicketType) -> None:
    await tx.execute(
        """
        update public.ticket_types set name = %(name)s, description = %(description)s, price_amount = %(price_amount)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **ticket_type.model_dump()},
    )


async def resize(tx: Transaction, org: UUID, ticket_type: TicketType) -> None:
    """Sets the type's own quota to its quantity. Raises TicketsSoldOut when more are sold or held."""
    await tx.execute(
        """
        update public.quotas q set size = %(quantity)s, name = %(name)s
        from public.quota_ticket_types l
        where l.org_id = q.org_id and l.quota_id = q.id and q.org_id = %(org)s and l.ticket_type_id = %(id)s
            and q.kind = 'ticket_type'
        """,
        {"org": org, **ticket_type.model_dump()},
    )


async def delete(tx: Transaction, org: UUID, ticket_type_id: UUID) -> None:
    """Refused by the database (Conflict) when an order has it."""
    quotas = await tx.fetch_dicts(
        """
        delete from public.quota_ticket_types l using public.quotas q
        where q.org_id = l.org_id and q.id = l.quota_id and l.org_id = %(org)s and l.ticket_type_id = %(id)s
        returning q.id, q.kind
        """,
        {"org": org, "id": ticket_type_id},
    )
    await tx.execute(
        "delete from public.ticket_types where org_id = %(org)s and id = %(id)s", {"org": org, "id": ticket_type_id}
    )
    for quota in quotas:
        if quota["kind"] == "ticket_type":
            await tx.execute(
                "delete from public.quotas where org_id = %(org)s and id = %(id)s", {"org": org, "id": quota["id"]}
            )


async def capacity_of(tx: Transaction, org: UUID, event_id: UUID) -> tuple[int | None, int]:
    """(the event's capacity, the sum of its ticket types' quantities)"""
    rows = await tx.fetch_dicts(
        """
        select e.capacity, coalesce((select sum(q.size) from public.quotas q
            where q.org_id = e.org_id and q.event_id = e.id and q.kind = 'ticket_type'), 0)::bigint as planned
        from public.events e where e.org_id = %(org)s and e.id = %(event)s
        """,
        {"org": org, "event": event_id},
    )
    return rows[0]["capacity"], rows[0]["planned"]
