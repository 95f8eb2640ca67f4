"""SQL of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.events.models import Event, EventDetail, ListEvents
from tools.kit.naming import Candidate
from tools.store.database import Transaction

_COLUMNS = """
    e.id, e.name, e.description, e.start_date, e.end_date, e.timezone, e.venue_id, v.name as venue_name, e.status,
    e.cancel_reason,
    case when now() < e.start_date then 'upcoming' when now() < e.end_date then 'ongoing' else 'ended' end as lifecycle,
    e.capacity, e.currency, coalesce(t.sold, 0) as tickets_sold, coalesce(t.size, 0) as tickets_total,
    e.version, e.created_at, e.updated_at
"""
_FROM = """
    from public.events e
    left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
"""
_SALES = """
    left join lateral (
        select sum(q.sold)::int as sold, sum(q.size)::int as size from public.quotas q
        where q.org_id = e.org_id and q.event_id = e.id and q.kind = 'ticket_type' and 'ticket' = any (array(
            select k.kind from public.quota_ticket_types l
            join public.ticket_types k on k.org_id = l.org_id and k.id = l.ticket_type_id and k.event_id = q.event_id
            where l.org_id = q.org_id and l.event_id = q.event_id and l.quota_id = q.id))) t on true
"""
_SALES_BY_TYPE = """
    left join lateral (
        select sum(q.sold) filter (where k.kind = 'ticket')::int as sold, sum(q.size) filter (where k.kind = 'ticket')::int as size,
            jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'price_amount', k.price_amount, 'currency', k.currency,
                'quantity', q.size, 'sold', q.sold, 'available', q.size - q.held - q.sold) order by k.created_at, k.name) as types
        from public.ticket_types k
        join public.quota_ticket_types l on l.org_id = k.org_id and l.ticket_type_id = k.id
        join public.quotas q on q.org_id = l.org_id and q.id = l.quota_id and q.kind = 'ticket_type'
        where k.org_id = e.org_id and k.event_id = e.id) t on true
"""
_DETAIL = """,
    coalesce(t.types, '[]') as ticket_types,
    (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'venue_name', bv.name, 'space_name', s.name,
            'start_date', b.start_date, 'end_date', b.end_date) order by b.start_date), '[]')
        from public.bookings b
        join public.spaces s on s.org_id = b.org_id and s.id = b.space_id
        join public.venues bv on bv.org_id = s.org_id and bv.id = s.venue_id
        where b.org_id = e.org_id and b.event_id = e.id and b.status <> 'cancelled') as bookings,
    (select coalesce(jsonb_agg(jsonb_build_object('id', sp.id, 'sponsor_name', so.name, 'level', sp.level,
            'amount', sp.amount, 'currency', sp.currency, 'status', sp.status) order by sp.created_at), '[]')
        from public.sponsorships sp
        join public.sponsors so on so.org_id = sp.org_id and so.id = sp.sponsor_id
        where sp.org_id = e.org_id and sp.event_id = e.id) as sponsorships
"""


async def get(tx: Transaction, org: UUID, event_id: UUID) -> Event | None:
    return await tx.fetch_one(
        "select" + _COLUMNS + _FROM + _SALES + "where e.org_id = %(org)s and e.id = %(id)s",
        {"org": org, "id": event_id},
        row=Event,
    )


async def detail(tx: Transaction, org: UUID, event_id: UUID) -> EventDetail | None:
    return await tx.fetch_one(
        "select" + _COLUMNS + _DETAIL + _FROM + _SALES_BY_TYPE + "where e.org_id = %(org)s and e.id = %(id)s",
        {"org": org, "id": event_id},
        row=EventDetail,
    )


async def lock(tx: Transaction, org: UUID, event_id: UUID) -> None:
    """Nobody else changes this event until the transaction ends."""
    await tx.execute(
        "select 1 from public.events where org_id = %(org)s and id = %(id)s for no key update",
        {"org": org, "id": event_id},
    )


async def named(tx: Transaction, org: UUID) -> list[Candidate]:
    """Events a name may mean: the newest 2,000, cancelled and archived ones last."""
    return await tx.fetch_all(
        """
        select id, name, to_char(start_date at time zone timezone, 'DD Mon YYYY') as hint,
            status not in ('cancelled', 'archived') as current
        from public.events where org_id = %(org)s order by start_date desc limit 2000
        """,
        {"org": org},
        row=Candidate,
    )


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListEvents,
    *,
    since: datetime | None,
    before: datetime | None,
    venue_id: UUID | None,
    after: list[Any] | None,
) -> list[Event]:
    """Events that touch [since, before), soonest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        "select"
        + _COLUMNS
        + _FROM
        + _SALES
        + """
        where e.org_id = %(org)s
            and (%(since)s::timestamptz is null or e.end_date > %(since)s)
            and (%(before)s::timestamptz is null or e.start_date < %(before)s)
            and (%(venue)s::uuid is null or e.venue_id = %(venue)s or exists (
                select from public.bookings b join public.spaces s on s.org_id = b.org_id and s.id = b.space_id
                where b.org_id = e.org_id and b.event_id = e.id and b.status <> 'cancelled' and s.venue_id = %(venue)s))
            and (%(status)s::text is null or e.status = %(status)s)
            and (%(query)s::text is null or strpos(lower(e.name), lower(%(query)s)) > 0)
            and (%(after_start)s::timestamptz is null or (e.start_date, e.id) > (%(after_start)s, %(after_id)s::uuid))
        order by e.start_date, e.id limit %(more)s
        """,
        {
            "org": org,
            "since": since,
            "before": before,
            "venue": venue_id,
            "status": wanted.status,
            "query": wanted.query,
            "after_start": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Event,
    )


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    await tx.execute(
        """
        insert into public.events (id, org_id, name, description, start_date, end_date, timezone, venue_id, capacity, currency)
        values (%(id)s, %(org)s, %(name)s, %(description)s, %(start_date)s, %(end_date)s, %(timezone)s, %(venue_id)s,
            %(capacity)s, %(currency)s)
        """,
        {"org": org, **values},
    )


async def update(tx: Transaction, org: UUID, event: Event) -> None:
    await tx.execute(
        """
        update public.events set name = %(name)s, description = %(description)s, start_date = %(start_date)s,
            end_date = %(end_date)s, timezone = %(timezone)s, venue_id = %(venue_id)s, capacity = %(capacity)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **event.model_dump()},
    )


async def set_status(tx: Transaction, org: UUID, event_id: UUID, status: str, reason: str | None = None) -> None:
    await tx.execute(
        "update public.events set status = %(status)s, cancel_reason = %(reason)s where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": event_id, "status": status, "reason": reason},
    )


async def delete(tx: Transaction, org: UUID, event_id: UUID) -> None:
    """Leaves before the event itself, so that each removed row is seen (and restorable); orders refuse it."""
    for removal in _REMOVALS:
        await tx.execute(removal, {"org": org, "id": event_id})
    await tx.execute("delete from public.events where org_id = %(org)s and id = %(id)s", {"org": org, "id": event_id})


_REMOVALS: tuple[LiteralString, ...] = (
    "delete from public.promo_code_ticket_types where org_id = %(org)s and event_id = %(id)s",
    "delete from public.promo_codes where org_id = %(org)s and event_id = %(id)s",
    "delete from public.bundle_items where org_id = %(org)s and event_id = %(id)s",
    "delete from public.quota_ticket_types where org_id = %(org)s and event_id = %(id)s",
    "delete from public.ticket_types where org_id = %(org)s and event_id = %(id)s",
    "delete from public.quotas where org_id = %(org)s and event_id = %(id)s",
    "delete from public.bookings where org_id = %(org)s and event_id = %(id)s",
    "delete from public.sponsorships where org_id = %(org)s and event_id = %(id)s",
)


async def move_bookings(tx: Transaction, org: UUID, event_id: UUID, start: datetime, end: datetime) -> int:
    """What is booked for the event follows its new times. Raises VenueAlreadyBooked when the space is taken then."""
    return await tx.execute(
        """
        update public.bookings set start_date = %(start)s, end_date = %(end)s
        where org_id = %(org)s and event_id = %(id)s and status = 'confirmed'
        """,
        {"org": org, "id": event_id, "start": start, "end": end},
    )


async def move_bookings_to(tx: Transaction, org: UUID, event_id: UUID, space_id: UUID) -> int:
    return await tx.execute(
        "update public.bookings set space_id = %(space)s where org_id = %(org)s and event_id = %(id)s and status = 'confirmed'",
        {"org": org, "id": event_id, "space": space_id},
    )


async def release_bookings(tx: Transaction, org: UUID, event_id: UUID) -> int:
    return await tx.execute(
        "update public.bookings set status = 'cancelled' where org_id = %(org)s and event_id = %(id)s and status = 'confirmed'",
        {"org": org, "id": event_id},
    )


async def set_capacity_quota(tx: Transaction, org: UUID, event_id: UUID, quota_id: UUID, size: int | None) -> None:
    """The event's capacity as a quota all its types that take a seat count against. Raises TicketsSoldOut when more are sold already."""
    if size is None:
        await tx.execute(
            "delete from public.quotas where org_id = %(org)s and event_id = %(id)s and kind = 'capacity'",
            {"org": org, "id": event_id},
        )
        return
    changed = await tx.execute(
        "update public.quotas set size = %(size)s where org_id = %(org)s and event_id = %(id)s and kind = 'capacity'",
        {"org": org, "id": event_id, "size": size},
    )
    if changed:
        return
    await tx.execute(
        "insert into public.quotas (id, org_id, event_id, name, kind, size)"
        " values (%(quota)s, %(org)s, %(id)s, 'Event capacity', 'capacity', %(size)s)",
        {"quota": quota_id, "org": org, "id": event_id, "size": size},
    )
    # The link's id follows from what it links, so that a preview and the real thing agree on it.
    await tx.execute(
        """
        insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)
        select md5(%(quota)s::text || t.id::text)::uuid, t.org_id, t.event_id, %(quota)s, t.id
        from public.ticket_types t where t.org_id = %(org)s and t.event_id = %(id)s and t.kind = 'ticket'
        """,
        {"quota": quota_id, "org": org, "id": event_id},
    )
