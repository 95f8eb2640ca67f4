"""SQL of promo codes. Uses, what was spent and the places vouchers keep move in app.serve, app.let_go and triggers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.promo_codes.models import ListPromoCodes, PromoCode
from tools.promo_codes.rules import status_of
from tools.store.database import Transaction

_PROMO_CODE = """
    select p.id, p.event_id, e.name as event_name, p.code, p.kind, p.label, p.percent_basis_points, p.off_amount, p.price_amount,
        p.budget_amount, p.currency, p.spent_amount, p.max_uses, p.uses,
        (select coalesce(sum(h.promo_uses), 0)::int from public.holds h
            where h.org_id = p.org_id and h.promo_code_id = p.id and h.status = 'active') as held_uses,
        (select count(*)::int from public.orders o
            where o.org_id = p.org_id and o.promo_code_id = p.id and o.status in ('pending', 'paid')) as orders,
        p.max_per_buyer, p.valid_from, p.valid_until,
        (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.created_at, t.name), '[]')
            from public.ticket_types t where t.org_id = p.org_id and (t.id = p.blocks_ticket_type_id or t.id in (
                select x.ticket_type_id from public.promo_code_ticket_types x
                where x.org_id = p.org_id and x.promo_code_id = p.id))) as ticket_types,
        p.blocked, p.active, p.version, p.created_at, clock_timestamp() as at
    from public.promo_codes p join public.events e on e.org_id = p.org_id and e.id = p.event_id
"""
_STATUS = """
    case when not p.active then 'inactive' when p.valid_until <= now() then 'expired' when p.valid_from > now() then 'not_yet'
        when p.uses >= p.max_uses or p.spent_amount >= p.budget_amount then 'used_up' else 'active' end
"""


async def get(tx: Transaction, org: UUID, code_id: UUID) -> PromoCode | None:
    rows = await tx.fetch_dicts(_PROMO_CODE + "where p.org_id = %(org)s and p.id = %(id)s", {"org": org, "id": code_id})
    return _promo_code(rows[0]) if rows else None


async def with_code(tx: Transaction, org: UUID, event_id: UUID | None, code: str) -> list[Candidate]:
    return await tx.fetch_all(
        """
        select p.id, p.code as name, e.name as hint, e.status not in ('cancelled', 'archived') as current
        from public.promo_codes p join public.events e on e.org_id = p.org_id and e.id = p.event_id
        where p.org_id = %(org)s and (%(event)s::uuid is null or p.event_id = %(event)s) and p.code = %(code)s
        order by p.created_at desc limit 20
        """,
        {"org": org, "event": event_id, "code": code},
        row=Candidate,
    )


async def find(
    tx: Transaction, org: UUID, wanted: ListPromoCodes, event_id: UUID | None, after: list[Any] | None
) -> list[PromoCode]:
    rows = await tx.fetch_dicts(
        _PROMO_CODE
        + """
        where p.org_id = %(org)s and (%(event)s::uuid is null or p.event_id = %(event)s)
            and (%(status)s::text is null or """
        + _STATUS
        + """ = %(status)s)
            and (%(after_at)s::timestamptz is null or (p.created_at, p.id) > (%(after_at)s, %(after_id)s::uuid))
        order by p.created_at, p.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
    )
    return [_promo_code(row) for row in rows]


def _promo_code(row: dict[str, Any]) -> PromoCode:
    return PromoCode(**row, status=status_of(row, row["at"]))


_INSERT = """
    insert into public.promo_codes (id, org_id, event_id, code, kind, label, percent_basis_points, off_amount, price_amount,
        budget_amount, currency, max_uses, max_per_buyer, valid_from, valid_until, blocks_ticket_type_id)
    select v.id, %(org)s, %(event_id)s, v.code, %(kind)s, %(label)s, %(percent_basis_points)s, %(off_amount)s, %(price_amount)s,
        %(budget_amount)s, %(currency)s, %(max_uses)s, %(max_per_buyer)s, %(valid_from)s, %(valid_until)s, %(blocks)s
    from unnest(%(ids)s::uuid[], %(codes)s::text[]) as v (id, code)
"""


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    """Makes a code per id. Raises PromoCodeExists, and TicketsSoldOut when a voucher's places do not fit."""
    await tx.execute(_INSERT, {"org": org, **values})


async def lock(tx: Transaction, org: UUID, code_id: UUID) -> None:
    """Nobody else changes or uses this code until the transaction ends."""
    await tx.execute(
        "select 1 from public.promo_codes where org_id = %(org)s and id = %(id)s for no key update",
        {"org": org, "id": code_id},
    )


async def update(tx: Transaction, org: UUID, code: PromoCode) -> None:
    await tx.execute(
        """
        update public.promo_codes set code = %(code)s, label = %(label)s, percent_basis_points = %(percent_basis_points)s,
            off_amount = %(off_amount)s, price_amount = %(price_amount)s, budget_amount = %(budget_amount)s,
            currency = %(currency)s, max_uses = %(max_uses)s, max_per_buyer = %(max_per_buyer)s, valid_from = %(valid_from)s,
            valid_until = %(valid_until)s, active = %(active)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **code.model_dump(exclude={"ticket_types"})},
    )


async def set_types(tx: Transaction, org: UUID, code: PromoCode, types: Sequence[UUID]) -> None:
    await tx.execute(
        """
        delete from public.promo_code_ticket_types
        where org_id = %(org)s and promo_code_id = %(id)s and ticket_type_id <> all(%(types)s::uuid[])
        """,
        {"org": org, "id": code.id, "types": list(types)},
    )
    # The link's id follows from what it links, so that a preview and the real thing agree on it.
    await tx.execute(
        """
        insert into public.promo_code_ticket_types (id, org_id, event_id, promo_code_id, ticket_type_id)
        select md5(%(id)s::text || t.id::text)::uuid, %(org)s, %(event)s, %(id)s, t.id
        from unnest(%(types)s::uuid[]) as t (id)
        on conflict (org_id, promo_code_id, ticket_type_id) do nothing
        """,
        {"org": org, "id": code.id, "event": code.event_id, "types": list(types)},
    )


async def is_used(tx: Transaction, org: UUID, code_id: UUID) -> bool:
    """Whether an order or a hold, of whatever state, names the code."""
    return bool(
        await tx.fetch_value(
            """
            select exists (select from public.orders where org_id = %(org)s and promo_code_id = %(id)s)
                or exists (select from public.holds where org_id = %(org)s and promo_code_id = %(id)s)
            """,
            {"org": org, "id": code_id},
        )
    )


async def delete(tx: Transaction, org: UUID, code_id: UUID) -> None:
    await tx.execute(
        "delete from public.promo_code_ticket_types where org_id = %(org)s and promo_code_id = %(id)s",
        {"org": org, "id": code_id},
    )
    await tx.execute(
        "delete from public.promo_codes where org_id = %(org)s and id = %(id)s", {"org": org, "id": code_id}
    )


async def discount_row(
    tx: Transaction, org: UUID, event_id: UUID, code: str, hold_id: UUID | None
) -> dict[str, Any] | None:
    """What prices need of a code. `own_uses` are those the hold keeps for its buyer already, None without a live hold of it."""
    rows = await tx.fetch_dicts(
        """
        select p.id, p.percent_basis_points, p.off_amount, p.price_amount, p.max_uses, p.uses, p.budget_amount, p.spent_amount,
            p.currency, p.active, p.valid_from, p.valid_until, p.blocks_ticket_type_id, clock_timestamp() as at,
            (select array_agg(x.ticket_type_id) from public.promo_code_ticket_types x
                where x.org_id = p.org_id and x.promo_code_id = p.id) as types,
            (select h.promo_uses from public.holds h where h.org_id = p.org_id and h.id = %(hold)s
                and h.promo_code_id = p.id and h.status = 'active') as own_uses
        from public.promo_codes p where p.org_id = %(org)s and p.event_id = %(event)s and p.code = %(code)s
        """,
        {"org": org, "event": event_id, "code": code, "hold": hold_id},
    )
    return rows[0] if rows else None


async def stop_expired(tx: Transaction, at_most: int) -> int:
    """Stops vouchers that are over, so that their places are free again; one in a live hold waits for the hold's end.

    Codes, then quotas, each in id order: as everybody locks them.
    """
    rows = await tx.fetch_dicts(
        """
        select p.id, p.blocks_ticket_type_id from public.promo_codes p
        where p.kind = 'voucher' and p.active and p.valid_until <= clock_timestamp() and not exists (
            select from public.holds h where h.org_id = p.org_id and h.promo_code_id = p.id and h.status = 'active')
        order by p.id limit %(most)s for no key update skip locked
        """,
        {"most": at_most},
    )
    if not rows:
        return 0
    await tx.execute(
        """
        select from public.quotas q where q.id in (
            select l.quota_id from public.quota_ticket_types l where l.ticket_type_id = any(%(types)s::uuid[]))
        order by q.id for update
        """,
        {"types": [row["blocks_ticket_type_id"] for row in rows]},
    )
    return await tx.execute(
        "update public.promo_codes set active = false where id = any(%(ids)s::uuid[])",
        {"ids": [row["id"] for row in rows]},
    )
