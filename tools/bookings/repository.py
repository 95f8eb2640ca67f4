"""SQL of bookings. That two can not overlap is the table's own constraint."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tools.bookings.models import Booking, ListBookings
from tools.store.database import Transaction

_BOOKING = """
    select b.id, b.event_id, e.name as event_name, v.id as venue_id, v.name as venue_name, s.id as space_id,
        s.name as space_name, b.start_date, b.end_date, v.timezone, b.setup_minutes, b.teardown_minutes, b.status,
        b.version, b.created_at
    from public.bookings b
    join public.events e on e.org_id = b.org_id and e.id = b.event_id
    join public.spaces s on s.org_id = b.org_id and s.id = b.space_id
    join public.venues v on v.org_id = s.org_id and v.id = s.venue_id
"""


async def get(tx: Transaction, org: UUID, booking_id: UUID) -> Booking | None:
    return await tx.fetch_one(
        _BOOKING + "where b.org_id = %(org)s and b.id = %(id)s", {"org": org, "id": booking_id}, row=Booking
    )


async def of_event(tx: Transaction, org: UUID, event_id: UUID) -> list[Booking]:
    """Confirmed bookings of an event, earliest first."""
    return await tx.fetch_all(
        _BOOKING
        + "where b.org_id = %(org)s and b.event_id = %(event)s and b.status = 'confirmed' order by b.start_date",
        {"org": org, "event": event_id},
        row=Booking,
    )


async def in_the_way(
    tx: Transaction, org: UUID, space_id: UUID, start: datetime, end: datetime, but: UUID
) -> list[Booking]:
    """Who has the space in [start, end), set-up and tear-down included, other than booking `but`."""
    return await tx.fetch_all(
        _BOOKING
        + """
        where b.org_id = %(org)s and b.space_id = %(space)s and b.status = 'confirmed' and b.id <> %(but)s
            and b.during && tstzrange(%(start)s, %(end)s) order by b.start_date limit 5
        """,
        {"org": org, "space": space_id, "start": start, "end": end, "but": but},
        row=Booking,
    )


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    await tx.execute(
        """
        insert into public.bookings (id, org_id, event_id, space_id, start_date, end_date, setup_minutes, teardown_minutes)
        values (%(id)s, %(org)s, %(event_id)s, %(space_id)s, %(start_date)s, %(end_date)s, %(setup_minutes)s, %(teardown_minutes)s)
        """,
        {"org": org, **values},
    )


async def adopt_venue(tx: Transaction, org: UUID, event_id: UUID, venue_id: UUID) -> None:
    """An event without a venue is at the first one booked for it."""
    await tx.execute(
        "update public.events set venue_id = %(venue)s where org_id = %(org)s and id = %(event)s and venue_id is null",
        {"org": org, "event": event_id, "venue": venue_id},
    )


async def update(tx: Transaction, org: UUID, booking: Booking) -> None:
    await tx.execute(
        """
        update public.bookings set space_id = %(space_id)s, start_date = %(start_date)s, end_date = %(end_date)s,
            setup_minutes = %(setup_minutes)s, teardown_minutes = %(teardown_minutes)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **booking.model_dump()},
    )


async def cancel(tx: Transaction, org: UUID, booking_id: UUID) -> None:
    await tx.execute(
        "update public.bookings set status = 'cancelled' where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": booking_id},
    )


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListBookings,
    *,
    event_id: UUID | None,
    venue_id: UUID | None,
    since: datetime | None,
    before: datetime | None,
    after: list[Any] | None,
) -> list[Booking]:
    return await tx.fetch_all(
        _BOOKING
        + """
        where b.org_id = %(org)s
            and (%(event)s::uuid is null or b.event_id = %(event)s) and (%(venue)s::uuid is null or v.id = %(venue)s)
            and (%(since)s::timestamptz is null or b.end_date > %(since)s)
            and (%(before)s::timestamptz is null or b.start_date < %(before)s)
            and (%(status)s::text is null or b.status = %(status)s)
            and (%(after_start)s::timestamptz is null or (b.start_date, b.id) > (%(after_start)s, %(after_id)s::uuid))
        order by b.start_date, b.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "venue": venue_id,
            "since": since,
            "before": before,
            "status": wanted.status,
            "after_start": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Booking,
    )
