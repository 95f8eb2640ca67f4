"""SQL of venues and spaces."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.store.database import Transaction
from tools.venues.models import CreateVenue, FindVenues, Venue

_VENUE = """
    select v.id, v.name, v.description, v.city, v.address, v.capacity, v.timezone, v.version, v.created_at,
        (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'capacity', s.capacity)
            order by s.created_at, s.name), '[]')
         from public.spaces s where s.org_id = v.org_id and s.venue_id = v.id) as spaces
    from public.venues v
"""


async def get(tx: Transaction, org: UUID, venue_id: UUID) -> Venue | None:
    return await tx.fetch_one(
        _VENUE + "where v.org_id = %(org)s and v.id = %(id)s", {"org": org, "id": venue_id}, row=Venue
    )


async def named(tx: Transaction, org: UUID) -> list[Candidate]:
    return await tx.fetch_all(
        "select id, name, city as hint from public.venues where org_id = %(org)s order by created_at desc limit 2000",
        {"org": org},
        row=Candidate,
    )


async def find(tx: Transaction, org: UUID, wanted: FindVenues, after: list[Any] | None) -> list[Venue]:
    """One more than the limit when there is a next page; ordered by capacity that fits first, then name."""
    return await tx.fetch_all(
        _VENUE
        + """
        where v.org_id = %(org)s
            and (%(city)s::text is null or lower(v.city) = lower(%(city)s) or strpos(lower(v.city), lower(%(city)s)) > 0)
            and (%(min_capacity)s::int is null or v.capacity >= %(min_capacity)s)
            and (%(query)s::text is null or strpos(lower(v.name), lower(%(query)s)) > 0)
            and (%(free_from)s::timestamptz is null or exists (
                select from public.spaces s
                where s.org_id = v.org_id and s.venue_id = v.id and not exists (
                    select from public.bookings b
                    where b.org_id = s.org_id and b.space_id = s.id and b.status <> 'cancelled'
                        and b.during && tstzrange(%(free_from)s, %(free_until)s))))
            and (%(after_name)s::text is null or (lower(v.name), v.id) > (%(after_name)s, %(after_id)s::uuid))
        order by lower(v.name), v.id limit %(more)s
        """,
        {
            "org": org,
            **wanted.model_dump(),
            "more": wanted.limit + 1,
            "after_name": after[0] if after else None,
            "after_id": after[1] if after else None,
        },
        row=Venue,
    )


async def create(tx: Transaction, org: UUID, venue_id: UUID, space_id: UUID, data: CreateVenue, timezone: str) -> None:
    await tx.execute(
        """
        with made as (
            insert into public.venues (id, org_id, name, description, city, address, capacity, timezone)
            values (%(id)s, %(org)s, %(name)s, %(description)s, %(city)s, %(address)s, %(capacity)s, %(timezone)s)
            returning org_id, id, name, capacity)
        insert into public.spaces (id, org_id, venue_id, name, capacity)
        select %(space)s, org_id, id, 'Whole venue', capacity from made
        """,
        {"id": venue_id, "org": org, "space": space_id, **data.model_dump(), "timezone": timezone},
    )


async def lock(tx: Transaction, org: UUID, venue_id: UUID) -> None:
    """Nobody else changes this venue until the transaction ends."""
    await tx.execute(
        "select 1 from public.venues where org_id = %(org)s and id = %(id)s for update", {"org": org, "id": venue_id}
    )


async def update(tx: Transaction, org: UUID, venue: Venue) -> None:
    """Writes the venue as given; its single space follows the capacity."""
    await tx.execute(
        """
        update public.venues set name = %(name)s, description = %(description)s, city = %(city)s, address = %(address)s,
            capacity = %(capacity)s, timezone = %(timezone)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **venue.model_dump(exclude={"spaces"})},
    )
    if len(venue.spaces) == 1 and venue.spaces[0].capacity != venue.capacity:
        await tx.execute(
            "update public.spaces set capacity = %(capacity)s where org_id = %(org)s and id = %(id)s",
            {"org": org, "id": venue.spaces[0].id, "capacity": venue.capacity},
        )


async def delete(tx: Transaction, org: UUID, venue_id: UUID) -> None:
    await tx.execute(
        "delete from public.spaces where org_id = %(org)s and venue_id = %(id)s", {"org": org, "id": venue_id}
    )
    await tx.execute("delete from public.venues where org_id = %(org)s and id = %(id)s", {"org": org, "id": venue_id})
