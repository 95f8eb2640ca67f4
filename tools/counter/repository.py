"""SQL of the counter: what is on the shelf, and app.serve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import orjson

from tools.counter.models import Shelf
from tools.counter.pricing import Offer
from tools.store.database import Transaction


async def shelf_of(tx: Transaction, org: UUID, event_id: UUID) -> Shelf | None:
    """None when there is no such event in this organisation, for this caller."""
    rows = await tx.fetch_dicts(
        """
        select e.name as event_name, t.id, t.name, t.kind, t.version, t.price_amount, t.currency, t.fee_amount, t.fee_basis_points,
            t.tax_basis_points, t.tax_included, t.needs_approval,
            (select min(q.size - q.held - q.sold) from public.quotas q
                join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
                where q.org_id = t.org_id and l.ticket_type_id = t.id) as free,
            (select jsonb_agg(jsonb_build_array(b.ticket_type_id, b.quantity) order by b.created_at, b.id)
                from public.bundle_items b where b.org_id = t.org_id and b.bundle_id = t.id) as parts
        from public.events e left join public.ticket_types t on t.org_id = e.org_id and t.event_id = e.id
        where e.org_id = %(org)s and e.id = %(event)s
        """,
        {"org": org, "event": event_id},
    )
    if not rows:
        return None
    offered = [row for row in rows if row["id"]]
    return Shelf(
        org_id=org,
        event_id=event_id,
        event_name=rows[0]["event_name"],
        offers={row["id"]: _offer(event_id, row) for row in offered},
        free={row["id"]: row["free"] or 0 for row in offered},
    )


def _offer(event_id: UUID, row: dict[str, Any]) -> Offer:
    parts = tuple((UUID(part), quantity) for part, quantity in row["parts"] or ())
    named = {name: value for name, value in row.items() if name not in ("event_name", "free", "parts")}
    return Offer(event_id=event_id, parts=parts, **named)


async def serve(tx: Transaction, members: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One outcome per member, in order; see app.serve. Raises for what fails all of them."""
    outcomes = await tx.fetch_value(
        "select app.serve(%(members)s::jsonb)",
        {"members": orjson.dumps(members, option=orjson.OPT_NON_STR_KEYS).decode()},
    )
    return cast("list[dict[str, Any]]", outcomes)


async def release_expired(tx: Transaction, event_id: UUID | None, at_most: int = 200) -> int:
    """Ends holds and unpaid orders whose time has come. Answers how many."""
    return int(await tx.fetch_value("select app.expire(%(event)s, %(most)s)", {"event": event_id, "most": at_most}))
