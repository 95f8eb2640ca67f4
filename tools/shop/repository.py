"""SQL of the shop: reading as a stranger, who sees what app.shop_* show; counting and writing as the service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.shop.models import KeptHold, Stall
from tools.store.addresses import BUYER, opened
from tools.store.database import Database, Params, Transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who wants places: let in when their address then keeps at most `most` and asked at most `reach` times lately."""

    event: UUID
    peer: str
    hold: UUID
    places: int
    most: int
    reach: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What one address keeps at one event, how often it asked within ten minutes, and whether this visit was let in."""

    org_id: str
    ended: bool
    held: int
    lately: int
    noted: bool


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: UUID
    org_id: UUID
    hold_id: UUID | None
    link_version: int
    number: str
    status: str
    needs_approval: bool
    buyer_email: str | None
    currency: str
    total_amount: int
    due_amount: int
    expires_at: datetime | None
    event: dict[str, Any]
    lines: list[dict[str, Any]]
    pay_url: str | None


async def stall_of(database: Database, event_id: UUID, code: str | None) -> Stall | None:
    """None for an event that is not published, or not there."""
    found = await _read(
        database, "select app.shop_event(%(event)s, %(code)s) as found", {"event": event_id, "code": code}
    )
    return Stall.model_validate(found) if found else None


async def hold_of(database: Database, hold_id: UUID) -> KeptHold | None:
    found = await _read(database, "select app.shop_hold(%(hold)s) as found", {"hold": hold_id})
    return KeptHold.model_validate(found) if found else None


async def events_on_show(
    database: Database, org_id: UUID | None, after: list[Any] | None, limit: int
) -> list[dict[str, Any]]:
    """Soonest first; one more than the limit when there is a next page."""
    opening: tuple[LiteralString, Params] = (
        "select organization_id, words from app.shop_events(%(org)s, %(start)s, %(id)s, %(most)s)",
        {
            "org": org_id,
            "start": after[0] if after else None,
            "id": after[1] if after else None,
            "most": limit + 1,
        },
    )
    async with database.session(None, stranger=True, opening=opening) as tx:
        return tx.opened


async def admit(database: Database, visits: Sequence[Visit]) -> list[Counted | None]:
    """One per visit, in order; None where there is no such event. A crash may forget the last of them, and no more."""
    opening: tuple[LiteralString, Params] = (
        "select set_config('synchronous_commit', 'off', true), app.shop_admit(%(visits)s::jsonb) as counted",
        {"visits": json.dumps([asdict(visit) for visit in visits], default=str)},
    )
    async with database.session(None, opening=opening) as tx:
        answers = tx.opened[0]["counted"]
    return [Counted(**answer) if answer else None for answer in answers]


async def forget_visitor(tx: Transaction, hold_id: UUID) -> None:
    """What they asked for was refused: they keep nothing. A hold of that id that exists stays counted."""
    await tx.execute(
        "delete from public.shop_holds v where v.id = %(hold)s and not exists"
        " (select from public.holds h where h.id = v.id)",
        {"hold": hold_id},
    )


async def extend(tx: Transaction, hold_id: UUID, seconds: int, most: int) -> None:
    """Raises HoldEnded, HoldExtendedEnough."""
    await tx.fetch_value(
        "select app.extend_hold(%(hold)s, %(seconds)s, %(most)s)", {"hold": hold_id, "seconds": seconds, "most": most}
    )


async def release(tx: Transaction, hold_id: UUID) -> None:
    await tx.fetch_value("select app.release_hold(%(hold)s)", {"hold": hold_id})


async def order_of(tx: Transaction, order_id: UUID) -> OrderRow | None:
    """For the service, after the buyer has shown that it is theirs."""
    found = await tx.fetch_one(
        """
        select o.id, o.org_id, o.hold_id, o.link_version, o.number, o.status, o.needs_approval, o.buyer_email, o.currency, o.total_amount,
            case when o.status = 'pending' then greatest(app.owed(o), 0) else 0 end as due_amount, o.expires_at,
            app.shop_words(e) as event,
            (select coalesce(jsonb_agg(jsonb_build_object('name', coalesce(t.name, i.label), 'quantity', i.quantity,
                    'total_amount', i.total_amount) order by i.created_at, i.id), '[]')
                from public.order_items i left join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
                where i.org_id = o.org_id and i.order_id = o.id and i.part_of is null) as lines,
            case when o.status = 'pending' then (select p.pay_url from public.payments p
                where p.org_id = o.org_id and p.order_id = o.id and p.status in ('created', 'pending')
                order by p.created_at desc limit 1) end as pay_url
        from public.orders o join public.events e on e.org_id = o.org_id and e.id = o.event_id where o.id = %(order)s
        """,
        {"order": order_id},
        row=OrderRow,
    )
    if found is not None:
        opened(tx.fields, BUYER, found.org_id, [found], "buyer_email")
    return found


async def forget_visitors(tx: Transaction) -> int:
    return int(await tx.fetch_value("select app.forget_visitors()"))


async def _read(database: Database, query: LiteralString, params: Params) -> dict[str, Any] | None:
    async with database.session(None, stranger=True, opening=(query, params)) as tx:
        found: dict[str, Any] | None = tx.opened[0]["found"]
    return found
