"""SQL of quotas. What they count moves in app.serve, app.let_go and triggers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.quotas.models import MayComeBack, Quota
from tools.store.database import Transaction
from tools.tickets.models import QuotaRoom
from tools.tickets.repository import rooms_of
from tools.tickets.rules import level_of, reason

_QUOTA = """
    select q.id, q.event_id, e.name as event_name, q.version, q.created_at,
        (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'currency', t.currency)
                order by t.created_at, t.name, t.currency), '[]')
            from public.quota_ticket_types l join public.ticket_types t on t.org_id = l.org_id and t.id = l.ticket_type_id
            where l.org_id = q.org_id and l.quota_id = q.id) as ticket_types
    from public.quotas q join public.events e on e.org_id = q.org_id and e.id = q.event_id
"""


async def get(tx: Transaction, org: UUID, quota_id: UUID) -> Quota | None:
    rows = await tx.fetch_dicts(_QUOTA + "where q.org_id = %(org)s and q.id = %(id)s", {"org": org, "id": quota_id})
    return next(iter(await _quotas(tx, org, rows)), None)


async def find(tx: Transaction, org: UUID, event_id: UUID | None, limit: int, after: list[Any] | None) -> list[Quota]:
    rows = await tx.fetch_dicts(
        _QUOTA
        + """
        where q.org_id = %(org)s and (%(event)s::uuid is null or q.event_id = %(event)s)
            and (%(after_at)s::timestamptz is null or (q.created_at, q.id) > (%(after_at)s, %(after_id)s::uuid))
        order by q.created_at, q.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": limit + 1,
        },
    )
    return await _quotas(tx, org, rows)


async def _quotas(tx: Transaction, org: UUID, rows: list[dict[str, Any]]) -> list[Quota]:
    rooms = {room.id: room for room in await rooms_of(tx, org, [row["id"] for row in rows])}
    # One that was deleted between the two readings is gone.
    return [_quota(row, rooms[row["id"]]) for row in rows if row["id"] in rooms]


def _quota(row: dict[str, Any], room: QuotaRoom) -> Quota:
    return Quota(
        **row,
        **room.model_dump(exclude={"id"}),
        availability=level_of(room),
        availability_reason=reason(room.name, room),
    )


async def named(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Candidate]:
    """Quotas a name may mean; shared ones come before those that belong to a type or the event."""
    return await tx.fetch_all(
        """
        select q.id, q.name, e.name as hint, q.kind = 'shared' and e.status not in ('cancelled', 'archived') as current
        from public.quotas q join public.events e on e.org_id = q.org_id and e.id = q.event_id
        where q.org_id = %(org)s and (%(event)s::uuid is null or q.event_id = %(event)s)
        order by q.created_at desc limit 2000
        """,
        {"org": org, "event": event_id},
        row=Candidate,
    )


async def lock(tx: Transaction, org: UUID, quota_id: UUID | None, types: Sequence[UUID]) -> None:
    """The quota and all that these types count against, in id order as sales lock them: nothing of them is sold until the
    transaction ends."""
    await tx.execute(
        """
        select from public.quotas q where q.org_id = %(org)s and (q.id = %(quota)s::uuid or q.id in (
            select l.quota_id from public.quota_ticket_types l
            where l.org_id = %(org)s and l.ticket_type_id = any(%(types)s::uuid[])))
        order by q.id for update
        """,
        {"org": org, "quota": quota_id, "types": list(types)},
    )


async def create(tx: Transaction, org: UUID, event_id: UUID, quota_id: UUID, name: str, size: int) -> None:
    await tx.execute(
        """
        insert into public.quotas (id, org_id, event_id, name, kind, size)
        values (%(id)s, %(org)s, %(event)s, %(name)s, 'shared', %(size)s)
        """,
        {"id": quota_id, "org": org, "event": event_id, "name": name, "size": size},
    )


async def update(tx: Transaction, org: UUID, quota_id: UUID, name: str, size: int) -> None:
    await tx.execute(
        "update public.quotas set name = %(name)s, size = %(size)s where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": quota_id, "name": name, "size": size},
    )


async def link(tx: Transaction, org: UUID, event_id: UUID, quota_id: UUID, types: Sequence[UUID]) -> None:
    """The types count against the quota, with what is taken of them already."""
    # The link's id follows from what it links, so that a preview and the real thing agree on it.
    await tx.execute(
        """
        insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)
        select md5(%(quota)s::text || t.id::text)::uuid, %(org)s, %(event)s, %(quota)s, t.id
        from unnest(%(types)s::uuid[]) as t (id)
        on conflict (org_id, quota_id, ticket_type_id) do nothing
        """,
        {"org": org, "event": event_id, "quota": quota_id, "types": list(types)},
    )


async def unlink(tx: Transaction, org: UUID, quota_id: UUID, types: Sequence[UUID]) -> None:
    await tx.execute(
        """
        delete from public.quota_ticket_types
        where org_id = %(org)s and quota_id = %(quota)s and ticket_type_id = any(%(types)s::uuid[])
        """,
        {"org": org, "quota": quota_id, "types": list(types)},
    )


async def delete(tx: Transaction, org: UUID, quota_id: UUID) -> None:
    await tx.execute("delete from public.quotas where org_id = %(org)s and id = %(id)s", {"org": org, "id": quota_id})


async def quotas_of(tx: Transaction, org: UUID, ticket_type_id: UUID) -> list[QuotaRoom]:
    """All quotas a type counts against."""
    rows = await tx.fetch_dicts(
        "select quota_id from public.quota_ticket_types where org_id = %(org)s and ticket_type_id = %(type)s",
        {"org": org, "type": ticket_type_id},
    )
    return await rooms_of(tx, org, [row["quota_id"] for row in rows])


async def may_come_back(tx: Transaction, org: UUID, quota_id: UUID) -> list[MayComeBack]:
    """What keeps places of a quota without having bought them; only kinds that there are."""
    return await tx.fetch_all(
        """
        with types as (
            select l.ticket_type_id as id, l.event_id from public.quota_ticket_types l
            where l.org_id = %(org)s and l.quota_id = %(quota)s
        )
        select 'holds' as kind, count(distinct h.id)::int as count, sum(i.quantity)::int as places,
            min(h.expires_at) as next_end, 0 as without_end
        from public.holds h join public.hold_items i on i.org_id = h.org_id and i.hold_id = h.id
        where h.org_id = %(org)s and h.event_id in (select event_id from types) and h.status = 'active'
            and i.ticket_type_id in (select id from types) having count(*) > 0
        union all
        select 'unpaid_orders', count(distinct o.id)::int, sum(i.quantity)::int, min(o.expires_at),
            count(distinct o.id) filter (where o.expires_at is null)::int
        from public.orders o join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
        where o.org_id = %(org)s and o.event_id in (select event_id from types) and o.status = 'pending'
            and i.ticket_type_id in (select id from types) having count(*) > 0
        union all
        select 'vouchers', count(*)::int, sum(p.blocked)::int, min(p.valid_until),
            count(*) filter (where p.valid_until is null)::int
        from public.promo_codes p
        where p.org_id = %(org)s and p.event_id in (select event_id from types) and p.blocked > 0
            and p.blocks_ticket_type_id in (select id from types) having count(*) > 0
        """,
        {"org": org, "quota": quota_id},
        row=MayComeBack,
    )
