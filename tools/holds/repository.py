"""SQL of holds. Counters move only inside app.serve, app.release_hold and app.expire."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.holds.models import Hold, ListHolds
from tools.store.database import Transaction

_HOLD = """
    select * from (
        select h.id, h.org_id, h.event_id, e.name as event_name, h.label, h.purpose,
            case when h.status = 'active' and h.expires_at <= clock_timestamp() then 'expired' else h.status end as status,
            h.expires_at, h.extended, o.id as order_id, h.version, h.created_at,
            (select coalesce(jsonb_agg(jsonb_build_object('ticket_type_id', i.ticket_type_id, 'ticket_type_name', t.name,
                    'quantity', i.quantity) order by t.created_at, t.id), '[]')
                from public.hold_items i join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
                where i.org_id = h.org_id and i.hold_id = h.id) as items
        from public.holds h
        join public.events e on e.org_id = h.org_id and e.id = h.event_id
        left join public.orders o on o.org_id = h.org_id and o.hold_id = h.id
    ) h
"""


async def get(tx: Transaction, org: UUID, hold_id: UUID) -> Hold | None:
    rows = await tx.fetch_dicts(_HOLD + "where h.org_id = %(org)s and h.id = %(id)s", {"org": org, "id": hold_id})
    return Hold.model_validate(rows[0]) if rows else None


async def label(tx: Transaction, org: UUID, hold_id: UUID, words: str) -> None:
    await tx.fetch_value(
        "select app.label_hold(%(org)s, %(hold)s, %(words)s)", {"org": org, "hold": hold_id, "words": words}
    )


async def extend(tx: Transaction, hold_id: UUID, seconds: int, most: int) -> None:
    """Raises HoldEnded, HoldExtendedEnough."""
    await tx.fetch_value(
        "select app.extend_hold(%(hold)s, %(seconds)s, %(most)s)", {"hold": hold_id, "seconds": seconds, "most": most}
    )


async def release(tx: Transaction, hold_id: UUID) -> bool:
    """Whether it was still alive."""
    return bool(await tx.fetch_value("select app.release_hold(%(hold)s)", {"hold": hold_id}))


async def find(
    tx: Transaction, org: UUID, wanted: ListHolds, *, event_id: UUID | None, after: list[Any] | None
) -> list[Hold]:
    """Newest first; one more than the limit when there is a next page."""
    rows = await tx.fetch_dicts(
        _HOLD
        + """
        where h.org_id = %(org)s and (%(event)s::uuid is null or h.event_id = %(event)s)
            and (%(status)s::text is null or h.status = %(status)s)
            and (%(purpose)s::text is null or h.purpose = %(purpose)s)
            and (%(after_at)s::timestamptz is null or (h.created_at, h.id) < (%(after_at)s, %(after_id)s::uuid))
        order by h.created_at desc, h.id desc limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "status": wanted.status,
            "purpose": wanted.purpose,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
    )
    return [Hold.model_validate(row) for row in rows]
