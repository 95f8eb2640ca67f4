"""SQL of ticket types and their quotas. The counters themselves move in app.serve, app.let_go and triggers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.store.database import Transaction
from tools.tickets import rules
from tools.tickets.models import QuotaRoom, TicketType

_TICKET_TYPE = """
    select t.id, t.event_id, e.name as event_name, e.status as event_status, t.name, t.description, t.kind, t.price_amount, t.currency,
        t.fee_amount, t.fee_basis_points, t.tax_basis_points, t.tax_included, t.hidden, t.sales_start, t.sales_end, t.min_per_order,
        t.max_per_order, t.max_per_buyer, t.needs_approval, t.version, t.created_at, clock_timestamp() as at,
        coalesce((select jsonb_agg(jsonb_build_object('ticket_type_id', b.ticket_type_id, 'ticket_type_name', part.name,
                'quantity', b.quantity) order by part.created_at, part.name)
            from public.bundle_items b join public.ticket_types part on part.org_id = b.org_id and part.id = b.ticket_type_id
            where b.org_id = t.org_id and b.bundle_id = t.id), '[]') as parts,
        coalesce((select array_agg(l.quota_id) from public.quota_ticket_types l
            where l.org_id = t.org_id and l.ticket_type_id = t.id), '{}') as quotas
    from public.ticket_types t
    join public.events e on e.org_id = t.org_id and e.id = t.event_id
"""

# What is taken, by ticket type of the events at hand, then summed per quota: a few passes, however many types and quotas there are.
_ROOMS = """
    with wanted as (
        select q.* from public.quotas q where q.org_id = %(org)s and q.id = any(%(quotas)s::uuid[])
    ), held as (
        select i.ticket_type_id as type_id, sum(i.quantity) as places from public.holds h
        join public.hold_items i on i.org_id = h.org_id and i.hold_id = h.id
        where h.org_id = %(org)s and h.event_id in (select event_id from wanted) and h.status = 'active' group by 1
    ), unpaid as (
        select i.ticket_type_id as type_id, sum(i.quantity) as places from public.orders o
        join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
        where o.org_id = %(org)s and o.event_id in (select event_id from wanted) and o.status = 'pending' group by 1
    ), per_quota as (
        select l.quota_id, coalesce(sum(held.places), 0)::int as on_hold, coalesce(sum(unpaid.places), 0)::int as unpaid
        from wanted w join public.quota_ticket_types l on l.org_id = w.org_id and l.quota_id = w.id
        left join held on held.type_id = l.ticket_type_id left join unpaid on unpaid.type_id = l.ticket_type_id
        group by 1
    )
    select w.id, w.name, w.kind, w.size, w.sold - coalesce(p.unpaid, 0) as sold, coalesce(p.unpaid, 0) as unpaid,
        coalesce(p.on_hold, 0) as on_hold, w.held - coalesce(p.on_hold, 0) as kept_by_vouchers,
        greatest(w.size - w.held - w.sold, 0) as free
    from wanted w left join per_quota p on p.quota_id = w.id order by w.created_at, w.name
"""


async def rooms_of(tx: Transaction, org: UUID, quotas: Sequence[UUID]) -> list[QuotaRoom]:
    return await tx.fetch_all(_ROOMS, {"org": org, "quotas": list(quotas)}, row=QuotaRoom)


async def _ticket_types(tx: Transaction, org: UUID, rows: list[dict[str, Any]]) -> list[TicketType]:
    rooms = {room.id: room for room in await rooms_of(tx, org, list({q for row in rows for q in row["quotas"]}))}
    counted = [(row, [rooms[quota] for quota in row["quotas"] if quota in rooms]) for row in rows]
    # One that was deleted between the two readings is gone.
    owned = [(row, own, all_) for row, all_ in counted for own in all_ if own.kind == "ticket_type"]
    return [_ticket_type(row, own, all_) for row, own, all_ in owned]


def _ticket_type(row: dict[str, Any], own: QuotaRoom, rooms: list[QuotaRoom]) -> TicketType:
    limit = rules.binding(rooms)
    return TicketType(
        **row,
        sale_status=rules.sale_status(row["event_status"], row["sales_start"], row["sales_end"], row["at"]),
        quantity=own.size,
        sold=own.sold + own.unpaid,
        held=own.on_hold + own.kept_by_vouchers,
        available=min(room.free for room in rooms),
        availability=rules.level_of(limit),
        availability_reason=rules.reason(row["name"], limit),
        limited_by=limit,
    )


async def get(tx: Transaction, org: UUID, ticket_type_id: UUID) -> TicketType | None:
    rows = await tx.fetch_dicts(
        _TICKET_TYPE + "where t.org_id = %(org)s and t.id = %(id)s", {"org": org, "id": ticket_type_id}
    )
    return next(iter(await _ticket_types(tx, org, rows)), None)


async def named(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Candidate]:
    """Types a name may mean. One name in several currencies of an event is told apart by the currency."""
    return await tx.fetch_all(
        """
        select t.id, case when count(*) over (partition by t.event_id, lower(t.name)) > 1
            then t.name || ' ' || t.currency else t.name end as name,
            e.name as hint, e.status not in ('cancelled', 'archived') as current
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
    rows = await tx.fetch_dicts(
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
    )
    return await _ticket_types(tx, org, rows)


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    """The type, its own quota, and its place in the event's capacity when it takes one. Ids: id, quota_id, link_id, capacity_link_id."""
    await tx.execute(
        """
        insert into public.ticket_types (id, org_id, event_id, name, description, kind, price_amount, currency, hidden, sales_start,
            sales_end, min_per_order, max_per_order, max_per_buyer, needs_approval, fee_amount, fee_basis_points, tax_basis_points,
            tax_included)
        values (%(id)s, %(org)s, %(event_id)s, %(name)s, %(description)s, %(kind)s, %(price_amount)s, %(currency)s, %(hidden)s,
            %(sales_start)s, %(sales_end)s, %(min_per_order)s, %(max_per_order)s, %(max_per_buyer)s, %(needs_approval)s,
            %(fee_amount)s, %(fee_basis_points)s, %(tax_basis_points)s, %(tax_included)s)
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
    # A person takes a seat by a ticket: an add-on takes none, and a bundle those of what it is made of.
    await tx.execute(
        """
        insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)
        select %(link_id)s::uuid, %(org)s::uuid, %(event_id)s::uuid, %(quota_id)s::uuid, %(id)s::uuid
        union all
        select %(capacity_link_id)s::uuid, q.org_id, q.event_id, q.id, %(id)s::uuid
        from public.quotas q
        where q.org_id = %(org)s and q.event_id = %(event_id)s and q.kind = 'capacity' and %(kind)s = 'ticket'
        """,
        {"org": org, **values},
    )


async def set_parts(
    tx: Transaction, org: UUID, event_id: UUID, bundle_id: UUID, parts: Sequence[tuple[UUID, int]]
) -> None:
    """What the bundle is made of from now on."""
    values = {
        "org": org,
        "event": event_id,
        "bundle": bundle_id,
        "types": [part for part, _ in parts],
        "quantities": [quantity for _, quantity in parts],
    }
    await tx.execute(
        """
        delete from public.bundle_items
        where org_id = %(org)s and bundle_id = %(bundle)s and ticket_type_id <> all(%(types)s::uuid[])
        """,
        values,
    )
    # The row's id follows from what it joins, so that a preview and the real thing agree on it.
    await tx.execute(
        """
        insert into public.bundle_items as b (id, org_id, event_id, bundle_id, ticket_type_id, quantity)
        select md5(%(bundle)s::text || p.id::text)::uuid, %(org)s, %(event)s, %(bundle)s, p.id, p.quantity
        from unnest(%(types)s::uuid[], %(quantities)s::int[]) as p (id, quantity)
        on conflict (org_id, bundle_id, ticket_type_id) do update set quantity = excluded.quantity
            where b.quantity <> excluded.quantity
        """,
        values,
    )


async def lock(tx: Transaction, org: UUID, ticket_type_id: UUID) -> None:
    """Nobody else changes this ticket type until the transaction ends. Sales go on: they only refer to its key."""
    await tx.execute(
        "select 1 from public.ticket_types where org_id = %(org)s and id = %(id)s for no key update",
        {"org": org, "id": ticket_type_id},
    )


async def update(tx: Transaction, org: UUID, ticket_type: TicketType) -> None:
    await tx.execute(
        """
        update public.ticket_types set name = %(name)s, description = %(description)s, price_amount = %(price_amount)s,
            hidden = %(hidden)s, sales_start = %(sales_start)s, sales_end = %(sales_end)s, min_per_order = %(min_per_order)s,
            max_per_order = %(max_per_order)s, max_per_buyer = %(max_per_buyer)s, needs_approval = %(needs_approval)s,
            fee_amount = %(fee_amount)s, fee_basis_points = %(fee_basis_points)s, tax_basis_points = %(tax_basis_points)s,
            tax_included = %(tax_included)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **ticket_type.model_dump(exclude={"parts", "limited_by"})},
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
        {"org": org, "id": ticket_type.id, "quantity": ticket_type.quantity, "name": ticket_type.name},
    )


async def delete(tx: Transaction, org: UUID, ticket_type_id: UUID) -> None:
    """Refused by the database (Conflict) when an order, a hold, a bundle or a promo code has it."""
    await tx.execute(
        "delete from public.bundle_items where org_id = %(org)s and bundle_id = %(id)s",
        {"org": org, "id": ticket_type_id},
    )
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
    """(the event's capacity, the sum of the quantities of its types that take a seat)"""
    rows = await tx.fetch_dicts(
        """
        select e.capacity, coalesce((select sum(q.size) from public.quotas q
            join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
            join public.ticket_types t on t.org_id = l.org_id and t.id = l.ticket_type_id and t.kind = 'ticket'
            where q.org_id = e.org_id and q.event_id = e.id and q.kind = 'ticket_type'), 0)::bigint as planned
        from public.events e where e.org_id = %(org)s and e.id = %(event)s
        """,
        {"org": org, "event": event_id},
    )
    return rows[0]["capacity"], rows[0]["planned"]
